"""The rows of requests over HTTP: nsh beside curl and Python's http.client, all of the same nginx."""

import os
import re
import shutil
import socket
import statistics
import subprocess
import time

GIGABYTE = 1 << 30
FETCHES = 5_000


class Server:
    """An nginx that gives the files of a folder, and keeps its connections open."""

    def __init__(self, folder):
        self.folder = f"{folder}/fetch"
        os.mkdir(self.folder)
        os.chmod(folder, 0o755)
        with open(f"{self.folder}/small", "wb") as file:
            file.write(b"x" * 1024)
        with open(f"{self.folder}/gigabyte", "wb") as file:
            file.truncate(GIGABYTE)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        scratch = " ".join(
            f"{name}_temp_path {self.folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        user = "user root;" if os.geteuid() == 0 else ""
        with open(f"{self.folder}/nginx.conf", "w") as file:
            file.write(
                f"daemon off; {user} pid {self.folder}/pid; error_log {self.folder}/error.log; events {{}}\n"
                f"http {{ access_log off; sendfile on; keepalive_requests 1000000; {scratch}\n"
                f"  server {{ listen 127.0.0.1:{self.port}; root {self.folder}; }} }}\n")
        nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        self.process = subprocess.Popen([nginx, "-p", self.folder, "-c", "nginx.conf"]) if nginx else None
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except OSError:
                time.sleep(0.05)

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


PYTHON = """
import http.client, sys
connection = http.client.HTTPConnection(sys.argv[1])
for _ in range(int(sys.argv[2])):
    connection.request("GET", "/small")
    connection.getresponse().read()
"""


def rates(name, nsh, url):
    """Prints how many fetches a second one connection carries: a loop of nsh, its start included, beside wrk."""
    if not shutil.which("wrk"):
        return print(f"{name:28} wrk is missing")
    count, own, peer = 4 * FETCHES, [], []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([nsh, "-c", f"for n in 1..{count} {{ let r = http get {url} }}"], check=True, stdout=subprocess.DEVNULL)
        own.append(count / (time.perf_counter() - start))
        seen = subprocess.run(["wrk", "-t1", "-c1", "-d2s", url], stdout=subprocess.PIPE, text=True).stdout
        peer.append(float(re.search(r"Requests/sec:\s+([\d.]+)", seen)[1]))
    print(f"{name:28} nsh       {statistics.median(own):10.0f} a second {max(own):10.0f} max", flush=True)
    ratio = statistics.median(own) / statistics.median(peer)
    print(f"{name:28} wrk       {statistics.median(peer):10.0f} a second {max(peer):10.0f} max nsh has {ratio:5.2f} of it", flush=True)


def rows(row, wants, nsh, folder):
    """`wants` tells whether a row of that name is asked for."""
    names = ("one fetch as a process", "5,000 fetches, one connection", "fetches a second, one conn.", "1 GB to a file")
    if not any(wants(name) for name in names):
        return
    server = Server(folder)
    try:
        at = f"127.0.0.1:{server.port}"
        url = f"http://{at}/small"
        python = ["/usr/bin/python3", "-I", "-c", PYTHON, at]
        row("one fetch as a process", {
            "nsh": [nsh, "-c", f"http get {url} | get body"], "curl": ["curl", "-q", "-s", url], "python3": [*python, "1"],
        }, 50)
        with open(f"{server.folder}/urls", "w") as file:
            file.write(f'url = "{url}"\noutput = "/dev/null"\n' * FETCHES)
        row("5,000 fetches, one connection", {
            "nsh": [nsh, "-c", f"for n in 1..{FETCHES} {{ let r = http get {url} }}"],
            "curl": ["curl", "-q", "-s", "-K", f"{server.folder}/urls"], "python3": [*python, str(FETCHES)],
        }, 5)
        if wants(names[2]):
            rates(names[2], nsh, url)
        big = f"http://{at}/gigabyte"
        row("1 GB to a file", {
            "nsh": [nsh, "-c", f"http get {big} | save {server.folder}/nsh.out"],
            "curl": ["curl", "-q", "-s", "-o", f"{server.folder}/curl.out", big],
        }, 3, show_memory=True)
    finally:
        server.stop()
