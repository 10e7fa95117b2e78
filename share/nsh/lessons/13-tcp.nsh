## TCP
# TCP makes a stream of bytes of packets that may be lost, doubled or overtaken (RFC 9293). First both sides agree: SYN, SYN-ACK, ACK, the
# three-way handshake.
let l = tcp listen 127.0.0.1:0
let c = tcp connect $l.local
wire | select step took detail
# The kernel has done the handshake by itself. The server takes the finished connection when it likes.
let s = accept $l
assert $s.remote == $c.local

## A stream has no borders
# Three sends, and what comes is one row of bytes. Where a message ends both sides must agree on: by its length, or by a mark such as the end of a line.
send $c 'GET'
send $c ' the'
send $c " menu\r\nand more"
recv line $s
recv $s
# That is what `recv line` did: it read until the mark and kept what came beyond.

send line $s 'tea'
assert (recv line $c) == 'tea'

## The end
# Each side ends its own direction. After `shutdown` the client sends no more, and the server sees the end of the stream: null.
shutdown $c
recv $s | type
assert (recv $s) == null
# The other direction is still open.
send line $s 'bye'
recv line $c
close $s
close $c
close $l
