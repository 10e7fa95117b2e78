## Dividing a network
# One network for all is one broadcast for all. It is divided by giving more bits to the network: each bit makes two halves.
let net = 192.168.10.0/24
ip split $net --into 4
assert (ip split $net --into 4 | count) == 4
assert (ip split $net --prefix 26 | last) == 192.168.10.192/26

# Two bits more: /26. The parts do not overlap and together are the whole again.
ip split $net --into 4 | ip aggregate
assert (ip split $net --into 4 | ip aggregate | first) == $net

## Parts of different sizes
# An office of 50, ten servers, a link between two routers: equal parts would waste most of it. One gives the largest its place first.
let plan = ip plan $net [{name: office, hosts: 50} {name: servers, hosts: 10} {name: link, prefix: 31}]
$plan | select name network hosts spare
assert $plan[0].network == 192.168.10.0/26
assert $plan[1].network == 192.168.10.64/28
# Why each got what it got:
ip plan $net [{name: office, hosts: 50} {name: servers, hosts: 10}] --explain

## In IPv6
# There nobody counts hosts: every network is a /64, and a site with a /48 has 65,536 of them.
ip split 2001:db8::/48 --prefix 64 | first 3
assert (ip nth (ip split 2001:db8::/48 --prefix 64 | last) 1) == 2001:db8:0:ffff::1
