# The network of three-routers.sh with what the set-ups of `why` need beside it. $folder is a folder of this run.
. "$root/Tests/ForeignPeers/Reach/three-routers.sh"
printf 'nameserver 10.0.4.2\noptions timeout:1 attempts:1\n' > "$folder/resolv.conf"
printf 'hosts: files dns\n' > "$folder/nsswitch.conf"
printf '127.0.0.1 localhost\n10.0.4.2 good.test\n' > "$folder/hosts"
for file in resolv.conf nsswitch.conf hosts; do mount --bind "$folder/$file" /etc/$file; done
/usr/bin/python3 -W ignore "$root/Tests/ForeignPeers/Why/certificates.py" "$folder"
# The server rejects one more port, and the client forbids itself one.
ip netns exec s nft add rule inet f in tcp dport 85 reject with icmpx type host-unreachable
ip netns exec c nft -f - <<'RULES'
table inet o {
  chain out {
    type filter hook output priority 0;
    udp dport 9999 drop
  }
}
RULES
route c blackhole 10.66.1.0/24
route c unreachable 10.66.2.0/24
route c prohibit 10.66.3.0/24
route r1 blackhole 172.16.0.0/12
route r1 blackhole 203.0.113.0/24
# A machine that is alone on its link, with a gateway that is not there and an interface that is down.
ip netns add l
ip netns add x
ip -n l link set lo up
ip link add e7 netns l type veth peer name w7 netns x
ip -n l addr add 10.7.0.1/24 dev e7
ip -n l link set e7 up
ip -n x link set w7 up
route l 198.51.100.0/24 via 10.7.0.9
ip link add e8 netns l type veth peer name w8 netns x
ip -n l addr add 10.8.0.1/24 dev e8
# Further addresses of the server, which the client goes to from one of its own. Of these two no router's ICMP says that the link
# between r2 and r3 takes 1400 bytes only.
ip -n c addr add 10.0.1.9/24 dev e1
route c 10.0.6.0/24 via 10.0.1.2 src 10.0.1.9
route r2 10.0.6.0/24 via 10.0.3.2
route r3 10.0.6.0/24 via 10.0.4.2
for i in 2 3 4 5 6; do ip -n s addr add 10.0.6.$i/32 dev lo; done
for pair in r2:10.0.1.9 r3:10.0.6.2; do
  ip netns exec ${pair%:*} nft -f - <<RULES
table inet h {
  chain out {
    type filter hook output priority 0;
    ip daddr ${pair#*:} icmp type destination-unreachable icmp code frag-needed drop
  }
}
RULES
done
# A resolver (unbound), the servers of `test` (knot), and those of two zones below it that do not serve them: one refuses (BIND), one
# answers without authority (peers.py).
mkdir "$folder/knot" "$folder/bind"
cat > "$folder/test.zone" <<'ZONE'
$ORIGIN test.
$TTL 60
@ SOA ns root 1 60 60 60 60
@ NS ns
ns A 10.0.6.4
lame NS ns.lame
ns.lame A 10.0.6.5
upward NS ns.upward
ns.upward A 10.0.6.6
ZONE
cat > "$folder/knot.conf" <<CONF
server:
  listen: 10.0.6.4@53
  rundir: $folder/knot
database:
  storage: $folder/knot
zone:
  - domain: test
    file: $folder/test.zone
CONF
cat > "$folder/named.conf" <<CONF
options {
  directory "$folder/bind";
  listen-on { 10.0.6.5; };
  listen-on-v6 { none; };
  pid-file none;
  session-keyfile none;
  recursion no;
  allow-query { none; };
};
controls { };
CONF
cat > "$folder/unbound.conf" <<CONF
server:
  interface: 10.0.6.3
  access-control: 0.0.0.0/0 allow
  do-daemonize: no
  do-ip6: no
  username: ""
  chroot: ""
  directory: "$folder"
  pidfile: ""
  use-syslog: no
  module-config: "iterator"
  local-zone: "test." nodefault
stub-zone:
  name: "test"
  stub-addr: 10.0.6.4
CONF
ip netns exec s knotd -c "$folder/knot.conf" > "$folder/knot.log" 2>&1 &
ip netns exec s named -f -n 1 -c "$folder/named.conf" > "$folder/named.log" 2>&1 &
ip netns exec s unbound -c "$folder/unbound.conf" > "$folder/unbound.log" 2>&1 &
for ask in "10.0.6.4 test SOA" "10.0.6.5 x.test A" "10.0.6.3 test SOA"; do
  set -- $ask
  for i in $(seq 100); do ip netns exec s dig +time=1 +tries=1 @$1 $2 $3 2>/dev/null | grep -q 'status:' && break; sleep 0.1; done
done
# Sockets of Unix: one that nobody may use, one that nobody listens at.
ip netns exec s /usr/bin/python3 - "$folder" <<'PYTHON'
import os, socket, sys
for name in ("closed", "left"):
    socket.socket(socket.AF_UNIX).bind(f"{sys.argv[1]}/{name}.sock")
os.chmod(f"{sys.argv[1]}/closed.sock", 0)
PYTHON
ip netns exec s /usr/bin/python3 -W ignore "$root/Tests/ForeignPeers/Why/peers.py" 10.0.4.2 "$folder" > "$folder/peers.log" 2>&1 &
for i in $(seq 100); do grep -q ready "$folder/peers.log" 2>/dev/null && break; sleep 0.1; done
