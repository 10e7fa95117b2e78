#!/usr/bin/env nsh
# One document, fetched at three depths of the stack.
#
# At the top, one command knows all about HTTP. One step deeper we speak to the server ourselves, over a TCP connection.
# At the bottom there are only bytes. Each time the same document must arrive, byte for byte.
#
# Nothing here needs the internet: `lab start` runs a web server inside this process, on a free port of loopback.

print '== The lab'

# The names below exist only in this session: the lab maps them to where its server really listens, and says so.
lab start

let number = 2324
let url = http://www.rfc.test/rfc/rfc${number}.txt


print '== 1. From the top: a command that speaks HTTP'

let page = http get $url
assert $page.status == 200, 'the lab serves this document'
"$page.version $page.status $page.reason, ${len $page.body} bytes of ${$page.headers.content-type}"

# `rfc` is one step higher still: it knows where RFCs are kept, and what they are called.
let document = rfc $number --base http://www.rfc.test/rfc/
$document | lines | where {|line| $line =~ 'Coffee'} | first

# A server can say in three ways where a body ends: by its length, in chunks, or by closing the connection.
# Someone who asks at this depth does not see the difference.
let chunked = http get http://www.rfc.test/chunked/rfc/rfc${number}.txt
let closing = http get http://www.rfc.test/close/rfc/rfc${number}.txt
assert $chunked.headers.transfer-encoding == 'chunked'
assert $closing.headers?.content-length == null, 'this one ends when the connection does'

# What did that take? The steps of the last exchange, with times and sizes.
wire


print '== 2. Looking deeper: text over a TCP connection'

# The same request, typed. Every line ends with CR and LF, and an empty line ends the head (RFC 9112, section 2.1).
tcp connect www.rfc.test:80 | get mapped
send "GET /rfc/rfc${number}.txt HTTP/1.1\r\nHost: www.rfc.test\r\nConnection: close\r\n\r\n"

# The answer, piece by piece: a status line, the fields up to the empty line, and all that follows.
let status = recv line
let fields = recv until "\r\n\r\n"
let typed = recv all
close
$status
assert $status == 'HTTP/1.1 200 OK'
$fields | lines | where {|line| $line =~ '^Content-Length'}

# Now the chunked one. Each chunk says its size in hexadecimal; a chunk of size 0 is the last (RFC 9112, section 7.1).
let c = tcp connect www.rfc.test:80
send line 'GET /chunked/rfc/rfc2324.txt HTTP/1.1'
send line 'Host: www.rfc.test'
send line 'Connection: close'
send line ''
recv until "\r\n\r\n" | lines | where {|line| $line =~ '^Transfer-Encoding'}
let coded = recv all
close $c
"${len $coded} bytes came, and the first line of them is: ${$coded | lines | first}"
assert $coded != $page.body, 'this is not the document yet'
let joined = http dechunk $coded


print '== 3. At the bottom: bytes'

# A request is only bytes, and this is what they look like.
let request = http build GET $url
$request | hexdump

# We send them, and take what comes: each `recv` is one system call, here for at most 1000 bytes. After the last byte it
# gives null.
let c = tcp connect www.rfc.test:80
send $request
let received = 0x[]
let calls = 0
loop {
  let piece = recv 1000
  if $piece == null { break }
  set received = $received + $piece
  set calls = $calls + 1
}
close $c
"${len $received} bytes came in $calls pieces; they begin so:"
$received | first 64 | hexdump

# Only now does somebody look at what they mean.
let parsed = http parse $received
assert $parsed.status == 200


print '== The same document every time'

assert $document == $page.body, 'rfc and http get differ'
assert $chunked.body == $page.body, 'chunks change nothing'
assert $closing.body == $page.body, 'the end of the connection changes nothing'
assert $typed == $page.body, 'typed by hand'
assert $joined == $page.body, 'chunked, undone by hand'
assert $parsed.body == $page.body, 'from single bytes'

# And a document of more than 100 KB, which takes many pieces.
let big = http get http://www.rfc.test/rfc/rfc9999.txt
assert (len $big.body) > 100_000
for folder in [chunked close] {
  let again = http get http://www.rfc.test/$folder/rfc/rfc9999.txt
  assert $again.body == $big.body, "the same, by way of $folder"
}
let c = tcp connect www.rfc.test:80
send "GET /chunked/rfc/rfc9999.txt HTTP/1.0\r\nHost: www.rfc.test\r\n\r\n"
let everything = recv all
close $c
assert (http parse $everything).body == $big.body, 'HTTP/1.0 knows no chunks, so it came until the end'
"all depths delivered the same ${len $page.body} and ${len $big.body} bytes"
