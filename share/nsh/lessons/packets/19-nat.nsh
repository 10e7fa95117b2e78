## Too few addresses
# A home has one public address and many machines. These have private ones (RFC 1918), to which nobody outside knows a way.
let inner = packet build {
  ip: {source: 192.168.1.2, destination: 203.0.113.80}
  tcp: {source: 40000, destination: 80, flags: SYN}
}
let p = packet parse $inner
assert (ip info $p.ip.source).private
# An answer to this sender has nowhere to go:
{from: $p.ip.destination, to: $p.ip.source}

## The router lends its own address
# In each packet that leaves, the router writes its own address as the sender, and computes the checksums anew: network address translation
# (RFC 3022).
let outer = $p
set outer.ip.source = 203.0.113.7
let sent = packet parse (packet build $outer --fresh)
[$p $sent] | each {|x| {from: $x.ip.source, port: $x.tcp.source, ip-checksum: $x.ip.checksum, tcp-checksum: $x.tcp.checksum}}
assert $sent.ip.checksum != $p.ip.checksum and $sent.tcp.checksum != $p.tcp.checksum
# And it remembers whose it was.
let table = [{port: 40000, host: 192.168.1.2, inner: 40000}]

# The answer is for the router; its table says who gets it.
let back = packet build {ip: {source: 203.0.113.80, destination: 203.0.113.7}, tcp: {source: 80, destination: 40000, flags: [SYN ACK]}}
let answer = packet parse $back
let entry = $table | where {|e| $e.port == $answer.tcp.destination} | first
set answer.ip.destination = $entry.host
set answer.tcp.destination = $entry.inner
let delivered = packet parse (packet build $answer --fresh)
$delivered.ip.destination
assert $delivered.ip.destination == 192.168.1.2

## Many behind one
# Another machine took the same port for itself. For the server both would be one: the router gives this one another port.
let second = packet parse (packet build {ip: {source: 192.168.2.2, destination: 203.0.113.80}, tcp: {source: 40000, destination: 80, flags: SYN}})
set second.ip.source = 203.0.113.7
set second.tcp.source = 40001
let table = $table + [{port: 40001, host: 192.168.2.2, inner: 40000}]
$table
assert ($table | get port | uniq | count) == ($table | count)

## The way in
# Who knocks from outside stands in no table, and the router does not know for whom it is.
let knock = packet parse (packet build {ip: {source: 203.0.113.80, destination: 203.0.113.7}, tcp: {source: 5000, destination: 8080, flags: SYN}})
$table | where {|e| $e.port == $knock.tcp.destination} | count
assert ($table | where {|e| $e.port == $knock.tcp.destination} | count) == 0
# Unless an entry stands there for good: port forwarding, which changes the receiver instead of the sender.
set knock.ip.destination = 192.168.1.2
set knock.tcp.destination = 80
let let_in = packet parse (packet build $knock --fresh)
$let_in.ip.destination
assert $let_in.ip.source == 203.0.113.80 and $let_in.tcp.destination == 80
