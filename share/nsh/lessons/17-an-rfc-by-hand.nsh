## An RFC, by hand
# The same as in the lesson before, one step at a time. HTTP is text in a stream of TCP: whoever can write lines can speak it (RFC 9112).
lab start

# First the connection. The name leads to an address, the port is that of http.
let c = tcp connect www.rfc.test:80
$c.remote

# Then the request: what is wanted, which host is meant, and that this is all. An empty line ends the head.
send line $c 'GET /rfc/rfc2324.txt HTTP/1.1'
send line $c 'Host: www.rfc.test'
send line $c 'Connection: close'
send line $c ''

# The first line of the answer is the status.
let status = recv line $c
$status
assert $status =~ '^HTTP/1.1 200 '

# The fields of the head, up to the empty line.
let head = recv until $c "\r\n\r\n"
$head
assert $head =~ '(?i)content-type: text/plain'

# Then comes the body, until the server closes the connection: that is what we asked for.
let body = recv all $c
$body | lines | first 6
assert ($body | len) > 1000

## Leaving out the host
# Without `Host` the server cannot know which of its sites is meant, and says so (RFC 9112, section 3.2).
let d = tcp connect www.rfc.test:80
send $d "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"
let answer = recv line $d
$answer
assert $answer =~ ' 400 '
close $d
lab stop
