## Names
# People remember names, packets carry addresses. The domain name system is the table between them, divided over many servers: each knows its zone
# and who knows more (RFC 1034).

# First we are a name server ourselves: the zone school.test, on this machine.
let zone = [
  {name: www, type: A, data: 192.0.2.80}
  {name: www, type: AAAA, data: 2001:db8::80}
  {name: '@', type: MX, data: '10 mail.school.test.'}
  {name: mail, type: A, data: 192.0.2.25}
  {name: web, type: CNAME, data: www.school.test.}
]
let s = dns serve $zone --origin school.test --listen 127.0.0.1:0 --background
let at = "@${$s.local}"

## Questions and answers
# A question has a name and a type: A for an IPv4 address, AAAA for IPv6.
let r = dns www.school.test A $at
$r.answer | select name type ttl address
assert $r.answer[0].address == 192.0.2.80
dns www.school.test AAAA $at --short
# Who takes mail for the domain, MX; and another name for the same machine, CNAME.
dns school.test MX $at --short
dns web.school.test A $at --short
assert (dns web.school.test A $at --short | last) == '192.0.2.80'

## What is not there
# That a name does not exist is an answer, not an error: NXDOMAIN. That it has nothing of this type is another: no answer, and no error.
(dns nothing.school.test A $at).rcode
assert (dns nothing.school.test A $at).rcode == 'NXDOMAIN'
(dns mail.school.test AAAA $at) | get rcode
assert ((dns mail.school.test AAAA $at).answer | len) == 0

## From the root down
# Who resolves a name needs to know only the servers of the root. Each server that is asked knows the answer, or who knows more: a referral. The
# lab has such a tree; with `--live` it is the one of the whole world, and its root has thirteen names.
lab start | where {|part| $part.service == 'dns'} | select name what
dns trace www.example.test | select zone server result to
assert (dns trace www.example.test | last | get result) == 'answer'
lab stop

## The way back
# From the address to the name there is a tree of its own, with the bytes in reverse, because names are read from the right.
ip reverse 192.0.2.80
assert (ip reverse 192.0.2.80) == '80.2.0.192.in-addr.arpa'
close $s
