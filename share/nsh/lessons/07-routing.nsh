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
# Three machines of our own: a client, a router with an interface in each network, and a server behind it.
netns add client router server
netns link client eth0 10.0.0.2/24 router lan 10.0.0.1/24
netns link router wan 203.0.113.1/24 server eth0 203.0.113.80/24
# The client's table holds its own network alone, and so it cannot even begin.
netns run client { ip route -4 | where {|r| $r.type == 'unicast'} | select to via interface }
try { netns run client { tcp connect 203.0.113.80:80 } } catch e {
  print $e.code
  assert $e.code == 'ENETUNREACH'
}
# Each side is told its gateway, and the router that it is one: else it would drop what is not for itself.
netns route client default 10.0.0.1
netns route server default 203.0.113.1
netns forward router
# Now there is a way. Each router on it takes one from the time to live, and who drops a packet for that says so: that is how `trace` finds it.
let way = netns run client { trace 203.0.113.80 }
$way | select hop address answer
assert ($way | get address) == [10.0.0.1 203.0.113.80]
netns delete client router server
