## An RFC, from the top
# RFCs are the documents in which the rules of the Internet stand, and everybody can fetch them. In this lesson a web server inside the shell has one;
# with `--live` it comes from the RFC Editor.
lab start | first 3 | select name 'mapped to'

# One line fetches it. What comes is not a text but a response: a status, header fields, a body.
let r = http get https://www.rfc.test/rfc/rfc2324.txt
$r.status
$r.headers.content-type
$r.body | len
assert $r.status == 200

# The body, as people read it:
$r | lines | where {|l| $l =~ 'coffee'} | first 5

## What went on below
# One line, and yet: a name was looked up, a socket made, a connection set up, TLS agreed on (the `s` in `https`), a request sent, and an answer
# received in pieces.
wire | select step bytes took
assert 'connect' in (wire | get step) and 'send' in (wire | get step)

# The same as bytes: this is what stood on the wire. The request is not to be read there, for TLS has sealed it.
wire --hex | lines | first 8

## Another door
# Without the `s` it is port 80, and no TLS. The lab answers there as well. The real RFC Editor sends everybody on (301, and `Location` says where
# to), which only who asks for it follows:
let plain = http get http://www.rfc.test/rfc/rfc2324.txt
$plain.status
assert $plain.status in [200 301]
assert (http get http://www.rfc.test/rfc/rfc2324.txt --follow 3).body == $r.body

## Each layer has its own error
# The same line with a wrong path fails in HTTP, with a wrong port in TCP. The layers tell which one it was.
(http get https://www.rfc.test/nothing).status
assert (http get https://www.rfc.test/nothing).status == 404
try { http get http://127.0.0.1:1/ } catch e { [{layer: $e.layer, code: $e.code}] + ($e.causes | select layer code) }
lab stop
