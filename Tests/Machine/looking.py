"""Compares what nsh says of its own connections with what ss(8), Python's getsockopt and a sniffer say.

    unshare -Urn python3 looking.py NSH
"""
import json, re, socket, struct, subprocess, sys, threading, time

from compare import NSH, same, sh
from sockets import STATES, congestion, microseconds


def run(script, **options):
    done = subprocess.run([NSH, "--json", "-c", script], capture_output=True, text=True, timeout=60, **options)
    if done.returncode:
        raise SystemExit(f"{script}\nfailed:\n{done.stdout}\n{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def information():
    """TCP_INFO beside ss -ti, asked of the same connection while it rests."""
    out = run("""
      let l = tcp listen :0; let c = tcp connect $l.local; let s = accept $l
      send $c "hello"; send $s ('x' | pad 3000); sleep 60ms
      info $c
      sh ss -Htino dst $c.remote | get stdout
      info $s
    """)
    ours, listed, other = out
    fact = dict(re.findall(r"(\w+):(\S+)", listed))
    rtt, variance = fact["rtt"].split("/")
    info = ours["tcp"]
    same("TCP_INFO of our connection",
         [ours["state"], ours["cwnd"], ours["mss"], ours["segments-out"], ours["segments-in"], microseconds(ours["rtt"]),
          microseconds(ours["rttvar"]), info["path-mtu"], info["bytes-acknowledged"], info["bytes-received"], info["advertised-mss"],
          info["receive-mss"], info["data-segments-out"], info["data-segments-in"], info["send-scale"], info["receive-scale"]],
         ["ESTABLISHED", int(fact["cwnd"]), int(fact["mss"]), int(fact["segs_out"]), int(fact["segs_in"]), round(float(rtt) * 1000),
          round(float(variance) * 1000), int(fact["pmtu"]), int(fact["bytes_acked"]), int(fact["bytes_received"]),
          int(fact["advmss"]), int(fact["rcvmss"]), int(fact["data_segs_out"]), int(fact["data_segs_in"]),
          *map(int, fact["wscale"].split(","))])
    same("unread bytes", (ours["unread"], other["unread"]), (3000, 5))


def unacknowledged():
    """A peer that takes nothing: what it has no room for stays unacknowledged or unsent."""
    peer = socket.socket()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    peer.bind(("127.0.0.1", 0))
    peer.listen()
    port = peer.getsockname()[1]
    ours, listed = run(f"""
      let c = tcp connect 127.0.0.1:{port}
      try {{ send $c ('x' | pad 1000000) --timeout 300ms }} catch e {{ }}
      info $c
      sh ss -Htn dst 127.0.0.1:{port} | get stdout
    """)
    same("unacknowledged bytes", ours["unacknowledged"], int(listed.split()[2]))
    assert ours["unacknowledged"] > 100000


def states():
    """Each state as a real peer brings it about, beside ss."""
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]
    orders = []

    def serve():
        for order in orders:
            peer, _ = server.accept()
            if order == "end":
                peer.shutdown(socket.SHUT_WR)
            elif order == "reset":
                # Not before the other side has seen that it is connected.
                time.sleep(0.05)
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                peer.close()
            elif order == "after us":
                peer.recv(10)
                peer.close()
            held.append(peer)

    held = []
    cases = [
        ("stay", "", "ESTABLISHED"), ("end", "recv $c", "CLOSE-WAIT"), ("stay", "shutdown $c", "FIN-WAIT-2"),
        ("after us", "shutdown $c; recv $c", "TIME-WAIT"), ("after us", "shutdown $c; recv $c; close $c", "TIME-WAIT"),
        ("reset", "try { recv $c } catch e { }", "CLOSED"), ("stay", "close --reset $c", "CLOSED"),
        ("end", "recv $c; close $c", "LAST-ACK"), ("stay", "close $c", "FIN-WAIT-2"),
    ]
    orders = [case[0] for case in cases]
    threading.Thread(target=serve, daemon=True).start()
    for order, steps, expected in cases:
        out = run(f"""
          let c = tcp connect 127.0.0.1:{port}
          {steps}
          sleep 60ms
          (info $c).state
          sh ss -Htan src $c.local dst $c.remote | get stdout
        """)
        state, listed = out[-2:]
        theirs = STATES[listed.split()[0]] if listed else "CLOSED"
        same(f"the state when the peer will {order} and we `{steps}`", state, theirs)
        if expected != "LAST-ACK":
            same("which is as in the diagram", state, expected)


