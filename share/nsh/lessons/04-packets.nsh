## A letter in an envelope
# Data travels in pieces, packets. In front of the data stands a header: who sends, who is meant, how long it is, and a sum by which
# damage is noticed. Everything on the way reads headers; only the ends read the data.

let packet = packet build {
  ip: {source: 192.0.2.1, destination: 198.51.100.2}
  udp: {source: 40000, destination: 5000}
  data: 'hello'
}
hexdump $packet
assert ($packet | len) == 20 + 8 + 5

## Envelopes in envelopes
# Each layer puts its own header in front of what the layer above gave it and does not look inside: that is encapsulation. UDP adds 8
# bytes, IP 20, Ethernet 14.
let frame = packet build {
  ethernet: {source: 02:00:5e:10:00:01, destination: 02:00:5e:10:00:02}
  ip: {source: 192.0.2.1, destination: 198.51.100.2, ttl: 64}
  udp: {source: 40000, destination: 5000}
  data: 'hello'
}
let opened = packet parse $frame
$opened.layers
assert ($opened.layers | get layer | first 3) == ['ethernet' 'ip' 'udp']
# Five bytes of data, and more than forty around them.
assert $opened.data == 'hello'

# Field by field: how the receiver finds each of them.
$opened.fields | where {|f| $f.layer == 'udp'} | select field value at

## What a router does with it
# It takes off the outermost envelope, subtracts one from the time to live, so that no packet goes round for ever, and puts the rest into a
# new frame to the next neighbour. The data and the ports it never sees.
let next = $opened
set next.ip.ttl = $opened.ip.ttl - 1
set next.ethernet = {source: 02:00:5e:20:00:01, destination: 02:00:5e:20:00:02}
let passed = packet parse (packet build $next --fresh)
$passed.ethernet
assert $passed.ip.ttl == 63 and $passed.data == $opened.data
assert $passed.ip.checksum != $opened.ip.checksum

## Damage
# One bit is wrong on the way. The receiver computes the sum again and drops the packet (RFC 1071).
let damaged = (slice $packet 0 28) + 'hellO'
(packet parse $damaged).layers | select layer checksum
assert ((packet parse $damaged).layers | where {|l| $l.layer == 'udp'} | first).checksum =~ 'wrong'

## Too large for one
# A link carries so many bytes at most, its MTU. IP divides what is larger, and the last host puts it together again.
let parts = packet build {ip: {source: 192.0.2.1, destination: 198.51.100.2}, udp: {source: 1, destination: 2}, data: ('ab' * 600)} --fragment 576
$parts | each {|p| len $p}
assert ($parts | count) == 3
assert (packet reassemble $parts | first | len) == 20 + 8 + 1200
