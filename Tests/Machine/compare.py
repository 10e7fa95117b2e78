"""Compares what nsh says of a machine with what iproute2 says, in a network namespace made for it.

    unshare -Urn python3 compare.py NSH

Prints one line a comparison and ends with status 1 at the first that differs.
"""
import json, signal, subprocess, sys, time

NSH = sys.argv[1]
NEVER = 4294967295


def sh(*lines):
    for line in lines:
        subprocess.run(line.split(), check=True, stdout=subprocess.DEVNULL)


def nsh(line):
    done = subprocess.run([NSH, "--json", "-c", line], capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise SystemExit(f"nsh -c '{line}' failed:\n{done.stderr}")
    return json.loads(done.stdout)


def ip(*words):
    done = subprocess.run(["ip", "-j", "-details", "-stats", *words], capture_output=True, text=True, check=True)
    return json.loads(done.stdout or "[]")


def same(what, ours, theirs):
    if ours != theirs:
        if isinstance(ours, list) and isinstance(theirs, list):
            extra, missing = [o for o in ours if o not in theirs], [t for t in theirs if t not in ours]
            if extra or missing: ours, theirs = extra, missing
        print(f"{what} differ:\n  nsh {json.dumps(ours)}\n  ip  {json.dumps(theirs)}")
        sys.exit(1)
    print("same", what)


def prepare():
    sh("ip link set lo up",
       "ip link add v0 type veth peer name v1", "ip link add br0 type bridge", "ip link add mv0 link v0 type macvlan",
       "ip link set v1 master br0", "ip link set v0 address 02:00:5e:10:00:01 mtu 1420 alias the-one txqueuelen 77",
       "ip link property add dev v0 altname another-name", "ip link set v0 addrgenmode random",
       "ip link add ifb9 type ifb", "ip link add vx0 type vxlan id 42 dstport 4789 dev v0",
       "ip link add vx1 type vxlan id 43 dstport 4790 group 239.1.1.1 dev v0", "ip link set vx0 master br0 up",
       "ip tuntap add tun0 mode tun", "ip tuntap add tap0 mode tap", "ip link set tun0 up", "ip link add nocarrier type veth peer name down",
       "ip link set nocarrier up", "ip link set v0 group 7", "ip link set br0 up", "ip link set v0 up", "ip link set v1 up",
       "ip addr add 192.0.2.1/24 brd + dev v0", "ip addr add 192.0.2.2/24 dev v0 label v0:web",
       "ip addr add 10.9.0.1 peer 10.9.0.2/32 dev tun0", "ip addr add 198.51.100.7/32 scope link metric 42 dev v0",
       "ip addr add 192.0.2.9/24 dev v0 valid_lft 1000 preferred_lft 500",
       "ip addr add 2001:db8::1/64 dev v0 nodad", "ip addr add 2001:db8::2/64 dev v0 nodad preferred_lft 0",
       "ip addr add 2001:db8:5::2/64 dev v0 nodad noprefixroute home mngtmpaddr",
       "ip addr add 2001:db8:6::1 peer 2001:db8:6::2/128 dev tun0 nodad")
    # Privacy addresses (RFC 8981), which the kernel makes itself beside an address that says so.
    with open("/proc/sys/net/ipv6/conf/v0/use_tempaddr", "w") as setting:
        setting.write("2")
    sh("ip addr add 2001:db8:7::1/64 dev v0 mngtmpaddr nodad valid_lft 90000 preferred_lft 80000")
    sh("ip route add default via 192.0.2.254", "ip route add 203.0.113.0/24 via 192.0.2.253 metric 7 src 192.0.2.2",
       "ip route add 203.0.113.0/24 dev v0 metric 9 scope link proto static",
       "ip route add 100.64.0.0/10 nexthop via 192.0.2.10 dev v0 weight 3 nexthop dev tun0 weight 1",
       "ip route add blackhole 198.18.0.0/15", "ip route add unreachable 198.18.1.0/24",
       "ip route add prohibit 198.18.2.0/24 metric 3", "ip route add throw 198.18.3.0/24 table 100",
       "ip route add 198.18.4.0/24 via 192.0.2.3 table 4711 mtu 1300 advmss 1200 rtt 100ms initcwnd 20 hoplimit 9",
       "ip route add 198.18.5.0/24 via inet6 fe80::1 dev v0 proto bird",
       "ip route add 198.18.6.0/24 via 172.31.0.1 dev v0 onlink", "ip route add 198.18.7.0/24 dev v0 tos 0x10",
       "ip route add 198.18.8.0/24 dev v0 mtu lock 1000 congctl reno quickack 1",
       "ip -6 route add default via 2001:db8::ff metric 5", "ip -6 route add 2001:db8:77::/48 dev v0 expires 500 pref high",
       "ip -6 route add 2001:db8:88::/48 nexthop via 2001:db8::10 weight 2 nexthop via 2001:db8::11",
       "ip -6 route add blackhole 2001:db8:99::/48", "ip -6 route add unreachable 2001:db8:9a::/48 table 100",
       "ip -6 route add 2001:db8:aa::/48 from 2001:db8::/64 dev v0")
    sh("ip rule add from 192.0.2.0/24 table 100 pref 10", "ip rule add to 203.0.113.0/24 fwmark 0x10/0xff table 4711 pref 11",
       "ip rule add not from 10.0.0.0/8 iif v0 oif tun0 table main pref 12",
       "ip rule add ipproto tcp sport 1000-2000 dport 443 table 100 pref 13", "ip rule add uidrange 0-0 blackhole pref 14",
       "ip rule add tos 0x10 goto 32766 pref 15", "ip rule add table main suppress_prefixlength 0 pref 16",
       "ip -6 rule add from 2001:db8::/32 prohibit pref 17")
    sh("ip neigh add 192.0.2.77 lladdr 02:00:00:00:00:77 dev v0 nud permanent",
       "ip neigh add 192.0.2.78 lladdr 02:00:00:00:00:78 dev v0 nud stale",
       "ip neigh add 2001:db8::79 lladdr 02:00:00:00:00:79 dev v0 nud permanent router",
       "ip neigh add 192.0.2.80 dev v0 lladdr 02:00:00:00:00:80 nud permanent extern_learn")
    # Until duplicate address detection of the link-local addresses is over, flags change by themselves.
    for _ in range(100):
        if not any(a.get("tentative") for link in ip("addr") for a in link["addr_info"]):
            return
        subprocess.run(["sleep", "0.1"])
    raise SystemExit("addresses stay tentative")


def some(record, names):
    return {ours: record.get(theirs) for ours, theirs in names.items()}


def links():
    def theirs(link):
        row = some(link, {
            "index": "ifindex", "interface": "ifname", "state": "operstate", "mtu": "mtu", "mac": "address",
            "broadcast": "broadcast", "type": "link_type", "alias": "ifalias", "queue": "qdisc", "mode": "linkmode",
            "master": "master", "promiscuity": "promiscuity", "smallest-mtu": "min_mtu",
            "largest-mtu": "max_mtu", "send-queues": "num_tx_queues", "receive-queues": "num_rx_queues",
            "all-multicast": "allmulti", "address-generation": "inet6_addr_gen_mode"})
        info = link.get("linkinfo", {})
        row |= {"kind": info.get("info_kind"), "port-kind": info.get("info_slave_kind"), 
                # M-DOWN is ip's remark on the interface below, not a flag of this one.
                "flags": sorted(set(link["flags"]) - {"M-DOWN"}), "below": link.get("link"), "group": link["group"], "queue-length": link.get("txqlen"),
                "alternative-names": link.get("altnames", [])}
        return row

    ours = nsh("ip link --details")
    expected = [theirs(link) for link in ip("link")]
    for row in ours:
        row["flags"].sort()
        if row["broadcast"] is None and row["type"] == "none":
            row["broadcast"] = None
    same("links", [{name: row.get(name) for name in expected[0]} for row in ours], expected)
    same("summary", [row["interface"] for row in nsh("ip link")], [row["interface"] for row in expected])
    lo = ip("link", "show", "lo")[0]["stats64"]
    got = nsh("ip link lo --details")[0]["statistics"]
    same("counters", [got[n] for n in ("received", "sent", "bytes-received", "receive-errors", "send-dropped")],
         [lo["rx"]["packets"], lo["tx"]["packets"], lo["rx"]["bytes"], lo["rx"]["errors"], lo["tx"]["dropped"]])


FLAGS = {"secondary", "temporary", "nodad", "optimistic", "dadfailed", "home", "deprecated", "tentative",
         "mngtmpaddr", "noprefixroute", "autojoin"}


def addresses():
    def seconds(text):
        if text is None:
            return None
        total, number = 0, ""
        for character in text.replace("min", "m"):
            if character.isdigit():
                number += character
            else:
                total += int(number) * {"d": 86400, "h": 3600, "m": 60, "s": 1}[character]
                number = ""
        return total

    def near(value):
        # Seconds pass between the two questions.
        return None if value in (None, NEVER) else (value + 20) // 100

    theirs = []
    for link in ip("addr"):
        for a in link["addr_info"]:
            theirs.append({
                "interface": link["ifname"], "address": f"{a['local']}/{a['prefixlen']}", "family": a["family"],
                "scope": a["scope"], "broadcast": a.get("broadcast"), "peer": a.get("address"), "label": a.get("label"),
                "metric": a.get("metric"), "origin": a.get("protocol"), "valid": near(a["valid_life_time"]),
                "preferred": near(a["preferred_life_time"]), "flags": sorted(FLAGS & {k for k in a if a[k] is True})})
        if not link["addr_info"]:
            theirs.append({"interface": link["ifname"], "address": None})
    ours = []
    for row in nsh("ip addr --details"):
        if row["address"] is None:
            ours.append({"interface": row["interface"], "address": None})
            continue
        row["valid"], row["preferred"] = near(seconds(row["valid"])), near(seconds(row["preferred"]))
        # ip(8) of this age has no name for who gave the address.
        row["origin"] = None
        ours.append({name: row[name] for name in theirs[0]} | {"flags": sorted(FLAGS & set(row["flags"]))})
    for row in theirs:
        if "origin" in row: row["origin"] = None
    same("addresses", ours, theirs)
    same("IPv4 alone", [r["address"] for r in nsh("ip addr v0 -4")],
         [f"{a['local']}/{a['prefixlen']}" for a in ip("-4", "addr", "show", "v0")[0]["addr_info"]])
    temporary = [r["address"] for r in nsh("ip addr v0 -6 | where {|a| 'temporary' in $a.flags}")]
    same("privacy addresses", temporary, [f"{a['local']}/{a['prefixlen']}" for a in ip("addr", "show", "v0")[0]["addr_info"]
                                          if a["family"] == "inet6" and a.get("temporary")])
    assert len(temporary) == 1 and temporary[0].startswith("2001:db8:7:"), temporary
    same("flags", [r["flags"] for r in nsh("ip addr v0 -6") if r["address"] == "2001:db8::2/64"][0],
         ["nodad", "deprecated", "permanent"])


def destination(route, family):
    if route["dst"] == "default":
        return "0.0.0.0/0" if family == 4 else "::/0"
    return route["dst"] if "/" in route["dst"] else route["dst"] + ("/32" if family == 4 else "/128")


def routes():
    def theirs(route, family):
        metrics = {}
        for group in route.get("metrics", []):
            metrics |= {k: v for k, v in group.items() if k != "lock"}
        hops = route.get("nexthops", [])
        gateway = lambda hop: hop.get("gateway") or hop.get("via", {}).get("host")
        return {
            "to": destination(route, family), "type": route.get("type", "unicast"),
            "via": [gateway(h) for h in hops] if hops else gateway(route),
            "interface": [h["dev"] for h in hops] if hops else route.get("dev"),
            "source": route.get("prefsrc"), "metric": route.get("metric"), "protocol": route.get("protocol", "boot"),
            "scope": route.get("scope", "global"), "table": route.get("table", "main"), "from": route.get("from"),
            "preference": route.get("pref"), "flags": sorted(route["flags"]), "expires": route.get("expires"),
            "tos": int(route.get("tos", "0"), 0), "metrics": metrics,
            "hops": [{"via": gateway(h), "interface": h["dev"], "weight": h["weight"], "flags": sorted(h["flags"])}
                     for h in hops]}

    expected = [theirs(r, f) for f in (4, 6) for r in ip(f"-{f}", "route", "show", "table", "all")]
    ours = []
    for row in nsh("ip route --table all --details"):
        row = {name: row[name] for name in expected[0]}
        row["expires"] = row["expires"] and (0 if row["expires"] == "0s" else 1)
        row["flags"] = sorted(row["flags"])
        row["metrics"].pop("lock", None)
        ours.append(row)
    for row in expected:
        row["expires"] = row["expires"] and 1
    key = lambda row: json.dumps(row, sort_keys=True)
    same("routes", sorted(ours, key=key), sorted(expected, key=key))
    assert len(ours) > 40, len(ours)
    main = [destination(r, 4) for r in ip("-4", "route")]
    same("main table", [r["to"] for r in nsh("ip route -4")], main)
    same("a table by number", [r["to"] for r in nsh("ip route --table 4711")], ["198.18.4.0/24"])
    same("routes by interface", {r["to"] for r in nsh("ip route tun0 -4")},
         {destination(r, 4) for r in ip("-4", "route", "show", "dev", "tun0")} | {"100.64.0.0/10"})


def ways():
    for target in ["192.0.2.200", "8.8.8.8", "203.0.113.9", "10.9.0.2", "127.1.2.3", "198.18.8.4", "2001:db8::5",
                   "2001:db8:77::1", "2001:db8:6::2", "192.0.2.1", "198.18.6.1", "198.18.5.1"]:
        theirs = ip("route", "get", target)[0]
        ours = nsh(f"ip route get {target}")
        same(f"the way to {target}", [ours["interface"], ours["gateway"], ours["source"], ours["type"]],
             [theirs["dev"], theirs.get("gateway") or theirs.get("via", {}).get("host"), theirs.get("prefsrc"),
              theirs.get("type", "unicast")])
    for target, options in [("8.8.8.8", "--from 192.0.2.2"), ("203.0.113.4", "--mark 16"), ("8.8.8.8", "--interface v0")]:
        words = options.replace("--from", "from").replace("--mark", "mark").replace("--interface", "oif").split()
        theirs = ip("route", "get", target, *words)[0]
        ours = nsh(f"ip route get {target} {options}")
        same(f"the way to {target} {options}", [ours["interface"], ours["gateway"]], [theirs["dev"], theirs.get("gateway")])
    for target, code in [("198.18.0.1", "EINVAL"), ("198.18.1.1", "EHOSTUNREACH"), ("198.18.2.1", "EACCES"),
                         ("2001:db8:99::1", "EINVAL")]:
        same(f"the refused way to {target}", nsh(f"try {{ ip route get {target} }} catch e {{ $e.code }}"), code)


def rules():
    def theirs(rule, family):
        action = "lookup" if "table" in rule else "goto" if "goto" in rule else rule["action"]
        span = lambda a, b: f"{rule[a]}..{rule[b]}" if a in rule else None
        ports = lambda name: f"{rule[name]}..{rule[name]}" if name in rule else span(name + "_start", name + "_end")
        match = {
            "not": True if "not" in rule else None, "in": rule.get("iif"), "out": rule.get("oif"),
            "mark": int(rule["fwmark"], 0) if "fwmark" in rule else None,
            "mask": int(rule.get("fwmask", "0xffffffff"), 0) if "fwmark" in rule else None,
            "tos": int(rule["tos"], 0) if "tos" in rule else None, "transport": rule.get("ipproto"),
            "source-ports": ports("sport"), "ports": ports("dport"), "users": span("uid_start", "uid_end"),
            "goto": rule.get("goto"), "suppress-prefix": rule.get("suppress_prefixlen")}
        prefix = lambda end, bits: None if rule.get(end, "all") == "all" else f"{rule[end]}/{rule.get(bits, 32 if family == 4 else 128)}"
        return {"priority": rule["priority"], "from": prefix("src", "srclen"), "to": prefix("dst", "dstlen"), "action": action,
                "table": rule.get("table"), "match": {k: v for k, v in match.items() if v is not None},
                "protocol": rule.get("protocol")}

    expected = [theirs(r, f) for f in (4, 6) for r in ip(f"-{f}", "rule")]
    ours = [{name: row[name] for name in expected[0]} for row in nsh("ip rule")]
    same("rules", ours, expected)


def neighbors():
    expected = {(n["dst"], n["dev"], n.get("lladdr"), ",".join(n["state"]), "router" in n) for n in ip("neigh")}
    ours = nsh("ip neigh")
    same("neighbors", sorted((n["address"], n["interface"], n["mac"], n["state"], "router" in n["flags"]) for n in ours),
         sorted(expected))
    assert len(ours) >= 4


def watch():
    """What is new, changed and gone, told live while ip(8) does it."""
    watcher = subprocess.Popen([NSH, "--json", "-c", "ip watch | where {|e| $e.interface == 'w0'}"], stdout=subprocess.PIPE, text=True)
    listening(watcher)
    sh("ip link add w0 type veth peer name w1", "ip link set w1 up", "ip link set w0 up", "ip addr add 192.0.2.129/25 dev w0",
       "ip addr change 192.0.2.129/25 dev w0 valid_lft 900 preferred_lft 800", "ip link set w0 mtu 1400",
       "ip route add 198.51.100.0/25 via 192.0.2.130 dev w0", "ip route replace 198.51.100.0/25 via 192.0.2.131 dev w0",
       "ip route append 198.51.100.0/25 via 192.0.2.132 dev w0", "ip route del 198.51.100.0/25 via 192.0.2.132 dev w0",
       "ip -6 route add 2001:db8:66::/48 dev w0", "ip -6 route replace 2001:db8:66::/48 dev w0 proto static",
       "ip neigh add 192.0.2.140 lladdr 02:00:00:00:00:40 dev w0", "ip neigh change 192.0.2.140 lladdr 02:00:00:00:00:41 dev w0",
       "ip neigh del 192.0.2.140 dev w0", "ip link set w0 down", "ip link set w0 up",
       "ip route add 198.51.100.0/25 via 192.0.2.133 dev w0", "ip link del w0")
    rows = []
    while not rows or (rows[-1]["event"], rows[-1]["object"]) != ("gone", "link"):
        rows.append(json.loads(watcher.stdout.readline()))
    watcher.kill()
    watcher.wait()
    told = lambda kind, value=None: [r["event"] for r in rows if r["object"] == kind and value in (None, r["value"])]
    links = told("link")
    same("news of an interface", (links[0], set(links[1:-1]), links[-1]), ("new", {"changed"}, "gone"))
    same("news of an address", told("address", "192.0.2.129/25"), ["new", "changed", "gone"])
    # Down takes the route away without a word, so that the second is new again.
    same("news of a route", told("route", "198.51.100.0/25"), ["new", "changed", "new", "gone", "new"])
    same("news of an IPv6 route", told("route", "2001:db8:66::/48"), ["new", "changed", "gone"])
    neighbor = told("neighbor", "192.0.2.140")
    same("news of a neighbor", (neighbor[0], set(neighbor[1:-1]), neighbor[-1]), ("new", {"changed"}, "gone"))
    # The tests' threads block signals, and whoever they start inherits that.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    watcher = subprocess.Popen([NSH, "-c", "defer { print done }; ip watch --rule"], stdout=subprocess.PIPE, text=True)
    listening(watcher)
    watcher.send_signal(signal.SIGINT)
    start = time.monotonic()
    out, _ = watcher.communicate(timeout=10)
    same("the end by an interrupt", (out.splitlines()[-1], watcher.returncode, time.monotonic() - start < 0.3), ("done", 130, True))


def listening(process):
    """Waits until a process hears a group of netlink(7), here in its own namespace."""
    for _ in range(300):
        with open("/proc/net/netlink") as table:
            if any(row.split()[2] == str(process.pid) and int(row.split()[3], 16) for row in list(table)[1:]): return
        time.sleep(0.1)
    raise SystemExit("nsh does not listen to netlink")


if __name__ == "__main__":
    prepare()
    # Whatever hangs, this ends.
    signal.alarm(100)
    for question in (links, addresses, routes, ways, rules, neighbors, watch):
        question()