def options():
    """Values of a fresh connection, and after setting, beside Python's own socket."""
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]
    client = socket.create_connection(("127.0.0.1", port))
    peer, _ = server.accept()
    rows = {row["name"]: row["value"] for row in run(f"let c = tcp connect 127.0.0.1:{port}; sockopt $c")[0]}
    levels = {"SO": socket.SOL_SOCKET, "TCP": socket.IPPROTO_TCP, "IP": socket.IPPROTO_IP, "IPV6": socket.IPPROTO_IPV6}
    spoken = 0
    for name, value in rows.items():
        number = getattr(socket, name, None)
        if number is None or not isinstance(value, (bool, int)) or name in ("TCP_TIMESTAMP", "SO_INCOMING_CPU"):
            continue
        theirs = client.getsockopt(levels[name.split("_")[0]], number)
        same(name, int(value), theirs)
        spoken += 1
    assert spoken > 20, spoken
    settings = [
        ("SO_KEEPALIVE", "true", True, 1), ("TCP_NODELAY", "true", True, 1), ("SO_RCVBUF", "8192", None, 8192),
        ("SO_SNDBUF", "16KiB", None, 16384), ("TCP_KEEPIDLE", "90s", "1min30s", 90), ("TCP_KEEPCNT", "3", 3, 3), ("IP_TTL", "9", 9, 9),
        ("TCP_USER_TIMEOUT", "1500ms", "1.5s", 1500), ("SO_PRIORITY", "5", 5, 5), ("TCP_MAXSEG", "1000", None, 1000),
    ]
    for name, text, shown, number in settings:
        got = run(f"let c = tcp connect 127.0.0.1:{port}; sockopt $c {name} {text}; sockopt $c {name}")[0]
        with socket.create_connection(("127.0.0.1", port)) as other:
            key = levels[name.split("_")[0]], getattr(socket, name)
            other.setsockopt(*key, number)
            if shown is None:
                same(f"{name} set to {text}", got, other.getsockopt(*key))
            else:
                same(f"{name} set to {text}", got, shown)


def syn():
    """The SYN that the kernel kept, beside the one that a sniffer saw."""
    for host, skip in (("127.0.0.1", 14), ("::1", 14)):
        sniffer = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        sniffer.bind(("lo", 0))
        sniffer.settimeout(10)
        endpoint = host if host[0] != ":" else f"[{host}]"
        process = subprocess.Popen([NSH, "-c", f"let l = tcp listen {endpoint}:0; print $l.local.port; let s = accept $l --timeout 20s; "
                                    "tcp syn --bytes $s | to hex; tcp syn $s | to json; tcp syn --bytes $s | to hex"],
                                   stdout=subprocess.PIPE, text=True)
        port = int(process.stdout.readline())
        client = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1234)
        client.connect((host, port))
        while True:
            packet = sniffer.recv(2000)[skip:]
            segment = packet[40:] if packet[0] >> 4 == 6 else packet[(packet[0] & 15) * 4:]
            if len(segment) >= 20 and struct.unpack("!H", segment[2:4])[0] == port and segment[13] & 0x3f == 2:
                break
        kept, table, again = process.communicate(timeout=20)[0].splitlines()
        same(f"the SYN over {host}", kept, packet.hex())
        same("the SYN asked for twice", again, kept)
        fields = {(f["header"], f["field"]): f["value"] for f in json.loads(table)}
        same("its fields", [fields["tcp", "source-port"], fields["tcp", "sequence"], fields["ip", "source"], fields["tcp", "window"],
                            [f["meaning"] for f in json.loads(table) if f["value"] == "mss"]],
             [client.getsockname()[1], struct.unpack("!I", segment[4:8])[0], host, struct.unpack("!H", segment[14:16])[0],
              ["segments of at most 1234 bytes of data, please"]])


if __name__ == "__main__":
    sh("ip link set lo up")
    for question in (information, unacknowledged, states, options, syn):
        question()
