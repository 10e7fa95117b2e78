## A firewall
# A firewall is a router that looks at each packet and decides: pass it on, drop it, or refuse it. It decides by the headers: addresses, ports, flags.

# Three machines of our own: a client, the firewall, and a server with two doors, 80 and 23.
netns add client firewall server
netns link client eth0 10.0.0.2/24 firewall lan 10.0.0.1/24
netns link firewall wan 203.0.113.1/24 server eth0 203.0.113.80/24
netns route client default 10.0.0.1
netns route server default 203.0.113.1
netns forward firewall
let web = netns run server { tcp serve 203.0.113.80:80 {|c| send $c 'an answer'} --background }
let old = netns run server { tcp listen 203.0.113.80:23 }

# Without rules it is a router like any other. Nobody listens at 22, and the server itself says so.
let before = netns run client { tcp probe 203.0.113.80 22,23,80 }
$before | select port state
assert ($before | get state) == ['closed' 'open' 'open']

## Rules
# Rules are read from the top, and the first that fits decides; what fits none gets the policy. On Linux nft(8) sets them. What only passes through
# is looked at in the hook `forward`.
let rules = """
  table ip filter {
    chain through {
      type filter hook forward priority filter; policy drop
      ct state established,related accept
      tcp dport 80 accept
      tcp dport 22 reject with tcp reset
    }
  }
  """
netns run firewall { $rules | ^nft -f - }
let after = netns run client { tcp probe 203.0.113.80 22,23,80 --timeout 200ms }
$after | select port state
assert ($after | get state) == ['closed' 'filtered' 'open']

## Dropped or refused
# Refused is heard at once; what is dropped costs the client all its patience, and tells less to strangers.
try { netns run client { tcp connect 203.0.113.80:22 } } catch e { assert $e.code == 'ECONNREFUSED' }
try { netns run client { tcp connect 203.0.113.80:23 --timeout 100ms } } catch e { assert $e.code == 'timeout' }

## It remembers
# Answers pass, since the firewall knows the connection that they belong to: `ct state established`. A connection that begins outside is not let in.
let c = netns run client { tcp connect 203.0.113.80:80 }
recv $c
let inner = netns run client { tcp listen 10.0.0.2:8080 }
try { netns run server { tcp connect 10.0.0.2:8080 --timeout 100ms } } catch e {
  $e.code
  assert $e.code == 'timeout'
}
close $web
netns delete client firewall server
