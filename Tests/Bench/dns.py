"""Rows about DNS: nsh beside dig, dnspython and a loop in C, its server beside Knot, its codec by itself."""

import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import time

NAMES = 20_000

LOOP = r"""
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(int count, char **words) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(words[2]))};
  inet_pton(AF_INET, words[1], &to.sin_addr);
  FILE *names = fopen(words[3], "r");
  char name[300];
  unsigned char query[512], answer[4096];
  for (unsigned id = 0; fgets(name, sizeof name, names); id++) {
    int server = socket(AF_INET, SOCK_DGRAM, 0);
    if (connect(server, (void *)&to, sizeof to)) return 1;
    memcpy(query, (unsigned char[]){id >> 8, id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}, 12);
    int at = 12;
    for (char *label = strtok(name, ".\n"); label; label = strtok(0, ".\n")) {
      int length = strlen(label);
      query[at] = length, memcpy(query + at + 1, label, length), at += 1 + length;
    }
    memcpy(query + at, (unsigned char[]){0, 0, 1, 0, 1}, 5);
    if (send(server, query, at + 5, 0) < 0 || recv(server, answer, sizeof answer, 0) < 12) return 1;
    close(server);
  }
  return 0;
}
"""

DNSPYTHON = """
import sys, dns.message, dns.query
for line in open(sys.argv[3]):
    dns.query.udp(dns.message.make_query(line.strip(), 'A'), sys.argv[1], port=int(sys.argv[2]))
"""

# Decodes and encodes the answer of a server a million times; built against the objects of the release. The time is the
# processor's: nothing is waited for.
CODEC = """
import Glibc
import Wire
@main struct Codec {
  static func main() throws {
    let hex = CommandLine.arguments[1]
    var bytes: [UInt8] = []
    var rest = hex[...]
    while let byte = UInt8(rest.prefix(2), radix: 16) {
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    let count = 1_000_000
    var sum = 0
    let start = clock()
    for _ in 0..<count { sum += try Message(bytes).answers.count }
    let middle = clock()
    let message = try Message(bytes)
    for _ in 0..<count { sum += try message.encoded().count }
    let end = clock()
    print(count * Int(CLOCKS_PER_SEC) / max(1, middle - start), count * Int(CLOCKS_PER_SEC) / max(1, end - middle), sum)
  }
}
"""


def wait(address, port):
    query = bytes.fromhex("000101000001000000000000") + b"\x04test\0\0\6\0\1"
    for _ in range(300):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
            asker.settimeout(0.2)
            try:
                asker.connect((address, port))
                asker.send(query)
                asker.recv(4096)
                return
            except OSError:
                time.sleep(0.05)
    raise SystemExit(f"nobody answers at {address} {port}")


