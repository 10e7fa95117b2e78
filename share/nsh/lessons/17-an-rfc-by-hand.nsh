## An RFC, by hand
# The same as in the lesson before, one step at a time. HTTP is text in a stream: whoever can write lines can speak it (RFC 9112).
lab start | first 3 | select name 'mapped to'

# First the connection. The name leads to an address, the port is that of http.
let c = tcp connect www.rfc.test:80
$c.remote

# Then the request: what is wanted, which host is meant, and that this is all. An empty line ends the head.
send line $c 'GET /rfc/rfc2324.txt HTTP/1.1'
send line $c 'Host: www.rfc.test'
send line $c 'Connection: close'
send line $c ''

# The first line of the answer is the status: 200, here it is; or 301, go elsewhere, and the field `Location` says where. The lab gives the document
# to everybody; the real RFC Editor (`--live`) sends those on who come without TLS.
let status = recv line $c
$status
assert $status =~ '^HTTP/1.1 (200|301) '

# The fields of the head, up to the empty line.
recv until $c "\r\n\r\n"
close $c

## The same through TLS
# At port 443 there is one more layer: TLS makes sure who is there, and seals what we say. Above it nothing changes: a stream, and lines in it.
let c = tls connect www.rfc.test:443
send $c "GET /rfc/rfc2324.txt HTTP/1.1\r\nHost: www.rfc.test\r\nConnection: close\r\n\r\n"
let status = recv line $c
$status
assert $status =~ '^HTTP/1.1 200 '
let head = recv until $c "\r\n\r\n"
assert $head =~ '(?i)content-type: text/plain'

# Then comes the body, until the server closes the connection: that is what we asked for. Servers that do not know its length beforehand say
# `Transfer-Encoding: chunked`, and send it in pieces, before each of which its size stands.
let body = recv all $c
if $head =~ '(?i)transfer-encoding: chunked' { set body = http dechunk $body }
$body | lines | first 6
assert ($body | len) > 1000
close $c

## Leaving out the host
# Without `Host` the server cannot know which of its sites is meant, and says so (RFC 9112, section 3.2).
let d = tcp connect www.rfc.test:80
send $d "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"
let answer = recv line $d
$answer
assert $answer =~ ' 400 '
close $d
lab stop
