## Neighbours
# Machines on one link, a cable or a radio cell, reach each other directly. All of them have addresses of the same network. Before a host sends, it
# asks itself: is the other one in my network?
let me = 192.168.10.77/24
ip same-network $me 192.168.10.5
ip same-network $me 192.168.11.5
assert 192.168.10.5 in 192.168.10.0/24 and 192.168.11.5 not in 192.168.10.0/24

# The prefix decides. With a shorter one the same two are neighbours:
ip same-network 192.168.10.77/23 192.168.11.5
assert 192.168.11.5 in 192.168.10.0/23

## The gateway
# All else goes to a router, the gateway. It is a neighbour itself, or nobody could reach it; it has an interface in each of its networks.
let gateway = 192.168.10.1
assert $gateway in $me

# A host's table of routes is short: its own network directly, everything else by the gateway.
let table = ip table [{to: default, via: $gateway, interface: eth0} {to: 192.168.10.0/24, interface: eth0}]
[192.168.10.5 192.168.11.5 8.8.8.8] | ip lookup $table
assert (ip lookup $table 8.8.8.8).via == $gateway
assert (ip lookup $table 192.168.10.5).to == 192.168.10.0/24

## What this machine would do
# The kernel can be asked: which interface, which gateway, and which address of ours as the sender. To ourselves it is the loopback.
ip route get 127.0.0.1
assert (ip route get 127.0.0.1).interface == 'lo'
