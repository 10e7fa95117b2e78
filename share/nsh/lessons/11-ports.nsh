## Ports
# An address leads to a machine. Which of its programs is meant says the port: a number of 16 bits, one for each side of a connection.
1 shl 16
assert 65536 == 1 shl 16
# Address and port together are an endpoint.
let e = 192.0.2.1:443
$e.host
$e.port

## Well-known ports
# Who serves something waits at a port that everybody knows (RFC 6335). Those below 1024 are for root alone.
[http https domain smtp] | each {|name| port $name | first} | select name port transport
assert (port https | first).port == 443

## Ports that the system chooses
# A client does not care: the system takes one that is free. Port 0 asks for that, and a server may do it, too.
let l = tcp listen 127.0.0.1:0
let c = tcp connect $l.local
$c.local
$c.remote
assert $c.remote == $l.local
assert $c.local.port >= 1024

# Four numbers name a connection: both addresses and both ports. A second one to the same server differs in one of them.
let d = tcp connect $l.local
assert $d.remote == $c.remote and $d.local != $c.local
[$c $d] | each {|x| {local: $x.local, remote: $x.remote}}

## A port is taken once
# Two servers at one port could not be told apart.
try { tcp listen $l.local } catch e {
  print "$e.code: $e.message"
  assert $e.code == 'EADDRINUSE'
}
close $c
close $d
close $l
