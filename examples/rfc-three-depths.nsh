#!/usr/bin/env nsh
# One document, fetched at three depths of the stack.
#
# At the top, one command knows all about HTTP. One step deeper we speak to the server ourselves, over a connection.
# At the bottom there are only bytes. Each time the same document must arrive, byte for byte.
#
# Nothing here needs the internet: `lab start` runs a web server inside this process, on a free port of loopback. With `--live` the
# document comes from the RFC Editor.

print '== The lab'

# The names below exist only in this session: the lab maps them to where its servers really listen, and says so.
# With `--live` they are real ones, no lab is started, and the list is empty.
let lab = lab start
$lab

let number = 2324
let url = https://www.rfc.test/rfc/rfc${number}.txt


print '== 1. From the top: a command that speaks HTTP'

let page = http get $url
assert $page.status == 200, 'the server has this document'
"$page.version $page.status $page.reason, ${len $page.body} bytes of ${$page.headers.content-type}"

# What did that take? The steps of the last exchange, with times and sizes.
wire

# `rfc` is one step higher still: it knows where RFCs are kept, and what they are called.
let document = rfc $number --base https://www.rfc.test/rfc/
$document | lines | where {|line| $line =~ 'Coffee'} | first


print '== 2. Looking deeper: text over a connection'

# The same request, typed. Every line ends with CR and LF, and an empty line ends the head (RFC 9112, section 2.1).
# The RFC Editor speaks only through TLS, at port 443, where the stream is sealed on the way. At port 80 it sends everybody on; the lab does not.
tls connect www.rfc.test:443 | get remote
send "GET /rfc/rfc${number}.txt HTTP/1.1\r\nHost: www.rfc.test\r\nConnection: close\r\n\r\n"

# The answer, piece by piece: a status line, the fields up to the empty line, and all that follows.
let status = recv line
let fields = recv until "\r\n\r\n"
let typed = recv all
close
$status
assert $status == 'HTTP/1.1 200 OK'
# A server can say in three ways where a body ends: by its length, in chunks, or by closing the connection (RFC 9112, section 6.3).
$fields | lines | where {|line| $line =~ '(?i)^(content-length|transfer-encoding)'}
if $fields =~ '(?i)transfer-encoding: chunked' { set typed = http dechunk $typed }


print '== 3. At the bottom: bytes'

# A request is only bytes, and this is what they look like.
let request = http build GET $url
$request | hexdump

# We send them, and take what comes: each `recv` gives at most 1000 bytes. After the last byte it gives null.
let c = tls connect www.rfc.test:443
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
assert $typed == $page.body, 'typed by hand'
assert $parsed.body == $page.body, 'from single bytes'
"all depths delivered the same ${len $page.body} bytes"


# The real server chooses how it says where a body ends; the lab can be told.
if $lab != [] {
  print '== In the lab alone: without TLS, and the end said in three ways'

  let big = http get http://www.rfc.test/rfc/rfc9999.txt
  assert (len $big.body) > 100_000

  for way in ['by its length' 'in chunks' 'by closing'] {
    let folder = {'by its length': '', 'in chunks': '/chunked', 'by closing': '/close'} | get $way
    let c = tcp connect www.rfc.test:80
    send "GET $folder/rfc/rfc9999.txt HTTP/1.1\r\nHost: www.rfc.test\r\nConnection: close\r\n\r\n"
    let head = recv until "\r\n\r\n"
    let coded = recv all
    close $c
    print "$way: ${len $coded} bytes came"
    if $way == 'in chunks' {
      # Each chunk says its size in hexadecimal; a chunk of size 0 is the last (RFC 9112, section 7.1).
      print "  the first line of them is ${$coded | lines | first}"
      assert $coded != $big.body, 'this is not the document yet'
      set coded = http dechunk $coded
    }
    assert $coded == $big.body, $way
    # Someone who asks from the top does not see the difference.
    assert (http get http://www.rfc.test$folder/rfc/rfc9999.txt).body == $big.body, $way
  }

  let c = tcp connect www.rfc.test:80
  send "GET /chunked/rfc/rfc9999.txt HTTP/1.0\r\nHost: www.rfc.test\r\n\r\n"
  let everything = recv all
  close $c
  assert (http parse $everything).body == $big.body, 'HTTP/1.0 knows no chunks, so it came until the end'
}
