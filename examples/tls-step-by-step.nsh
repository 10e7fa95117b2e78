#!/usr/bin/env nsh
# What stands between TCP and HTTPS: certificates, a handshake, keys, and an end that says so.
#
# Both ends are in this script, on loopback; `tls connect example.com:443` does the client's part with a real server.

print '== A certificate authority of our own, and a certificate that it signs'

let ca = tls cert 'Class CA' --authority
let id = tls cert www.example.test --ca $ca.certificate --ca-key $ca.key
$id | select subject issuer names key-type bits


print '== A server that answers each client in upper case'

let server = tls serve :0 {|c|
  while true {
    let line = recv line $c
    if $line == null { break }
    send line $c ($line | upper)
  }
} --cert $id.certificate --key $id.key --background


print '== A client that does not know the authority is right to refuse'

try { tls connect $server.local --name www.example.test } catch e {
  "$e.code: $e.message"
  assert $e.code == 'certificate-unknown-ca'
}


print '== One that knows it goes on; this is what the two said to each other'

let c = tls connect $server.local --name www.example.test --ca $ca.certificate
tls handshake $c | select from message bytes
tls info $c | select version cipher group signature sni verified


print '== From here on the same steps as over TCP'

send line 'nobody on the way can read this'
recv line
shutdown
assert (recv) == null, 'the server said close_notify: nothing was cut off'
close $c


print '== On the way there were only records; what was sealed into them and opened stands beside them here'

wire --connection $c.id | where {|s| $s.step in ['seal' 'send' 'recv' 'open']} | last 7 | select step bytes
wire --connection $c.id --ladder --width 90


print '== A second visit needs no certificate: the session is resumed'

let again = tls connect $server.local --name www.example.test --ca $ca.certificate --resume $c
assert (tls info $again).resumed
tls handshake $again | get message
