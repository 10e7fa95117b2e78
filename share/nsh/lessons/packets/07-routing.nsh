## The table of routes
# A router looks at the address a packet goes to, and at a table: which networks are behind which neighbour. It knows nothing of the way beyond
# the next hop.
let table = ip table [
  {to: 10.0.0.0/8, via: 192.0.2.1}
  {to: 10.1.0.0/16, via: 192.0.2.2}
  {to: 10.1.2.0/24, via: 192.0.2.3}
  {to: default, via: 192.0.2.254}
]

## The longest prefix wins
# Several routes may contain an address. The one that says most about it is taken: the one with the longest prefix.
ip lookup $table 10.1.2.3 --explain
assert (ip lookup $table 10.1.2.3).via == 192.0.2.3
# A neighbour of that network takes the next shorter one.
ip lookup $table 10.1.9.9
assert (ip lookup $table 10.1.9.9).via == 192.0.2.2
# The route to 0.0.0.0/0 contains every address and is taken where nothing else fits: the default route.
ip lookup $table 203.0.113.5
assert (ip lookup $table 203.0.113.5).to == 0.0.0.0/0

## Without a route
# Where nothing fits, the packet is dropped, and its sender hears `network unreachable`.
let small = ip table [{to: 10.0.0.0/8, via: 192.0.2.1}]
ip lookup $small 192.168.0.1 | type
assert (ip lookup $small 192.168.0.1) == null
## A router at work
# A packet comes in. The router looks up where its receiver is, and takes one from the time to live, so that no packet goes round for ever.
let came = packet parse (packet build {ip: {source: 10.9.0.2, destination: 10.1.2.3, ttl: 2}, udp: {source: 40000, destination: 33434}})
let hop = ip lookup $table $came.ip.destination
$hop.via
let goes = $came
set goes.ip.ttl = $came.ip.ttl - 1
let goes = packet parse (packet build $goes --fresh)
assert $goes.ip.ttl == 1 and $goes.ip.checksum != $came.ip.checksum

# The next router takes the last one. It drops the packet and tells the sender, with its own address: so `trace` finds who is on the way.
let told = packet build {ip: {source: 192.0.2.3, destination: $goes.ip.source}, icmp: {type: 'time exceeded'}, data: (packet build $goes)}
let told = packet parse $told
$told.ip.source
assert $told.ip.source == $hop.via and $told.quoted.ip.destination == 10.1.2.3
