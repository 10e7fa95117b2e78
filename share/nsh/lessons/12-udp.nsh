## UDP
# A datagram is one message in one packet: ports, a length, a checksum, and the data behind these eight bytes (RFC 768). Nothing is agreed on
# before, and nothing is confirmed.
let server = udp bind 127.0.0.1:0
let client = udp connect $server.local
send $client 'first'
send $client 'second'

# Each recv gives one datagram, never half of one and never two: UDP keeps the borders of messages.
let one = recv --from $server
$one
recv $server
assert $one.data == 'first'

## Who was that
# There is no connection: every datagram brings its sender's endpoint along, and there the answer goes.
assert $one.from == $client.local
send $server 'welcome' --to $one.from
recv $client

## What UDP does not do
# Nobody waits at this port any more. The first datagram is sent all the same; that it found nobody is told by an ICMP message, if at all.
let gone = $server.local
close $server
let lost = udp connect $gone
send $lost 'is anybody there?'
try { recv $lost --timeout 500ms } catch e {
  print "$e.code"
  assert $e.code in ['ECONNREFUSED' 'timeout']
}
close $lost
close $client
