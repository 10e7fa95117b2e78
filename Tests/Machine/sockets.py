"""Compares what nsh says of sockets with what ss(8) says, and with what Python's own sockets say of themselves.

    unshare -Urn python3 sockets.py NSH
"""
import os, re, socket, subprocess, sys, time

from compare import nsh, same, sh

STATES = {"ESTAB": "ESTABLISHED", "SYN-SENT": "SYN-SENT", "FIN-WAIT-1": "FIN-WAIT-1", "FIN-WAIT-2": "FIN-WAIT-2",
          "TIME-WAIT": "TIME-WAIT", "CLOSE-WAIT": "CLOSE-WAIT", "LAST-ACK": "LAST-ACK", "LISTEN": "LISTEN",
          "CLOSING": "CLOSING", "SYN-RECV": "SYN-RECEIVED"}
held = []


def pair(host, family):
    server = socket.create_server((host, 0), family=family)
    client = socket.create_connection(server.getsockname()[:2])
    accepted, _ = server.accept()
    held.extend([server, client, accepted])
    return server, client, accepted


def prepare():
    sh("ip link set lo up")
    for host, family in [("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6)]:
        server, client, accepted = pair(host, family)
        client.sendall(b"x" * 1234)
        # Waits to be accepted.
        held.append(socket.create_connection(server.getsockname()[:2]))
        _, half, other = pair(host, family)
        half.shutdown(socket.SHUT_WR)
        _, gone, left = pair(host, family)
        gone.close(); left.close()
        udp = socket.socket(family, socket.SOCK_DGRAM)
        udp.bind((host, 0))
        peer = socket.socket(family, socket.SOCK_DGRAM)
        peer.connect(udp.getsockname()[:2])
        peer.send(b"hello")
        held.extend([udp, peer])
    # Nobody answers: the address is there, and its link drops everything.
    sh("ip link add d0 type veth peer name d1", "ip addr add 192.0.2.1/24 dev d0", "ip link set d0 up", "ip link set d1 up",
       "ip neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev d0")
    waiting = socket.socket()
    waiting.setblocking(False)
    waiting.connect_ex(("192.0.2.9", 80))
    held.append(waiting)
    for name, kind in [("/tmp/nsh-%d" % os.getpid(), socket.SOCK_STREAM), ("\0nsh-%d" % os.getpid(), socket.SOCK_DGRAM)]:
        unix = socket.socket(socket.AF_UNIX, kind)
        unix.bind(name)
        held.append(unix)
        if kind == socket.SOCK_STREAM:
            unix.listen(3)
            other = socket.socket(socket.AF_UNIX, kind)
            other.connect(name)
            held.append(other)
            os.unlink(name)
    held.extend(socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET))
    time.sleep(0.2)


def endpoint(text):
    host, port = text.rsplit(":", 1)
    host, _, zone = host.partition("%")
    if host == "*":
        host = "[::]"
    return None if port == "*" else f"{host}:{port}"


def internet():
    for kind, option in [("tcp", "-t"), ("udp", "-u")]:
        listed = subprocess.run(["ss", "-Hanepi", "-O", option], capture_output=True, text=True, check=True).stdout
        expected, facts = set(), {}
        for line in listed.splitlines():
            words = line.split()
            state = STATES.get(words[0]) if kind == "tcp" else {"ESTAB": "CONNECTED", "UNCONN": "UNCONNECTED"}[words[0]]
            row = (state, int(words[1]), int(words[2]), endpoint(words[3]), endpoint(words[4]))
            owner = re.search(r'users:\(\("([^"]*)",pid=(\d+),fd=(\d+)', line)
            row += (owner and owner[1], owner and int(owner[2]))
            expected.add(row)
            facts[row[3:5]] = dict(re.findall(r"(\w+):(\S+)", line)) | {"line": line}
        rows = nsh(f"sockets --{kind} --details")
        found = {(r["state"], r["unread"], r["unsent"], r["local"], r["remote"], r["process"], r["pid"]) for r in rows}
        same(f"{kind} sockets", sorted(map(repr, found)), sorted(map(repr, expected)))
        assert len(rows) == len(listed.splitlines()) and len(rows) >= 4
        for row in rows:
            fact = facts[(row["local"], row["remote"])]
            if "ino" in fact:
                same("inode", row["inode"], int(fact["ino"]))
            if kind == "tcp" and row["state"] == "ESTABLISHED":
                info = row["info"]
                rtt, variance = fact["rtt"].split("/")
                number = lambda name: int(fact.get(name, 0))
                same(f"TCP_INFO of {row['local']}",
                     [info["cwnd"], info["mss"], info["path-mtu"], info["segments-out"], info["segments-in"],
                      info["bytes-received"] or 0, info["bytes-acknowledged"] or 0, info["advertised-mss"], "sack" in info["options"],
                      microseconds(info["rtt"]), microseconds(info["rttvar"]), row["congestion"]],
                     [number("cwnd"), number("mss"), number("pmtu"), number("segs_out"), number("segs_in"),
                      number("bytes_received"), number("bytes_acked"), number("advmss"), " sack " in fact["line"],
                      round(float(rtt) * 1000), round(float(variance) * 1000), congestion(fact["line"])])


def congestion(line):
    return next(name for name in line.split() if name in ("cubic", "reno", "bbr"))


def microseconds(text):
    for unit, factor in (("ns", 0.001), ("us", 1), ("ms", 1000), ("s", 1_000_000)):
        if text.endswith(unit):
            return round(float(text[:-len(unit)]) * factor)


def unix():
    listed = subprocess.run(["ss", "-Hanxp"], capture_output=True, text=True, check=True).stdout
    mine = lambda line: f"pid={os.getpid()}," in line
    expected = set()
    for line in filter(mine, listed.splitlines()):
        words = line.split()
        state = {"ESTAB": "CONNECTED", "LISTEN": "LISTEN", "UNCONN": "UNCONNECTED"}[words[1]]
        kind = {"u_str": "stream", "u_dgr": "datagram", "u_seq": "packets"}[words[0]]
        expected.add((kind, state, None if words[4] == "*" else words[4], int(words[5])))
    found = {(r["kind"], r["state"], r["local"], r["inode"]) for r in nsh("sockets --unix --details") if r["pid"] == os.getpid()}
    same("unix sockets", sorted(map(repr, found)), sorted(map(repr, expected)))
    assert len(found) >= 5


def raw():
    """Raw, packet and netlink sockets beside ss, and those made here beside what they say of themselves."""
    icmp, icmp6 = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1), socket.socket(socket.AF_INET6, socket.SOCK_RAW, 58)
    icmp.bind(("127.0.0.1", 0))
    icmp.connect(("127.0.0.1", 0))
    frames = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806))
    frames.bind(("d0", 0x0806))
    packets = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3))
    routing = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    routing.bind((0, 1 | 1 << 2))
    held.extend([icmp, icmp6, frames, packets, routing])
    mine = lambda rows: [r for r in rows if r["pid"] == os.getpid()]
    rows = mine(nsh("sockets --raw --details"))
    same("our raw sockets", sorted((r["local"], str(r["remote"]), r["state"], r["inode"]) for r in rows),
         [("icmp:127.0.0.1", "127.0.0.1", "CONNECTED", os.fstat(icmp.fileno()).st_ino),
          ("icmpv6:::", "None", "UNCONNECTED", os.fstat(icmp6.fileno()).st_ino)])
    same("raw sockets of IPv4", [r["local"] for r in mine(nsh("sockets --raw -4"))], ["icmp:127.0.0.1"])
    rows = mine(nsh("sockets --packet --details"))
    same("our packet sockets", sorted((r["local"], r["kind"], r["interface"], r["protocol"], r["inode"]) for r in rows if r["interface"])
         + [r["local"] for r in rows if not r["interface"]],
         [("arp:d0", "frames", "d0", 0x0806, os.fstat(frames.fileno()).st_ino), "all:*"])
    rows = mine(nsh("sockets --netlink --details"))
    same("our netlink socket", [(r["local"], r["subject"], r["port"], r["groups"], r["inode"]) for r in rows],
         [(f"route:{routing.getsockname()[0]}", "route", routing.getsockname()[0], [1, 3], os.fstat(routing.fileno()).st_ino)])
    listed = lambda *words: subprocess.run(["ss", "-Hae", *words], capture_output=True, text=True, check=True).stdout.splitlines()
    inodes = lambda lines: sorted(int(m[1]) for m in (re.search(r"ino:(\d+)", line) for line in lines) if m)
    theirs = sorted((line.split()[3].rsplit(":", 1)[0].strip("[]"), line.split()[3].rsplit(":", 1)[1]) for line in listed("-n", "-w"))
    ours = nsh("sockets --raw --details")
    same("raw sockets", sorted((r["address"], str(r["protocol"])) for r in ours), sorted(("::" if a == "*" else a, p) for a, p in theirs))
    same("packet sockets by their inodes", sorted(r["inode"] for r in nsh("sockets --packet --details")), inodes(listed("-n", "-0")))
    # Each asks over a netlink socket of its own, of subject 4; the kernel lists those that hear groups twice, and so does ss.
    numbers = {"route": 0, "xfrm": 6, "audit": 9, "fib-lookup": 10, "netfilter": 12, "kobject-uevent": 15, "generic": 16}
    theirs = sorted({line.split()[3] for line in listed("-n", "-f", "netlink") if not line.split()[3].startswith("4:")})
    ours = [r for r in nsh("sockets --netlink --details") if r["subject"] != "sock-diag"]
    same("netlink sockets", sorted(f"{numbers.get(r['subject'], r['subject'])}:{r['port']}" for r in ours), theirs)
    kinds = {r["transport"] for r in nsh("sockets --all")}
    same("--all", kinds, {"tcp", "udp", "unix", "raw", "packet", "netlink"})


def filters():
    everything = nsh("sockets --tcp")
    count = lambda line: len(nsh(f"sockets {line}"))
    same("--listening", count("--tcp --listening"), sum(r["state"] == "LISTEN" for r in everything))
    same("--state", count("--tcp --state close_wait"), sum(r["state"] == "CLOSE-WAIT" for r in everything))
    same("-4 and -6", count("--tcp -4") + count("--tcp -6"), len(everything))
    port = held[0].getsockname()[1]
    same("--port", count(f"--tcp --port {port}"), sum(str(port) in (r["local"] + str(r["remote"])).split(":") or
         r["local"].endswith(f":{port}") or str(r["remote"]).endswith(f":{port}") for r in everything))
    same("--port by name", nsh("sockets --tcp --port http | get state"), ["SYN-SENT"])
    unread = next(r for r in everything if r["unread"] == 1234)
    same("the owner", (unread["pid"], unread["process"]), (os.getpid(), "python3"))


if __name__ == "__main__":
    prepare()
    for question in (internet, unix, raw, filters):
        question()
