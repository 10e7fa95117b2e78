## Too few addresses
# A home has one public address and many machines. These have private ones (RFC 1918), to which nobody outside knows a way.
netns add laptop phone router server
netns link laptop eth0 192.168.1.2/24 router lan1 192.168.1.1/24
netns link phone eth0 192.168.2.2/24 router lan2 192.168.2.1/24
netns link router wan 203.0.113.7/24 server eth0 203.0.113.80/24
netns route laptop default 192.168.1.1
netns route phone default 192.168.2.1
netns forward router

# The packet arrives; the server's answer has nowhere to go.
let web = netns run server { tcp listen 203.0.113.80:80 }
try { netns run laptop { tcp connect 203.0.113.80:80 --timeout 200ms } } catch e {
  print $e.code
  assert $e.code == 'timeout'
}

## The router lends its own address
# In each packet that leaves by `wan` the router writes its own address as the sender, and remembers whose it was: network address translation
# (RFC 3022). nft(8) calls it masquerade.
netns run router { ^nft 'table ip nat { chain out { type nat hook postrouting priority srcnat; oifname wan masquerade; }; }' }
let a = netns run laptop { tcp connect 203.0.113.80:80 }
let s = accept $web
# One connection, seen from both ends:
[{end: laptop, local: $a.local, remote: $a.remote} {end: server, local: $s.local, remote: $s.remote}]
assert $a.local.host == 192.168.1.2 and $s.remote.host == 203.0.113.7
# Neither end notices. The answer finds its way back by what the router remembered:
send $s 'for the laptop'
recv $a

## Many behind one
# For the server both are the same machine; the router tells their answers apart by the port.
let b = netns run phone { tcp connect 203.0.113.80:80 }
let t = accept $web
[$s $t] | each {|x| $x.remote}
assert $t.remote.host == $s.remote.host and $t.remote.port != $s.remote.port

## The way in
# Who knocks from outside meets the router itself; nobody inside was asked for.
try { netns run server { tcp connect 203.0.113.7:8080 } } catch e { $e.code }
# Unless a rule says for whom the port is: port forwarding, which changes the receiver instead of the sender.
netns run router {
  ^nft 'table ip nat { chain in { type nat hook prerouting priority dstnat; tcp dport 8080 dnat to 192.168.1.2:80; }; }'
}
let inside = netns run laptop { tcp listen 192.168.1.2:80 }
let d = netns run server { tcp connect 203.0.113.7:8080 }
let visitor = accept $inside
$visitor.remote
assert $d.remote == 203.0.113.7:8080 and $visitor.local == 192.168.1.2:80
netns delete laptop phone router server