class Servers:
    """The same zone of names from Knot with one worker and from nsh, each on an address of loopback of its own."""

    def __init__(self, nsh, folder):
        self.port = random.randrange(10_000, 30_000)
        network = f"127.{random.randrange(54, 250)}.{random.randrange(1, 250)}"
        self.knot, self.nsh = f"{network}.1", f"{network}.2"
        with open(f"{folder}/test.zone", "w") as zone:
            zone.write("$ORIGIN test.\n$TTL 300\n@ SOA ns admin 1 3600 600 86400 60\n@ NS ns\nns A 192.0.2.1\n")
            for number in range(NAMES):
                zone.write(f"host{number} A 10.{number >> 16}.{number >> 8 & 255}.{number & 255}\n")
        with open(f"{folder}/knot.conf", "w") as conf:
            conf.write(
                f"server:\n  listen: {self.knot}@{self.port}\n  rundir: {folder}\n  udp-workers: 1\n  tcp-workers: 1\n"
                f"  background-workers: 1\ndatabase:\n  storage: {folder}\nlog:\n  - target: stderr\n    any: error\n"
                f"zone:\n  - domain: test.\n    storage: {folder}\n    file: test.zone\n    zonefile-sync: -1\n")
        paths = {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin"}
        serve = f"dns serve {folder}/test.zone --origin test --listen {self.nsh}:{self.port}"
        self.processes = [
            subprocess.Popen(["knotd", "-c", f"{folder}/knot.conf"], env=paths),
            subprocess.Popen([nsh, "-c", serve]),
        ]
        wait(self.knot, self.port)
        wait(self.nsh, self.port)

    def stop(self):
        for process in self.processes:
            process.kill()
            process.wait()


def asking(row, nsh, folder, servers):
    """One name after the other, and many at once."""
    names = [f"host{number}.test" for number in range(NAMES)]
    random.Random(7).shuffle(names)
    with open(f"{folder}/names", "w") as file:
        file.write("\n".join(names[:10_000]) + "\n")
    with open(f"{folder}/loop.c", "w") as file:
        file.write(LOOP)
    subprocess.run(["cc", "-O2", "-o", f"{folder}/loop", f"{folder}/loop.c"], check=True)
    with open(f"{folder}/ask.py", "w") as file:
        file.write(DNSPYTHON)
    at, port = servers.knot, str(servers.port)
    row("10,000 names, one by one", {
        "nsh": [nsh, "-c", f"open {folder}/names | lines | each {{|n| dns $n A @{at}:{port} --short }} | count"],
        "dig -f": ["dig", f"@{at}", "-p", port, "+short", "-f", f"{folder}/names"],
        "dnspython": ["/usr/bin/python3", f"{folder}/ask.py", at, port, f"{folder}/names"],
        "C": [f"{folder}/loop", at, port, f"{folder}/names"],
    }, 5)
    os.makedirs(f"{folder}/parts")
    for part in range(100):
        with open(f"{folder}/parts/{part}", "w") as file:
            file.write("\n".join(names[part * 100:part * 100 + 100]) + "\n")
    row("10,000 names, 100 at once", {
        "nsh": [nsh, "-c", f"open {folder}/names | lines | each --parallel 100 {{|n| dns $n A @{at}:{port} --short }} | count"],
        "dig -f": ["sh", "-c", f"ls {folder}/parts/* | xargs -P100 -n1 dig @{at} -p {port} +short -f"],
    }, 5)


def serving(folder, servers):
    """What dnsperf gets out of both servers, in turn."""
    with open(f"{folder}/queries", "w") as file:
        for number in random.Random(7).sample(range(NAMES), NAMES):
            file.write(f"host{number}.test A\n")
    rates = {"nsh": [], "knot": []}
    for _ in range(3):
        for who, address in (("nsh", servers.nsh), ("knot", servers.knot)):
            text = subprocess.run(
                ["dnsperf", "-s", address, "-p", str(servers.port), "-d", f"{folder}/queries", "-l", "3", "-q", "100"],
                capture_output=True, text=True, check=True).stdout
            lost = int(re.search(r"Queries lost:\s+(\d+)", text)[1])
            if lost:
                print(f"{'served to dnsperf':28} {who:9} lost {lost}")
            rates[who].append(float(re.search(r"Queries per second:\s+([\d.]+)", text)[1]))
    middle = {who: statistics.median(values) for who, values in rates.items()}
    for who in rates:
        ratio = f"nsh does {middle['nsh'] / middle['knot']:5.2f} of it" if who == "knot" else ""
        print(f"{'served to dnsperf':28} {who:9} {middle[who]:10.0f} /s {max(rates[who]):10.0f} max           {ratio}", flush=True)


def codec(nsh, folder, servers):
    """Messages decoded and encoded a second, by the objects of the release that is measured."""
    build = os.path.dirname(nsh)
    with open(f"{folder}/codec.swift", "w") as file:
        file.write(CODEC)
    objects = [
        os.path.join(build, f"{target}.build", name) for target in ("Wire", "Net")
        for name in sorted(os.listdir(os.path.join(build, f"{target}.build"))) if name.endswith(".o")
    ]
    subprocess.run(
        ["swiftc", "-O", "-parse-as-library", "-I", os.path.join(build, "Modules"), "-static-stdlib", f"{folder}/codec.swift", *objects,
         "-o", f"{folder}/codec"], check=True)
    query = bytes.fromhex("000101000001000000000000") + b"\x05host7\x04test\0\0\1\0\1"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        asker.settimeout(5)
        asker.connect((servers.knot, servers.port))
        asker.send(query)
        answer = asker.recv(4096)
    rates = [subprocess.run([f"{folder}/codec", answer.hex()], capture_output=True, text=True, check=True).stdout.split() for _ in range(3)]
    for index, what in enumerate(("decoded", "encoded")):
        values = [int(rate[index]) for rate in rates]
        print(f"{'DNS messages ' + what:28} nsh       {statistics.median(values):10.0f} /s {max(values):10.0f} max", flush=True)


def rows(row, wants, nsh, folder):
    titles = ["10,000 names, one by one", "10,000 names, 100 at once", "served to dnsperf", "DNS messages decoded"]
    if not any(wants(title) for title in titles):
        return
    missing = [tool for tool in ("knotd", "dig", "dnsperf", "cc", "swiftc") if not shutil.which(tool, path=os.environ["PATH"] + ":/usr/sbin")]
    if missing:
        print(f"{'DNS':28} {', '.join(missing)} missing")
        return
    folder = os.path.join(folder, "dns")
    os.makedirs(folder)
    servers = Servers(nsh, folder)
    try:
        if wants(titles[0]) or wants(titles[1]):
            asking(row, nsh, folder, servers)
        if wants(titles[2]):
            serving(folder, servers)
        if wants(titles[3]):
            codec(nsh, folder, servers)
    finally:
        servers.stop()
