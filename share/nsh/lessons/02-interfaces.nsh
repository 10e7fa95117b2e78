## Interfaces
# An address does not belong to a machine but to one of its interfaces: a network card, a radio, or something that only exists as software. A machine
# with two interfaces has at least two addresses.

let links = ip link
$links | select interface state mtu
assert ($links | any {|l| $l.interface == 'lo'})

## The loopback interface
# Every machine has `lo`. What is sent there comes back at once, without any wire, and so a network can be tried on one machine alone.
let mine = ip addr | where {|a| $a.interface == 'lo'}
$mine | select interface address scope
assert 127.0.0.1 in 127.0.0.0/8

# All of 127.0.0.0/8 is this machine, sixteen million addresses, and not only 127.0.0.1.
let l = tcp listen 127.1.2.3:0
let c = tcp connect $l.local
$c.remote
assert $c.remote.host == 127.1.2.3
close $c
close $l

## The hardware's own address
# A card has a number of its own, the MAC address: 48 bits, of which the first 24 tell who made it. It is only seen on its own link; no router
# passes it on.
let mac = 02:00:5e:10:00:01
$mac
# IPv6 can make the last 64 bits of an address of it (RFC 4291, appendix A).
ip eui64 2001:db8::/64 $mac
