## Who hands addresses out
# IANA gives large blocks to five regional registries, these give smaller ones to providers, and these give them to customers. Some blocks
# are for nobody: they have a meaning of their own, and IANA keeps the list (RFC 6890).

## Private addresses
# Three blocks may be used by everybody at home, and therefore mean nothing outside (RFC 1918).
let private = [10.0.0.0/8 172.16.0.0/12 192.168.0.0/16]
$private | each {|n| ip info $n} | select text size
# Is 172.20.1.1 private? And 172.32.1.1? The work shown bit by bit:
ip explain 172.20.1.1
assert (ip info 172.20.1.1).private
assert not (ip info 172.32.1.1).private

## Others of a kind
# Loopback, link-local (nobody has given the machine an address), documentation, groups of receivers, and what providers use between themselves and
# their customers:
[127.0.0.1 169.254.3.4 192.0.2.1 224.0.0.1 100.64.0.1 255.255.255.255 8.8.8.8] | each {|a| ip info $a} | select text kind global
assert (ip info 169.254.3.4).kind == 'link-local'
assert (ip info 8.8.8.8).global

## In IPv6
# The same kinds are there, in larger blocks: `fc00::/7` for private use (RFC 4193), `fe80::/10` on one link, `2001:db8::/32` in books.
[::1 fe80::1 fd12::1 2001:db8::1 ff02::1] | each {|a| ip info $a} | select text kind
assert (ip info fd12::1).private
