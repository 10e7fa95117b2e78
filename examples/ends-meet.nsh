#!/usr/bin/env nsh
# What answers, and what does not: ports, datagrams, echoes and the way there.
#
# Every packet stays on this machine, and nobody has to be root.

print '== 1. TCP: a port is open, or it refuses'

# One port of ours is open. Of the other we only know that it was free a moment ago.
let server = tcp listen 127.0.0.1:0
let gone = tcp listen 127.0.0.1:0
let free = $gone.local.port
close $gone

let found = tcp probe 127.0.0.1 [$server.local.port $free]
$found | select state reason from
# A SYN-ACK opens (RFC 9293, section 3.5), a RST refuses. Silence would be `filtered`, an ICMP message `unreachable`.
assert $found[0].state == 'open' and $found[1].state == 'closed'
close $server

print '== 2. UDP: nothing says that a port is open'

# A datagram is sent whether or not somebody is there: connect(2) only notes the peer.
let nobody = udp connect 127.0.0.1:$free
send $nobody 'anybody there?'
# The answer of a port without a listener comes by ICMP, and the socket's error queue says who sent it.
try { recv $nobody --timeout 2s } catch e {
  assert $e.code == 'ECONNREFUSED'
  "$e.code: ${$e.causes[0].message | split ' to what' | first}"
}

# Somebody who answers each datagram with what the function gives.
let shout = udp serve :0 {|packet| upper $packet.data} --background
let c = udp connect $shout.local
send $c hello
let answer = recv $c --from --timeout 2s
"${$answer.data | from utf8}, from port ${if $answer.from == $shout.local { 'of the server' } else { 'of a stranger' }}"

# Two datagrams stay two, however close they come: nothing joins them, and an empty one is a datagram too.
let box = udp bind :0
for text in [one '' three] { send $c $text }
1..3 | each {|n| recv $c --timeout 2s | len} | join ' '
close $shout

print '== 3. ICMP: is the machine there, and how far is it?'

# A datagram socket of ICMP if this user may have one, else a raw one, else UDP: `method` says which it was.
let p = ping 127.0.0.1 --count 3 --interval 20ms --summary
assert $p.received == 3
"$p.sent sent, $p.received answered, $p.loss lost"

# Each router on the way takes one from a packet's time to live, and complains when nothing is left. To ourselves there is none.
trace 127.0.0.1 --tries 1 | select hop address answer

print '== 4. A protocol is only what both ends say'

# A server for one visitor that says the time in words (RFC 867), and the module that asks it.
use daytime
let clock = tcp serve :0 {|c| send line $c 'Tuesday, February 22, 1982 17:37:43-PST'} --background
daytime tcp $clock.local
close $clock
