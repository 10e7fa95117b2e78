## One thing on top of another
# Each layer does one thing and leaves the rest to the one below it:
#
#   application   what is said         HTTP, DNS, mail
#   transport     between programs     TCP, UDP: ports
#   internet      between networks     IP: addresses
#   link          between neighbours   Ethernet, Wi-Fi: MAC addresses

# One line of the uppermost layer sets all of them to work. A web server inside the shell answers, with `--live` one far away.
lab start | where {|part| $part.what == 'a page'} | select name 'mapped to'
(http get http://www.example.test/).status
let steps = wire
$steps | select step detail
assert 'socket' in ($steps | get step)

## Who says what
# The application says `GET`, and knows no port of the other side's kernel. TCP numbers bytes, and does not know what they mean.
let c = tcp connect www.example.test:80
$c.transport
$c.local
send $c "GET / HTTP/1.1\r\nHost: www.example.test\r\nConnection: close\r\n\r\n"
recv line $c
close $c

## Whose fault it was
# Something fails in one layer, and those above hear of it. The report tells them apart, the innermost one last.
try { http get http://127.0.0.1:1/ } catch e {
  let layers = [$e.layer] + ($e.causes | get layer)
  $layers | join ' <- '
  assert $layers == ['http' 'tcp' 'system']
}
# Here the network was fine, and the application says no:
let answer = http get http://www.example.test/nothing
$answer.status
assert $answer.status == 404
lab stop
