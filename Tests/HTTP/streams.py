"""Asks a function that `http serve` serves for bodies that flow, by curl, wrk and bare sockets.

    python3 streams.py NSH

It prints how many checks there were and what went wrong, and ends with 1 if something did.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time

SCRIPT = """
http serve 127.0.0.1:0 {|req|
  if $req.path == '/squares' { return 1..5 | each {|n| $n * $n} }
  if $req.path == '/slow' { return {headers: {Content-Type: text/event-stream}, body: {|| 1..4 | each {|n| sleep 400ms; "data: $n\\n"}}} }
  if $req.path == '/file' { return open big }
  if $req.path == '/program' { return ^seq 1 100000 }
  if $req.path == '/range' { return {status: 203, body: 1..3} }
  if $req.path == '/lines' { return {headers: {Content-Type: application/x-ndjson}, body: {|| 1..2 | each {|n| {n: $n}}}} }
  if $req.path == '/list' { return {headers: {Content-Type: text/plain}, body: {|| [one two]}} }
  if $req.path == '/empty' { return 1..3 | where {|n| $n > 3} }
  if $req.path == '/text' { return {body: {|| 'hello'}} }
  if $req.path == '/mark' { return {body: {|| 'called' | save mark; 'marked'}} }
  if $req.path == '/none' { return {status: 204, body: {|| 'called' | save mark; 'marked'}} }
  if $req.path == '/fails' { return 1..3 | each {|n| $n / 0} }
  if $req.path == '/breaks' { return 1..3 | each {|n| if $n == 3 { fail 'no third' }; $n} }
  if $req.path == '/forever' { return {headers: {Content-Type: text/plain}, body: {|| 1.. | each {|n| "$n" | append ticks; sleep 20ms; $n}}} }
  if $req.path == '/silent' { return {headers: {Content-Type: text/plain}, body: {|| 1..2 | each {|n| if $n == 2 { sleep 60s }; $n}}} }
  if $req.path == '/caught' { try { return 1..3 | each {|n| $n / 0} } catch e { return 'caught' } }
  for n in 1..2 { let unused = $n }
  open big | lines
} --request-time 3s
"""


def main():
    nsh = sys.argv[1]
    wrong = []
    count = 0

    def check(what, is_good, seen=""):
        nonlocal count
        count += 1
        if not is_good:
            wrong.append(f"{what}: {seen!r}"[:600])

    with tempfile.TemporaryDirectory(prefix="nsh-test-") as folder:
        content = b"".join(b"%07d %s\n" % (number, b"x" * 40) for number in range(1_500_000))
        with open(f"{folder}/big", "wb") as file:
            file.write(content)
        with open(f"{folder}/serve.nsh", "w") as file:
            file.write(SCRIPT)
        server = subprocess.Popen([nsh, "serve.nsh"], cwd=folder, stdout=subprocess.DEVNULL, stderr=open(f"{folder}/log", "w"))
        try:
            for _ in range(600):
                found = re.search(r"serving at http://127.0.0.1:(\d+)", open(f"{folder}/log").read())
                if found:
                    break
                time.sleep(0.05)
            port = int(found.group(1))
            at = f"http://127.0.0.1:{port}"

            def curl(*words):
                return subprocess.run(["curl", "-q", "-sS", "-N", "--noproxy", "*", "-m", "60", *words], capture_output=True, cwd=folder)

            for path, status, kind, body in [
                ("squares", 200, "application/json", b"[1,4,9,16,25]"), ("range", 203, "application/json", b"[1,2,3]"),
                ("lines", 200, "application/x-ndjson", b'{"n":1}\n{"n":2}\n'), ("list", 200, "text/plain", b"one\ntwo\n"),
                ("empty", 200, "application/json", b"[]"), ("caught", 200, "text/plain; charset=utf-8", b"caught"), ("text", 200, "text/plain; charset=utf-8", b"hello"),
                ("program", 200, "application/octet-stream", "".join(f"{n}\n" for n in range(1, 100001)).encode()),
                ("fails", 500, "text/plain; charset=utf-8", b"500 Internal Server Error\n"), ("none", 204, "", b""),
            ]:
                done = curl("-w", "%{stderr}%{http_code} %{content_type}", f"{at}/{path}")
                check(path, (done.stderr.decode(), done.stdout) == (f"{status} {kind}", body), (done.stderr, done.stdout[:100]))
            # Chunks for HTTP/1.1 on a connection that stays, until close for HTTP/1.0
            done = curl("-i", f"{at}/squares", f"{at}/squares", "-w", "%{num_connects}")
            check("chunked", done.stdout.count(b"Transfer-Encoding: chunked") == 2 and done.stdout.endswith(b"]0"), done.stdout)
            done = curl("-i", "-0", f"{at}/squares")
            check("1.0", b"chunked" not in done.stdout and b"Connection: close" in done.stdout and done.stdout.endswith(b"[1,4,9,16,25]"), done.stdout)
            # The pieces come as they are made, and not together at the end
            peer = socket.create_connection(("127.0.0.1", port), 30)
            peer.sendall(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            times = []
            got = b""
            while b"0\r\n\r\n" not in got:
                piece = peer.recv(65536)
                if not piece:
                    break
                got += piece
                times.append(time.monotonic())
            peer.close()
            check("pieces", got.count(b"8\r\ndata: ") == 4 and len(times) >= 4 and times[-1] - times[0] > 0.9, (got, times))
            # HEAD makes no body, nor does 204
            done = curl("-I", f"{at}/mark")
            check("head", b"200 OK" in done.stdout and not os.path.exists(f"{folder}/mark"), done.stdout)
            done = curl(f"{at}/mark")
            check("get", done.stdout == b"marked" and os.path.exists(f"{folder}/mark"), done.stdout)
            # A large body whole, by an impatient peer and by a slow one, in bounded memory
            done = curl(f"{at}/file")
            check("file", done.stdout == content, len(done.stdout))
            peer = socket.create_connection(("127.0.0.1", port), 30)
            peer.sendall(b"GET /file HTTP/1.1\r\nHost: a\r\n\r\n")
            time.sleep(1)
            memory = int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{server.pid}/status").read()).group(1))
            check("memory", memory < 65_536, memory)
            peer.close()
            # Lines of a file as JSON, behind statements that are no straight line
            done = curl(f"{at}/else", "-o", "lines.json")
            check("lines of a file", os.path.getsize(f"{folder}/lines.json") == len(content) + 2 * 1_500_000 + 1, done.stderr)
            # What breaks in the middle shows: the last chunk is missing
            done = curl(f"{at}/breaks")
            check("breaks", done.returncode == 18 and done.stdout == b"[1,2", (done.returncode, done.stdout))
            done = curl("-0", f"{at}/breaks")
            check("breaks, 1.0", done.returncode == 56, (done.returncode, done.stdout))
            # Whoever goes away ends the stream
            done = curl("-m", "1", f"{at}/forever")
            time.sleep(1)
            ticks = os.path.getsize(f"{folder}/ticks")
            time.sleep(0.5)
            check("forever", done.returncode == 28 and ticks == os.path.getsize(f"{folder}/ticks") > 0, (done, ticks))
            # A stream that says nothing for longer than --request-time ends
            begin = time.monotonic()
            done = curl(f"{at}/silent")
            check("silent", done.returncode in (18, 56) and 2 < time.monotonic() - begin < 30, (done.returncode, time.monotonic() - begin))
            # Many at a time
            done = subprocess.run(["wrk", "-t", "1", "-c", "20", "-d", "2s", f"{at}/squares"], capture_output=True, text=True)
            rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
            check("wrk", rate and float(rate.group(1)) > 50 and "errors" not in done.stdout and "Non-2xx" not in done.stdout, done.stdout)
            log = open(f"{folder}/log").read()
            for words in ["no third", "division by zero", '"GET /forever HTTP/1.1" 200', "broken off"]:
                check(f"log: {words}", words in log, log[-400:])
        finally:
            server.kill()
            server.wait()
    print(f"{count} checks, {len(wrong)} wrong")
    for one in wrong:
        print(one)
    return 1 if wrong else 0


sys.exit(main())
