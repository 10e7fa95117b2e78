## An impossible port
# A port has 16 bits; 66000 does not fit. The shell refuses before anything is asked or sent: no resolver, no socket.
let port = 66000
try { tcp connect 127.0.0.1:$port } catch e { print $e.message }
wire | count
assert (wire | count) == 0

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

## A network without a route
# Class E was never handed out (RFC 1112); a kernel takes such an address for nobody's. An address for multicast is no peer for TCP, either.
try { tcp connect 224.0.0.1:80 --timeout 300ms } catch e {
  print "$e.code: $e.message"
  assert $e.status in [7 28]
}

## A name that cannot be
# `invalid` is kept free for ever (RFC 2606): no name server may ever know it. A label has at most 63 characters, and a longer one is refused here.
let label = 'x' * 64
try { tcp connect "$label.test" 80 } catch e { print $e.message }

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
