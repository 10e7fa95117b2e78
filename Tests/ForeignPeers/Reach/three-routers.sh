# A client, three routers and a server in a row, in network namespaces that end with the shell that sources this.
#
#   c 10.0.1.1 — 10.0.1.2 r1 10.0.2.1 — 10.0.2.2 r2 10.0.3.1 —(MTU 1400)— 10.0.3.2 r3 10.0.4.1 — 10.0.4.2 s
#
# and the same with fd00:N::/64. It wants namespaces of its own: unshare -nm, with -r for those who are not root.
set -e
mount -t tmpfs tmpfs /run
for n in c r1 r2 r3 s; do
  ip netns add $n
  ip -n $n link set lo up
  ip netns exec $n sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
  # Addresses serve at once.
  ip netns exec $n sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.default.dad_transmits=0
  # A router that counts its answers would make the tests depend on their pace.
  ip netns exec $n sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
done
i=1
for pair in c:r1 r1:r2 r2:r3 r3:s; do
  a=${pair%:*} b=${pair#*:}
  ip link add e$i netns $a type veth peer name w$i netns $b
  ip -n $a addr add 10.0.$i.1/24 dev e$i
  ip -n $b addr add 10.0.$i.2/24 dev w$i
  ip -n $a addr add fd00:$i::1/64 dev e$i nodad
  ip -n $b addr add fd00:$i::2/64 dev w$i nodad
  ip -n $a link set e$i up
  ip -n $b link set w$i up
  i=$((i + 1))
done
ip -n r2 link set e3 mtu 1400
ip -n r3 link set w3 mtu 1400
route() { n=$1; shift; ip -n $n route add "$@"; }
route c default via 10.0.1.2
route c default via fd00:1::2
route s default via 10.0.4.1
route s default via fd00:4::1
route r1 10.0.0.0/16 via 10.0.2.2
route r1 10.9.0.0/16 via 10.0.2.2
route r1 fd00::/16 via fd00:2::2
route r2 10.0.1.0/24 via 10.0.2.1
route r2 10.0.4.0/23 via 10.0.3.2
route r2 fd00:1::/64 via fd00:2::1
route r2 fd00:4::/64 via fd00:3::2
route r3 10.0.0.0/16 via 10.0.3.1
route r3 fd00::/16 via fd00:3::1
# What r3 thinks of three hosts; r2 knows no way to 10.9.0.0/16.
route r3 unreachable 10.0.5.1
route r3 prohibit 10.0.5.2
route r3 blackhole 10.0.5.3
ip netns exec s nft -f - <<'RULES'
table inet f {
  chain in {
    type filter hook input priority 0;
    tcp dport 81 drop
    tcp dport 82 reject
    tcp dport 83 reject with tcp reset
    tcp dport 84 reject with icmpx admin-prohibited
    udp dport 9000 drop
  }
}
RULES
# The first packets of IPv6 get lost while the neighbours find each other.
for i in 1 2 3 4 5 6 7 8 9; do
  ip netns exec c ping -6 -n -c 1 -W 1 -M do -s 1452 fd00:4::2 2>&1 | grep -q 'mtu' && break || sleep 0.1
done
