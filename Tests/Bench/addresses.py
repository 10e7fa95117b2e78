"""Rows about addresses: sets, filters, look-ups and hosts, beside iprange, grepcidr and Python's ipaddress."""

import os
import random
import re
import subprocess


def rows(row, wanted, nsh, folder):
    """Adds the rows to the table; `row` prints one, `wanted` says whether its name was asked for."""
    names = [
        "aggregate 1,000,000 prefixes", "the same through lines", "aggregate 100,000 IPv6 prefixes",
        "aggregate 100,000, Python", "filter 1,000,000 by 1,000", "sort 1,000,000 addresses", "10,000,000 look-ups",
        "hosts of a /8, counted", "hosts of a /12, printed",
    ]
    if not any(wanted(name) for name in names):
        return
    files = write(folder)
    shell = lambda text: [nsh, "-c", text]
    collapse = (
        "import ipaddress, sys\n"
        "for n in ipaddress.collapse_addresses(ipaddress.ip_network(l.strip()) for l in open(sys.argv[1])): print(n)")
    python = "python3"
    row(names[0], {"nsh": shell(f"ip aggregate {files['prefixes']}"), "iprange": ["iprange", files["prefixes"]]}, 9, show_memory=True)
    row(names[1], {"nsh": shell(f"open {files['prefixes']} | lines | ip aggregate"), "iprange": ["iprange", files["prefixes"]]}, 5)
    row(names[2], {"nsh": shell(f"ip aggregate {files['six']}"), "python3": [python, "-c", collapse, files["six"]]}, 2)
    row(names[3], {"nsh": shell(f"ip aggregate {files['few']}"), "python3": [python, "-c", collapse, files["few"]]}, 2)
    row(names[4], {
        "nsh": shell(f"ip filter {files['nets']} {files['addresses']}"),
        "grepcidr": ["grepcidr", "-f", files["nets"], files["addresses"]]}, 9, show_memory=True)
    row(names[5], {
        "nsh": shell(f"ip sort {files['addresses']}"),
        "sort": ["sort", "-t.", "-n", "-k1,1", "-k2,2", "-k3,3", "-k4,4", files["addresses"]]}, 3)
    if wanted(names[6]):
        look_ups(names[6], nsh, files)
    row(names[7], {
        "nsh": shell("ip hosts 10.0.0.0/8 | count"),
        "python3": [python, "-c", "import ipaddress; print(sum(1 for _ in ipaddress.ip_network('10.0.0.0/8').hosts()))"]}, 2)
    row(names[8], {
        "nsh": shell("ip hosts 10.0.0.0/12"),
        "python3": [python, "-c", "import ipaddress\nfor a in ipaddress.ip_network('10.0.0.0/12').hosts(): print(a)"]}, 2)


def write(folder):
    """Writes the lists, the same ones each time, and gives their paths."""
    rng = random.Random(5)
    paths = {name: os.path.join(folder, name + ".txt") for name in ("prefixes", "few", "six", "addresses", "nets", "routes", "many")}
    lengths = [16, 18, 20, 21, 22, 23, 24, 24, 24, 24, 24, 26, 28, 30, 32, 32]
    prefixes = [prefix(rng, rng.choice(lengths)) for _ in range(1_000_000)]
    save(paths["prefixes"], prefixes)
    save(paths["few"], prefixes[:100_000])
    save(paths["six"], [six(rng) for _ in range(100_000)])
    addresses = [quad(rng.getrandbits(32)) for _ in range(1_000_000)]
    save(paths["addresses"], addresses)
    save(paths["nets"], [prefix(rng, rng.choice([12, 14, 16, 18, 20, 22, 24])) for _ in range(1_000)])
    with open(paths["many"], "w") as file:
        for _ in range(10):
            file.write("\n".join(addresses) + "\n")
    routes = {}
    while len(routes) < 999_999:
        routes[prefix(rng, rng.choice([16, 18, 19, 20, 21, 22, 22, 23] + [24] * 8))] = None
    hops = [f"10.0.{n % 4}.{1 + n // 4} eth{n % 4} 100" for n in range(128)]
    save(paths["routes"], ["0.0.0.0/0 10.255.255.1 eth0 200"] + [f"{to} {rng.choice(hops)}" for to in routes])
    return paths


def save(path, lines):
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")


def quad(number):
    return f"{number >> 24}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def prefix(rng, length):
    return f"{quad(rng.getrandbits(32) >> (32 - length) << (32 - length))}/{length}"


def six(rng):
    length = rng.choice([40, 44, 46, 47, 48, 48, 48])
    bits = rng.getrandbits(28) >> (48 - length) << (48 - length)
    return f"2001:{bits >> 16:x}:{bits & 0xffff:x}::/{length}"


def look_ups(name, nsh, files):
    """Prints how many look-ups a second one command makes that reads 10,000,000 addresses from a file, reading included."""
    script = (
        f"let t = ip table {files['routes']}\n"
        f"let start = now\nlet rows = (ip lookup $t {files['many']} --count | first 1)\n"
        "print ((now) - $start)\n")
    rates = []
    for _ in range(3):
        output = subprocess.run([nsh, "-c", script], capture_output=True, text=True).stdout
        match = re.search(r"([\d.]+)(ms|s)\b", output)
        if not match:
            print(f"{name:28} nsh cannot run this row: {output}")
            return
        seconds = float(match[1]) / (1000 if match[2] == "ms" else 1)
        rates.append(10 / seconds)
    print(f"{name:28} nsh       {max(rates):10.2f} million a second in a table of 1,000,000 routes (goal: 10)", flush=True)
