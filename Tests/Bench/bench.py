"""Measures nsh beside its peers in one run, interleaved, and prints a table: bench.py NSH [ROW…]"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import addresses
import httpfetch
import httpserve
import dns
import prompt
import sockets
import tls

HERE = os.path.dirname(os.path.abspath(__file__))
NSH = os.path.abspath(sys.argv[1])
WANTED = sys.argv[2:]
PROGRAMS = {"nsh": NSH, "python3": os.path.realpath("/usr/bin/python3"), "tclsh": "tclsh", "lua": "lua5.4", "bash": "bash", "curl": "curl"}


def measure(command, **options):
    """Gives seconds and the peak of resident KiB (wait4) of one run, or None if it fails."""
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            descriptor = os.open(options.get("stdin", "/dev/null"), os.O_RDONLY)
            os.dup2(descriptor, 0)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            if not options.get("loud"):
                os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            os.execvp(command[0], command)
        finally:
            os._exit(127)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    return (seconds, usage.ru_maxrss) if status == 0 else None


def row(name, commands, runs, show_memory=False, stdin=None):
    """Runs each command so many times in turn, and prints medians, minima and the ratio of nsh to each peer."""
    if WANTED and not any(word in name for word in WANTED):
        return
    results = {who: [] for who in commands}
    options = {"stdin": stdin} if stdin else {}
    missing = [who for who, command in commands.items() if not shutil.which(command[0])]
    for who, command in commands.items():
        if who not in missing and measure(command, **options) is None:
            missing.append(who)
    for _ in range(runs):
        for who, command in commands.items():
            if who not in missing:
                results[who].append(measure(command, **options))
    if "nsh" in missing:
        print(f"{name:28} nsh cannot run this row")
        return
    own = statistics.median(result[0] for result in results["nsh"])
    for who in commands:
        if who in missing:
            print(f"{name:28} {who:9} missing")
            continue
        times = [result[0] * 1000 for result in results[who]]
        middle = statistics.median(times)
        ratio = "" if who == "nsh" else f"nsh takes {own * 1000 / middle:5.2f} of it"
        memory = f"{max(result[1] for result in results[who]) / 1024:7.1f} MiB" if show_memory else ""
        print(f"{name:28} {who:9} {middle:10.2f} ms {min(times):10.2f} min {memory:11} {ratio}", flush=True)


def peers(program, runs=5, **options):
    """A row of one program in each language: PROGRAM.nsh, .py, .tcl and .lua beside this file."""
    endings = {"nsh": ".nsh", "python3": ".py", "tclsh": ".tcl", "lua": ".lua"}
    files = {who: os.path.join(HERE, program + ending) for who, ending in endings.items()}
    row(program, {who: [PROGRAMS[who], path] for who, path in files.items() if os.path.exists(path)}, runs, **options)


def start_up():
    commands = {
        "nsh": [NSH, "-c", ""],
        "tclsh": ["tclsh", "/dev/null"],
        "bash": ["bash", "--norc", "-c", ""],
        "python3": [PROGRAMS["python3"], "-c", ""],
        "curl": ["curl", "--version"],
    }
    row("start-up", commands, 200)


def many_statements(folder):
    texts = {
        "nsh": ("let n = 0\n", "set n = $n + {}\n", "$n\n"),
        "python3": ("n = 0\n", "n = n + {}\n", "print(n)\n"),
        "tclsh": ("set n 0\n", "set n [expr {{$n + {}}}]\n", "puts $n\n"),
        "lua": ("n = 0\n", "n = n + {}\n", "print(n)\n"),
        "bash": ("n=0\n", "n=$((n + {}))\n", "echo $n\n"),
    }
    # Each program reads its own file as standard input.
    commands = {}
    for who, (first, statement, last) in texts.items():
        path = os.path.join(folder, "statements." + who)
        with open(path, "w") as file:
            file.write(first)
            file.writelines(statement.format(number) for number in range(100_000))
            file.write(last)
        commands[who] = ["bash", "-c", f"exec '{PROGRAMS[who]}' {'-' if who in ('nsh', 'lua', 'python3') else ''} < '{path}'"]
    commands = {who: command for who, command in commands.items() if shutil.which(PROGRAMS[who])}
    row("100,000 statements, stdin", commands, 5)


def download(folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with open(os.path.join(folder, "big"), "wb") as file:
        for _ in range(100):
            file.write(os.urandom(1_000_000))
    scratch = " ".join(f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""
    with open(os.path.join(folder, "nginx.conf"), "w") as file:
        file.write(
            f"daemon off; {user} pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
            f"http {{ access_log off; sendfile on; {scratch} server {{ listen 127.0.0.1:{port}; root {folder}; }} }}\n")
    nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    if not nginx:
        print("download                     nginx is missing")
        return
    server = subprocess.Popen([nginx, "-p", folder, "-c", "nginx.conf"])
    try:
        time.sleep(0.5)
        url = f"http://127.0.0.1:{port}/big"
        to_file = {
            "nsh": [NSH, "-c", f"http get {url} | save {folder}/nsh.out"],
            "curl": ["curl", "-s", "--noproxy", "*", "-o", f"{folder}/curl.out", url],
        }
        row("100 MB to a file", to_file, 7, show_memory=True)
        to_pipe = {
            "nsh": ["bash", "-c", f"'{NSH}' -c 'http get {url} | get body' | cat"],
            "curl": ["bash", "-c", f"curl -s --noproxy '*' '{url}' | cat"],
        }
        row("100 MB to a pipe", to_pipe, 7)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BENCH"] = folder
        start_up()
        download(folder)
        sockets.rows(row, NSH, folder)
        if not WANTED or any(word in "1 GB over TLS 200 TLS handshakes" for word in WANTED):
            tls.rows(row, NSH, folder)
        peers("loop")
        peers("fib")
        peers("words")
        peers("sort")
        peers("json-10mb")
        peers("list", show_memory=True)
        many_statements(folder)
        prompt.measure(NSH, os.path.join(folder, "prompt"), WANTED)
        addresses.rows(row, lambda name: not WANTED or any(word in name for word in WANTED), NSH, folder)
        httpfetch.rows(row, lambda name: not WANTED or any(word in name for word in WANTED), NSH, folder)
        httpserve.rows(lambda name: not WANTED or any(word in name for word in WANTED), NSH, folder)
        dns.rows(row, lambda name: not WANTED or any(word in name for word in WANTED), NSH, folder)
