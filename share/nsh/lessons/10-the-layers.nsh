## One thing on top of another
# Each layer does one thing and leaves the rest to the one below it:
#
#   application   what is said         HTTP, DNS, mail
#   transport     between programs     TCP, UDP: ports
#   internet      between networks     IP: addresses
#   link          between neighbours   Ethernet, Wi-Fi: MAC addresses

# One line of the uppermost layer sets all of them to work. A web server inside the shell answers.
lab start
(http get http://www.rfc.test/rfc/rfc2324.txt).status
let steps = wire
$steps | select step detail
assert 'socket' in ($steps | get step)

## Who says what
# The application says `GET`, and knows no port of the other side's kernel. TCP numbers bytes, and does not know what they mean.
let c = tcp connect www.rfc.test:80
$c.transport
$c.local
send $c "GET / HTTP/1.0\r\n\r\n"
recv line $c

## Whose fault it was
# Something fails in one layer, and those above hear of it. The report tells them apart, the innermost one last.
try { http get http://127.0.0.1:1/ } catch e {
  let layers = [$e.layer] + ($e.causes | get layer)
  $layers | join ' <- '
  assert $layers == ['http' 'tcp' 'system']
}
# Here the network was fine, and the application says no:
assert (http get http://www.rfc.test/nothing).status == 404
close $c
lab stop
