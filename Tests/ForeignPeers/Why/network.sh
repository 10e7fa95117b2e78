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
# Sockets of Unix: one that nobody may use, one that nobody listens at.
ip netns exec s /usr/bin/python3 - "$folder" <<'PYTHON'
import os, socket, sys
for name in ("closed", "left"):
    socket.socket(socket.AF_UNIX).bind(f"{sys.argv[1]}/{name}.sock")
os.chmod(f"{sys.argv[1]}/closed.sock", 0)
PYTHON
ip netns exec s /usr/bin/python3 -W ignore "$root/Tests/ForeignPeers/Why/peers.py" 10.0.4.2 "$folder" > "$folder/peers.log" 2>&1 &
for i in $(seq 100); do grep -q ready "$folder/peers.log" 2>/dev/null && break; sleep 0.1; done
