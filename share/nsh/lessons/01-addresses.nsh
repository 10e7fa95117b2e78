## Addresses
# A packet that crosses networks carries two addresses: where it comes from and where it goes. An IPv4 address is a number of 32 bits. People
# write its four bytes in decimal, with points between them.

let a = 192.0.2.77
ip info $a | select text int hex binary
# The number and the text are the same thing, and so one can count with addresses.
assert $a + 1 == 192.0.2.78
$a + 256
192.0.2.77 - 192.0.2.0

## How many there are
# Each bit more doubles the number: 32 bits make a little over four thousand million, fewer than there are people.
let count = 1 shl 32
$count
assert $count == 4294967296
# IPv6 has 128 bits. Written out that is a long number; it is never going to be used up.
1 shl 128

## IPv6
# The 128 bits stand in eight groups of four hexadecimal digits. Zeros at the beginning of a group are left out, and one run of groups of
# zeros becomes `::` (RFC 5952).
let b = 2001:0db8:0000:0000:0000:0000:0000:0001
$b
assert $b == 2001:db8::1
ip info $b | get full

## What is no address
# A byte is at most 255. The shell says so before it sends anything.
let wrong = '192.0.2.256'
try { ip info $wrong } catch e { print "$e.code: $e.message" }
