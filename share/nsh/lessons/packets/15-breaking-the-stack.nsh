## An impossible port
# A port has 16 bits; 66000 does not fit. The shell refuses before anything is asked or sent: no resolver, no socket.
let before = wire
let port = 66000
try { tcp connect 127.0.0.1:$port } catch e { print $e.message }
# Nothing came to what the wire has seen.
assert (wire) == $before

## A closed port
# The machine is there, but nobody listens. Its kernel answers the SYN with RST at once: refused.
let l = tcp listen 127.0.0.1:0
let free = $l.local
close $l
try { tcp connect $free } catch e {
  $e.causes | select layer code message
  assert $e.code == 'ECONNREFUSED' and $e.status == 7
}
wire | select step detail

## An unreachable host
# We are behind a router, which has no route to 203.0.113.80. It drops our SYN and says so: an ICMP message with its own address, and the beginning
# of our packet in it (RFC 792), so that our kernel finds the connection it belongs to.
let syn = packet build {ip: {source: 10.0.0.2, destination: 203.0.113.80}, tcp: {source: 40000, destination: 80, flags: [syn]}}
let told = packet parse (packet build {
  ip: {source: 10.0.0.1, destination: 10.0.0.2}
  icmp: {type: 'destination unreachable', code: 0}
  data: $syn
})
$told.ip.source
$told.quoted.ip.destination
assert $told.ip.source == 10.0.0.1 and $told.quoted.ip.destination == 203.0.113.80
# So three can say no: our own shell (66000), the machine at the other end (RST), and somebody on the way (ICMP).

## A name that cannot be
# `invalid` is kept free for ever (RFC 2606): no name server may ever know it. A label has at most 63 characters, and a longer one is refused here.
let label = 'x' * 64
try { tcp connect "${label}.test" 80 } catch e {
  $e.causes | select layer code message
  assert $e.code == 'bad-name'
}

## Nobody answers
# The worst case is silence: no answer tells anything, and only a deadline ends the wait.
let silent = tcp listen 127.0.0.1:0
let c = tcp connect $silent.local
try { recv $c --timeout 50ms } catch e {
  print $e.message
  assert $e.code == 'timeout' and $e.status == 28
}
close $c
close $silent
