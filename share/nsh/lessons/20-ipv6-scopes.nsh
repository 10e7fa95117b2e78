## One address, many texts
# 128 bits can be written in many ways; RFC 5952 chose one, so that texts can be compared and searched for.
let texts = ['2001:0DB8:0:0:0:0:0:1' '2001:db8::0:1' '2001:db8:0000::0001']
$texts | each {|t| ip info $t | get text} | uniq
assert ($texts | each {|t| ip info $t | get text} | uniq | count) == 1
ip explain 2001:0db8:0:0:1:0:0:1

## Scopes
# How far an address means something: `::1` only in the machine, `fe80::/10` only on one link, others everywhere (RFC 4007).
[::1 fe80::1 fd00::1 2001:db8::1] | each {|a| ip info $a} | select text kind scope
assert (ip info fe80::1).scope == 'link-local'

## Zones
# Every link has its own fe80::1. Which one is meant says the zone behind `%`: the name of an interface. Without it two equal addresses may be two machines.
let a = fe80::1%lo
$a
assert $a != fe80::1%eth0
# The zone never leaves the machine: it stands in no packet.

## Groups
# There is no broadcast; there are groups. The fourth digit is the scope: ff02 the link, ff05 the site.
[ff01::1 ff02::1 ff05::2] | each {|g| ip info $g} | select text kind scope
# Who looks for a neighbour asks the group that the last 24 bits of its address make (RFC 4291, section 2.7.1).
(ip info 2001:db8::12:3456).solicited
assert (ip info 2001:db8::12:3456).solicited == ff02::1:ff12:3456

## IPv4 inside
# An IPv4 address in IPv6 notation, and the prefix by which a translator reaches IPv4 (RFC 6052).
ip nat64 192.0.2.33
assert (ip nat64 192.0.2.33) == 64:ff9b::192.0.2.33
