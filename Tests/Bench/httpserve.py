"""Rows of the web server: `http serve` beside nginx with one worker, both on one core, as wrk on the other core sees them."""

import os
import re
import shutil
import socket
import statistics
import subprocess
import time

SECONDS = os.environ.get("BENCH_SECONDS", "3")


def on_core(core, command):
    """Binds a command to a core where there are two."""
    return ["taskset", "-c", str(core), *command] if len(os.sched_getaffinity(0)) > 1 and shutil.which("taskset") else command


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait_for(port):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"nothing listens on {port}")


def nginx(folder, site):
    port = free_port()
    scratch = " ".join(f"{name}_temp_path {folder}/{name};" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
    user = "user root;" if os.geteuid() == 0 else ""
    with open(f"{folder}/web.conf", "w") as file:
        file.write(f"""daemon off; {user} worker_processes 1; pid {folder}/web.pid; error_log {folder}/web.log;
            events {{ worker_connections 2048; }}
            http {{ access_log off; sendfile on; keepalive_requests 100000000; {scratch}
              server {{ listen 127.0.0.1:{port} backlog=2048; root {site}; location /hello {{ return 200 hello; }} }} }}""")
    path = {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
    process = subprocess.Popen(on_core(0, ["nginx", "-p", folder, "-c", "web.conf"]), env=path, stderr=subprocess.DEVNULL)
    wait_for(port)
    return process, port


def shell(nsh, what):
    port = free_port()
    process = subprocess.Popen(on_core(0, [nsh, "-c", f"http serve 127.0.0.1:{port} {what} --log never"]),
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(port)
    return process, port


def rate(port, path, connections):
    seen = subprocess.run(on_core(1, ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", f"http://127.0.0.1:{port}{path}"]),
                          stdout=subprocess.PIPE, text=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", seen)
    return float(found[1]) if found and "errors" not in seen and "Non-2xx" not in seen else 0.0


def rows(is_wanted, nsh, folder):
    names = {"web: small file, 50 conn.": ("/small.html", 50, "site"), "web: small file, 1 conn.": ("/small.html", 1, "site"),
             "web: 100 kB file, 50 conn.": ("/large.bin", 50, "site"),
             "web: function, 50 conn.": ("/hello", 50, "{|req| 'hello'}"), "web: function, 1 conn.": ("/hello", 1, "{|req| 'hello'}")}
    if not any(is_wanted(name) for name in names):
        return
    missing = [program for program in ["wrk"] if not shutil.which(program)]
    if missing:
        return print(f"web: {missing[0]} is missing")
    site = f"{folder}/web-site"
    os.makedirs(site)
    for name, size in [("small.html", 612), ("large.bin", 100_000)]:
        with open(f"{site}/{name}", "wb") as file:
            file.write(b"x" * size)
    peer, peer_port = nginx(folder, site)
    try:
        for name, (path, connections, what) in names.items():
            if not is_wanted(name):
                continue
            own, port = shell(nsh, site if what == "site" else what)
            results = {"nsh": [], "nginx": []}
            try:
                for _ in range(3):
                    results["nsh"].append(rate(port, path, connections))
                    results["nginx"].append(rate(peer_port, path, connections))
            finally:
                own.kill()
                own.wait()
            middle = {who: statistics.median(rates) for who, rates in results.items()}
            for who in results:
                ratio = f"nsh has {middle['nsh'] / middle[who]:5.2f} of it" if who != "nsh" and middle[who] else ""
                print(f"{name:28} {who:9} {middle[who]:10.0f} a second {max(results[who]):10.0f} max {ratio}", flush=True)
    finally:
        peer.terminate()
        peer.wait()
