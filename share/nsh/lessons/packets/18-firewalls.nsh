## A firewall
# A firewall is a router that looks at each packet and decides: pass it on, drop it, or refuse it. It decides by the headers: addresses, ports, flags.

# A packet by which a client asks for a connection, and what a firewall sees of it:
let first = packet build {
  ip: {source: 10.0.0.2, destination: 203.0.113.80}
  tcp: {source: 40000, destination: 80, sequence: 1000, flags: SYN}
}
let p = packet parse $first
{from: $p.ip.source, to: $p.ip.destination, port: $p.tcp.destination, flags: $p.tcp.flags}

## Rules
# Rules are read from the top, and the first that fits decides; what fits none gets the policy. This is such a table, and the policy is `drop`.
let rules = [{port: 80, verdict: accept} {port: 22, verdict: reject}]
let judge = {|packet|
  let p = packet parse $packet
  let found = $rules | where {|r| $r.port == $p.tcp.destination} | first
  if $found == null { 'drop' } else { $found.verdict }
}
let asks = {|port|
  packet build {ip: {source: 10.0.0.2, destination: 203.0.113.80}, tcp: {source: 40000, destination: $port, sequence: 1000, flags: SYN}}
}
let verdicts = [22 23 80] | each {|port| {port: $port, verdict: (call $judge (call $asks $port))}}
$verdicts
assert ($verdicts | get verdict) == ['reject' 'drop' 'accept']

## Dropped or refused
# Who refuses answers in the server's name: a packet with the flag RST, and the client knows at once. After a drop it waits, and tries again, for as
# long as it has patience.
let refused = packet parse (call $asks 22)
let answer = packet build {
  ip: {source: $refused.ip.destination, destination: $refused.ip.source}
  tcp: {source: 22, destination: $refused.tcp.source, acknowledgement: ($refused.tcp.sequence + 1), flags: [RST ACK]}
}
(packet parse $answer).tcp.flags
assert 'RST' in (packet parse $answer).tcp.flags

## It remembers
# An answer comes from port 80 and goes to 40000, for which there is no rule. A firewall with a memory knows the connection that it belongs to:
# both addresses and both ports, the other way round.
let connection = {|packet|
  let p = packet parse $packet
  [$p.ip.source $p.tcp.source $p.ip.destination $p.tcp.destination]
}
let known = [(call $connection $first)]
let back = packet build {ip: {source: 203.0.113.80, destination: 10.0.0.2}, tcp: {source: 80, destination: 40000, flags: [SYN ACK]}}
call $judge $back
(call $connection $back)[2..3] + (call $connection $back)[0..1] in $known
assert (call $connection $back)[2..3] + (call $connection $back)[0..1] in $known
