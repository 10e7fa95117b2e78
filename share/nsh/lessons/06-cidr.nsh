## Networks and masks
# The first bits of an address name the network, the others the host in it. How many bits the network has is written behind a slash: the prefix
# length. That is CIDR (RFC 4632).

ip explain 192.168.10.77/26

# The mask says the same with a 1 for each bit of the network; address AND mask is the network.
192.168.10.77 band 255.255.255.192
assert 192.168.10.77 band 255.255.255.192 == 192.168.10.64
ip mask 26 | select prefix mask size

## How many hosts
# 32 - 26 = 6 bits are left for hosts: 64 addresses. The first is the network's own and the last reaches all hosts at once (broadcast), and so 62
# hosts can be there.
let n = ip info 192.168.10.64/26
$n | select network first last broadcast hosts
assert $n.hosts == 62
# One bit more for the network halves it, one less doubles it.
[24 25 26 27 28 29 30] | each {|p| {prefix: $p, addresses: (1 shl (32 - $p)), hosts: ((1 shl (32 - $p)) - 2)}}

## Who is in
# Whether an address lies in a network is decided by its first bits alone.
192.168.10.100 in 192.168.10.64/26
192.168.10.130 in 192.168.10.64/26
assert 192.168.10.127 in 192.168.10.64/26 and 192.168.10.128 not in 192.168.10.64/26
# A network contains a smaller one in the same way.
assert 10.1.0.0/16 in 10.0.0.0/8
