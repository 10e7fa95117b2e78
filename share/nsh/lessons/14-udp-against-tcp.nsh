## The same words twice
# Three messages over UDP, and the same over TCP.
let u = udp bind 127.0.0.1:0
let v = udp connect $u.local
for word in [one two three] { send $v $word }
let datagrams = 1..3 | each {|i| recv $u}
$datagrams
assert $datagrams == ['one' 'two' 'three']

let l = tcp listen 127.0.0.1:0
let c = tcp connect $l.local
let s = accept $l
for word in [one two three] { send $c $word }
let stream = recv $s --exactly 11
$stream
assert $stream == 'onetwothree'
# UDP kept three messages, TCP one row of bytes.

## What it costs
# The steps that each needed before the first byte:
wire --connection $v.id | select step detail
wire --connection $c.id | select step detail

## Where nobody listens
# TCP knows at once, because its handshake fails. UDP has sent already when it hears of it.
let tcp_port = $l.local
close $s
close $c
close $l
try { tcp connect $tcp_port } catch e {
  print "tcp: $e.code"
  assert $e.code == 'ECONNREFUSED'
}
let udp_port = $u.local
close $u
close $v
let w = udp connect $udp_port
send $w 'lost'
try { recv $w --timeout 300ms } catch e { print "udp: $e.code, after the send" }

# So: TCP where every byte counts (pages, mail, files), UDP where a late answer is worse than none or one packet is all there is to say
# (names, calls, games), and as the ground for something new: QUIC is built on it (RFC 9000).
close $w
