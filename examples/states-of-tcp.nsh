#!/usr/bin/env nsh
# The life of a TCP connection, one step at a time: both ends are here, so that both can be asked for their state.
#
# Compare with the diagram of RFC 9293, section 3.3.2. Everything stays on this machine.

let server = tcp listen :0
let client = tcp connect $server.local

print "== Three packets, and both are connected. The first of them, as the server's kernel kept it:"

let accepted = accept $server
tcp syn $accepted | where {|f| $f.field == 'SYN' or $f.field == 'window' or $f.field == 'option'} | select field value meaning

print "client ${(info $client).state}, server ${(info $accepted).state}"

print '== Something is said'

send $client "how are you?\r\n"
recv line $accepted

print '== The client has no more to say, and may still listen'

shutdown --write $client
assert (recv $accepted) == null, 'the server sees the end of the stream'
# The acknowledgement of the end may take as long as delayed ones do.
retry 20 --every 20ms { assert (info $client).state == 'FIN-WAIT-2' }
assert (info $accepted).state == 'CLOSE-WAIT'

print '== The server answers, and ends too'

send $accepted "fine, and goodbye\r\n"
close $accepted
recv line $client
assert (recv $client) == null

print '== Who ended first waits, so that a late packet meets nobody who might mistake it'

close $client
assert (info $client).state == 'TIME-WAIT'
assert (info $accepted).state == 'CLOSED'

print '== All of it, as the client saw it'

ladder $client --width 72

print '== And how it ends when somebody does not read what was sent: with a reset'

let client = tcp connect $server.local
let accepted = accept $server
send $client 'is anybody there?'
retry 20 --every 10ms { assert (info $accepted).unread == 17 }
close $accepted
try { recv $client } catch e { print $e.code }
ladder $accepted --width 72
