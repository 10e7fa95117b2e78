"""Foreign clients of `http serve`: peers.py NSH TEST. It starts the server itself, and ends with status 0 if all is as it should be."""

import email
import http.client
import json
import os
import random
import re
import resource
import select
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

NSH = sys.argv[1]
PATIENCE = 60


class Server:
    """A shell that serves in the foreground; its log is read from stderr."""

    def __init__(self, folder, what="site", options="", scheme="http"):
        self.log_path = os.path.join(folder, "log")
        command = f"http serve 127.0.0.1:0 {what} {options}"
        self.process = subprocess.Popen([NSH, "-c", command], cwd=folder, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=open(self.log_path, "w"))
        self.port = int(self.wait_for(r"serving at \w+://[^ ]*:(\d+)/")[1])
        self.url = f"{scheme}://127.0.0.1:{self.port}"

    def wait_for(self, pattern):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = re.search(pattern, self.log())
            if found:
                return found
            assert self.process.poll() is None, f"the server ended: {self.log()}"
            time.sleep(0.01)
        raise AssertionError(f"{pattern} is not in {self.log()!r}")

    def log(self):
        with open(self.log_path, errors="surrogateescape") as file:
            return file.read()

    def memory(self, field="VmHWM"):
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(re.search(rf"{field}:\s+(\d+) kB", file.read())[1]) * 1024

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        connection.settimeout(PATIENCE)
        return connection

    def ask(self, request, half_close=False):
        """Sends bytes on a connection of their own and gives all that comes until the server closes it."""
        with self.connect() as connection:
            try:
                connection.sendall(request)
                if half_close:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            return read_all(connection)

    def client(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def stop(self):
        self.process.kill()
        self.process.wait()


def read_all(connection):
    data = b""
    try:
        while True:
            piece = connection.recv(65536)
            if not piece:
                return data
            data += piece
    except ConnectionResetError:
        return data


def statuses(data):
    return [int(found) for found in re.findall(rb"^HTTP/1\.1 (\d{3}) ", data, re.M)]


def curl(*arguments, data=None):
    return subprocess.run(["curl", "--silent", "--show-error", "--noproxy", "*", "--max-time", "60", *arguments],
                          input=data, stdout=subprocess.PIPE, timeout=90).stdout


def same(found, wanted, what=""):
    assert found == wanted, f"{what}: {found!r}, and {wanted!r} is wanted"


BIG = random.Random(8).randbytes(700_000)


def make_site(folder):
    site = os.path.join(folder, "site")
    os.makedirs(os.path.join(site, "sub"))
    os.makedirs(os.path.join(site, "pages"))
    os.makedirs(os.path.join(site, ".git"))
    files = {"a.txt": b"hello\n", "big.bin": BIG, "empty.html": b"", ".git/config": b"secret", "sub/ünï <b>&.txt": b"u",
             "style.css": b"body { color: red }", "page.html": b"<!doctype html><title>p</title><link rel=stylesheet href=style.css>"
             b"<body><img src=dot.svg onload='document.title=\"loaded \"+this.naturalWidth'><p>hi",
             "dot.svg": b"<svg xmlns='http://www.w3.org/2000/svg' width='7' height='7'><rect width='7' height='7'/></svg>",
             "pages/index.html": b"<h1>index</h1>"}
    for name, content in files.items():
        with open(os.path.join(site, name), "wb") as file:
            file.write(content)
    outside = os.path.join(folder, "outside.txt")
    with open(outside, "w") as file:
        file.write("outside")
    os.symlink(outside, os.path.join(site, "absolute"))
    os.symlink("../outside.txt", os.path.join(site, "relative"))
    os.symlink("/", os.path.join(site, "root"))
    os.symlink("/proc/self/cwd", os.path.join(site, "magic"))
    os.symlink("a.txt", os.path.join(site, "good"))
    os.symlink("loop", os.path.join(site, "loop"))
    os.mkfifo(os.path.join(site, "pipe"))
    for name in ["a.txt", "big.bin"]:
        os.utime(os.path.join(site, name), (1_700_000_000, 1_700_000_000))
    return site


def test_files(server, folder):
    """curl and http.client get files, folders, redirects, types, HEAD."""
    same(curl(f"{server.url}/a.txt"), b"hello\n")
    same(curl(f"{server.url}/big.bin"), BIG)
    same(curl("--http1.0", f"{server.url}/big.bin"), BIG)
    same(curl(f"{server.url}/empty.html"), b"")
    same(curl(f"{server.url}/sub/{'ünï%20%3Cb%3E%26.txt'}"), b"u")
    same(curl(f"{server.url}/pages/"), b"<h1>index</h1>")
    same(curl(f"{server.url}/good"), b"hello\n")
    client = server.client()
    for path, status, kind in [
        ("/a.txt", 200, "text/plain; charset=utf-8"), ("/style.css", 200, "text/css; charset=utf-8"),
        ("/dot.svg", 200, "image/svg+xml"), ("/big.bin", 200, "application/octet-stream"),
        ("/page.html", 200, "text/html; charset=utf-8"), ("/nothing", 404, None), ("/a.txt/", 404, None),
        ("/a.txt/b", 404, None), ("/" + "x" * 300, 404, None),
    ]:
        for method in ["GET", "HEAD"]:
            client.request(method, path)
            answer = client.getresponse()
            body = answer.read()
            same(answer.status, status, path)
            if kind:
                same(answer.headers["Content-Type"], kind, path)
                same(int(answer.headers["Content-Length"]), os.path.getsize(f"{folder}/site{path}"), path)
            if method == "HEAD":
                same(body, b"", path)
    for path, place in [("/sub", "/sub/"), ("//sub", "/sub/"), ("/pages?x=1", "/pages/?x=1"), ("//sub//", None)]:
        client.request("GET", path)
        answer = client.getresponse()
        answer.read()
        same((answer.status, answer.headers["Location"]), (301, place) if place else (200, None), path)
    for method, status in [("POST", 405), ("DELETE", 405), ("OPTIONS", 204), ("BREW", 501)]:
        client.request(method, "/a.txt")
        answer = client.getresponse()
        answer.read()
        same(answer.status, status, method)
        if status in (405, 204):
            same(answer.headers["Allow"], "GET, HEAD, OPTIONS", method)
    listing = curl(f"{server.url}/").decode()
    same([line.split()[-1] for line in listing.splitlines()],
         ["pages/", "sub/", "a.txt", "big.bin", "dot.svg", "empty.html", "good", "page.html", "style.css"])
    page = curl("-H", "Accept: text/html", f"{server.url}/sub/").decode()
    assert 'href="./%C3%BCn%C3%AF%20%3Cb%3E%26.txt"' in page and "ünï &lt;b&gt;&amp;.txt" in page, page


def test_escapes(server, folder):
    """No path leads out of the folder."""
    for path in [
        "/../outside.txt", "/..%2foutside.txt", "/%2e%2e/outside.txt", "/%2E%2E%2Foutside.txt", "/sub/../../outside.txt",
        "/sub/%2e%2e/%2e%2e/outside.txt", "/.%2e/outside.txt", "//../outside.txt", "/./../outside.txt",
        "/%252e%252e/outside.txt", "/..%5coutside.txt", "/..;/outside.txt", "/absolute", "/relative", "/root/etc/passwd",
        "/root/", "/magic/outside.txt", "/loop", "/pipe", "/.git/config", "/%2egit/config", "/a.txt%00", "/a.txt%00.html",
        "/%00", "/%zz", "/%", "/sub/..", "/a.txt/../../outside.txt", "http://127.0.0.1/../outside.txt", "/~root", "/%2f",
        "/%2fetc/passwd", "/..%c0%af/outside.txt", "/%c0%ae%c0%ae/outside.txt",
    ]:
        answer = server.ask(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        found = statuses(answer)
        assert len(found) == 1 and found[0] in (400, 403, 404), f"{path}: {answer!r}"
        assert b"outside" not in answer.partition(b"\r\n\r\n")[2] and b"root:" not in answer, path
    same(curl(f"{server.url}/a.txt"), b"hello\n")


def test_ranges(server, folder):
    """Parts of a file, as http.client and curl get them."""
    client = server.client()
    rng = random.Random(9)

    def get(value, **headers):
        client.request("GET", "/big.bin", headers={"Range": value, **headers})
        answer = client.getresponse()
        return answer, answer.read()

    size = len(BIG)
    for _ in range(60):
        first, last = sorted(rng.randrange(size) for _ in range(2))
        for text, part, place in [
            (f"bytes={first}-{last}", BIG[first:last + 1], (first, last)),
            (f"bytes={first}-", BIG[first:], (first, size - 1)),
            (f"bytes=-{size - first}", BIG[first:], (first, size - 1)),
            (f"bytes={first}-{size + last}", BIG[first:], (first, size - 1)),
        ]:
            answer, body = get(text)
            whole = place == (0, size - 1)
            same(answer.status, 200 if whole else 206, text)
            same(body, part, text)
            if not whole:
                same(answer.headers["Content-Range"], f"bytes {place[0]}-{place[1]}/{size}")
    for text in ["bytes=5-2", "bytes=a-b", "bytes=", "bytes=-", "bytes 0-5", "lines=0-5", "bytes=1-2,x", "bytes=--5",
                 "bytes=1-2-3", "bytes=" + ",".join("%d-%d" % (i * 9, i * 9 + 1) for i in range(200)),
                 "bytes=-1000000", "bytes=0-", "bytes=0-5,4-"]:
        answer, body = get(text)
        same((answer.status, len(body)), (200, size), text[:40])
    for text in [f"bytes={size}-", "bytes=-0", f"bytes={size + 5}-{size + 9}", "bytes=99999999999999999999999-"]:
        answer, body = get(text)
        same((answer.status, answer.headers["Content-Range"]), (416, f"bytes */{size}"), text)
    answer, body = get("bytes=99999999999999999999999-,0-3")
    same((answer.status, body), (206, BIG[:4]))
    answer, body = get("bytes=0-9, 100-199 ,-50")
    same(answer.status, 206)
    same(int(answer.headers["Content-Length"]), len(body))
    message = email.message_from_bytes(b"Content-Type: " + answer.headers["Content-Type"].encode() + b"\r\n\r\n" + body)
    parts = message.get_payload()
    same([part["Content-Range"] for part in parts],
         [f"bytes {a}-{b}/{size}" for a, b in [(0, 9), (100, 199), (size - 50, size - 1)]])
    pieces = [BIG[:10], BIG[100:200], BIG[-50:]]
    boundary = re.search("boundary=(.*)", answer.headers["Content-Type"])[1].encode()
    found = [piece.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for piece in body.split(b"--" + boundary)[1:-1]]
    same(found, pieces)
    answer, body = get("bytes=0-99,50-149,300-301")
    same(body.count(b"Content-Range: bytes 0-149/"), 1)
    client.request("HEAD", "/big.bin", headers={"Range": "bytes=0-5"})
    answer = client.getresponse()
    answer.read()
    same(answer.status, 200)
    client.request("GET", "/empty.html", headers={"Range": "bytes=0-5"})
    answer = client.getresponse()
    answer.read()
    same(answer.status, 416)
    # curl goes on with a download that broke off.
    with open(f"{folder}/part", "wb") as file:
        file.write(BIG[:300_000])
    curl("-C", "-", "-o", f"{folder}/part", f"{server.url}/big.bin")
    with open(f"{folder}/part", "rb") as file:
        same(file.read() == BIG, True)
    same(curl("-r", "10-19", f"{server.url}/big.bin"), BIG[10:20])


def test_conditions(server, folder):
    """Conditional requests of RFC 9110, section 13."""
    client = server.client()

    def get(status, method="GET", **headers):
        client.request(method, "/a.txt", headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = client.getresponse()
        body = answer.read()
        same(answer.status, status, str(headers))
        if status == 304:
            same((body, answer.headers["ETag"]), (b"", tag))
        return answer

    client.request("GET", "/a.txt")
    first = client.getresponse()
    first.read()
    tag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    same(changed, "Tue, 14 Nov 2023 22:13:20 GMT")
    before, after = "Mon, 13 Nov 2023 22:13:20 GMT", "Wed, 15 Nov 2023 22:13:20 GMT"
    get(304, If_None_Match=tag)
    get(304, If_None_Match="W/" + tag)
    get(304, If_None_Match=f'"other", {tag}')
    get(304, If_None_Match="*")
    get(304, method="HEAD", If_None_Match=tag)
    get(200, If_None_Match='"other"')
    get(200, If_None_Match="nonsense")
    get(200, If_None_Match='"other"', If_Modified_Since=after)
    get(304, If_Modified_Since=changed)
    get(304, If_Modified_Since=after)
    get(304, If_Modified_Since="Tuesday, 14-Nov-23 22:13:20 GMT")
    get(304, If_Modified_Since="Tue Nov 14 22:13:20 2023")
    get(200, If_Modified_Since=before)
    get(200, If_Modified_Since="yesterday")
    get(200, If_Match=tag)
    get(200, If_Match="*")
    get(412, If_Match='"other"')
    get(412, If_Match="W/" + tag)
    get(412, If_Unmodified_Since=before)
    get(200, If_Unmodified_Since=changed)
    get(412, If_Match='"other"', If_None_Match=tag)
    get(206, Range="bytes=0-1", If_Range=tag)
    get(200, Range="bytes=0-1", If_Range='"other"')
    get(200, Range="bytes=0-1", If_Range="W/" + tag)
    get(206, Range="bytes=0-1", If_Range=changed)
    get(200, Range="bytes=0-1", If_Range=before)
    get(304, Range="bytes=0-1", If_None_Match=tag)
    # A file that changes has another tag.
    with open(f"{folder}/site/a.txt", "w") as file:
        file.write("hullo\n")
    assert get(200, If_None_Match=tag).headers["ETag"] != tag
    # curl's own way of keeping a tag.
    curl("--etag-save", f"{folder}/etag", "-o", f"{folder}/a", f"{server.url}/big.bin")
    same(curl("--etag-compare", f"{folder}/etag", "-w", "%{http_code}", "-o", f"{folder}/b", f"{server.url}/big.bin"), b"304")
    same(curl("-z", f"{folder}/a", "-w", "%{http_code}", "-o", f"{folder}/b", f"{server.url}/a.txt")[-3:], b"304")
    same(curl("-z", "2001-01-01", "-w", "%{http_code}", "-o", f"{folder}/b", f"{server.url}/a.txt")[-3:], b"200")


def test_functions(server, folder):
    """A function's answers, its failures, uploads in every framing."""
    client = server.client()

    def ask(method, path, body=None, headers={}, **options):
        client.request(method, path, body, headers, **options)
        answer = client.getresponse()
        return answer.status, answer.headers, answer.read()

    status, headers, body = ask("GET", "/echo/a%20b?x=1&x=2&y=%C3%A4+z&n")
    same(json.loads(body), {"method": "GET", "path": "/echo/a b", "query": {"x": ["1", "2"], "y": "ä z", "n": ""}, "bytes": 0, "json": None})
    same(headers["Content-Type"], "application/json")
    same(ask("POST", "/echo", b'{"a": [1]}', {"Content-Type": "application/json"})[2].endswith(b'"json":{"a":[1]}}'), True)
    for path, status, kind, wanted in [
        ("/text", 200, "text/plain; charset=utf-8", b"hell\xc3\xb6"), ("/bytes", 200, "application/octet-stream", b"\0\xff"),
        ("/list", 200, "application/json", b"[1,2]"), ("/null", 204, None, b""), ("/teapot", 418, "text/x-tea", b"short"),
        ("/fail", 500, None, None), ("/break", 500, None, None), ("/status", 500, None, None), ("/both", 500, None, None),
        ("/file", 200, "application/octet-stream", BIG), ("/nofile", 500, None, None), ("/length", 200, None, b"abc"),
    ]:
        found, headers, body = ask("GET", path)
        same(found, status, path)
        if kind:
            same(headers["Content-Type"], kind, path)
        if wanted is not None:
            same(body, wanted, path)
    same(ask("GET", "/teapot")[1].get_all("X-Leaf"), ["a", "b"])
    same(ask("HEAD", "/text")[1]["Content-Length"], "6")
    same(ask("GET", "/file", headers={"Range": "bytes=5-9"})[2], BIG[5:10])
    assert "error: oops" in server.wait_for("error: oops")[0]
    # Uploads: with a length, in chunks, after 100 Continue.
    for size in [1, 1000, 3_000_000]:
        data = random.Random(size).randbytes(size)
        want = b'"bytes":%d' % size
        assert want in ask("POST", "/echo", data)[2]
        pieces = (data[i:i + 70_001] for i in range(0, size, 70_001))
        assert want in ask("PUT", "/echo", pieces, encode_chunked=True, headers={"Transfer-Encoding": "chunked"})[2]
        assert want in curl("-H", "Expect: 100-continue", "--data-binary", "@-", f"{server.url}/echo", data=data)
        assert want in curl("-T", "-", f"{server.url}/echo", data=data)
        assert want in curl("--http1.0", "--data-binary", "@-", f"{server.url}/echo", data=data)
    with server.connect() as connection:
        connection.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
        same(connection.recv(1000), b"HTTP/1.1 100 Continue\r\n\r\n")
        connection.sendall(b"abc")
        same(statuses(read_all(connection)), [200])
    # Too much is refused before it is sent.
    same(statuses(server.ask(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n")), [413])
    client.close()
    # A function that waits holds nobody else up, and one whose client is gone is not waited for.
    slow = server.connect()
    slow.sendall(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
    start = time.monotonic()
    same(ask("GET", "/text")[0], 200)
    assert time.monotonic() - start < 5
    slow.close()


def test_pipelining(server, folder):
    """Many requests sent at once are answered in their order, whatever pieces they come in."""
    one = b"GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n"
    other = b"HEAD /big.bin HTTP/1.1\r\nHost: a\r\n\r\n"
    last = b"GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    stream = (one + other) * 200 + last
    same(statuses(server.ask(stream)), [200] * 400 + [404])
    with server.connect() as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in (one * 3 + last):
            connection.sendall(bytes([byte]))
        same(statuses(read_all(connection)), [200, 200, 200, 404])
    # Half-closing after the request is no reason not to answer.
    same(statuses(server.ask(one + one, half_close=True)), [200, 200])
    same(statuses(server.ask(b"\r\n\r\n" + last)), [404])
    same(statuses(server.ask(b"GET /a.txt HTTP/1.0\r\n\r\n" + one)), [200])
    answer = server.ask(b"GET /a.txt HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /a.txt HTTP/1.0\r\n\r\n")
    same(statuses(answer), [200, 200])
    assert b"Connection: keep-alive" in answer
    with server.connect() as connection:
        # Much is asked for and nothing read until the server's buffers are full: it waits, and all comes.
        big = b"GET /big.bin HTTP/1.1\r\nHost: a\r\n\r\n"
        connection.sendall(big * 30 + last)
        time.sleep(0.3)
        same(curl(f"{server.url}/a.txt"), b"hello\n")
        data = read_all(connection)
        same((len(data) > 30 * len(BIG), b"HTTP/1.1 404 " in data[-300:]), (True, True))


OK = b"GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"
BROKEN = [
    # What is no request.
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400), (b"hello\r\n\r\n", 400), (b"GET\r\n\r\n", 400),
    (b"GET /\r\n\r\n", 400), (b"GET / HTTP/1.1 x\r\n\r\n", 400), (b"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (b" GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400), (b"G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400), (b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (b"GET /\xe4 HTTP/1.1\r\nHost: a\r\n\r\n", 400), (b"GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505), (b"GET / HTTP/2.0\r\n\r\n", 505), (b"GET / HTTP/3\r\n\r\n", 505),
    (b"GET / http/1.1\r\nHost: a\r\n\r\n", 505), (b"GET / HTTP/1.1\rHost: a\r\n\r\n", 400),
    # Heads.
    (b"GET / HTTP/1.1\r\n\r\n", 400), (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400), (b"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400), (b"GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n folded\r\n\r\n", 400), (b"GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", 400), (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400), (b"GET / HTTP/1.1\r\nHost: a\r\nX(y): b\r\n\r\n", 400),
    (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414), (b"GET /" + b"a" * 20_000, 414),
    (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", 431),
    (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * 300 + b"\r\n", 431),
    (b"GET / HTTP/1.1\r\nHost: a\r\n" + (b"X: " + b"a" * 9_000 + b"\r\n") * 20 + b"\r\n", 431),
    (b"GET / HTTP/1.1\r\nHost: a\r\nExpect: cake\r\n\r\n", 417), (b"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 501),
    # Bodies, and the shapes by which a second request is smuggled past a proxy.
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400), (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nx", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\nhello", 400), (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 6\r\n\r\nhello", 400), (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1 1\r\n\r\nx", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551617\r\n\r\nx", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775807\r\n\r\n", 413),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nX: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + HIDDEN, 501),
    (b"POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000001\r\na\r\n0\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"x" * 9_000, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX : y\r\n\r\n" + HIDDEN, 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * 9_000, 431),
]


def test_broken(server, folder):
    """Broken requests by the dozen: one answer, the right status, and nothing behind it counts."""
    for request, status in BROKEN:
        same(statuses(server.ask(request)), [status], request[:100])
        same(statuses(server.ask(OK + request)), [200, status], request[:100])
    # By nc, as anybody would try it.
    for request, status in BROKEN[:10]:
        seen = subprocess.run(["timeout", "30", "nc", "127.0.0.1", str(server.port)], input=request,
                              stdout=subprocess.PIPE, timeout=60).stdout
        same(statuses(seen), [status], request[:100])
    # Broken off anywhere.
    whole = b"POST /a.txt HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    for length in range(1, len(whole)):
        assert statuses(server.ask(whole[:length], half_close=True)) in ([400], [431]), whole[:length]
        with server.connect() as connection:
            connection.sendall(whole[:length])
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    # One byte wrong anywhere: an answer or none, and the server lives.
    rng = random.Random(10)
    for index in range(0, len(whole)):
        damaged = bytearray(whole)
        damaged[index] ^= rng.randrange(1, 256)
        server.ask(bytes(damaged), half_close=True)
    same(curl(f"{server.url}/a.txt"), b"hello\n")
    # What peers say is escaped in the log.
    server.ask(b"GET /\x1b[31m\"quote HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    server.ask(b"GET /%1b\"\"quote HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    server.wait_for(re.escape(r'"GET /%1b\"\"quote HTTP/1.1" 404'))
    assert "\x1b" not in server.log()


def test_limits(server, folder):
    """Slow, endless and silent clients are cut off by times and sizes (which are short here)."""
    def until_closed(send, pause=0.05):
        start = time.monotonic()
        with server.connect() as connection:
            data = b""
            for piece in send:
                try:
                    connection.sendall(piece)
                except OSError:
                    break
                if select.select([connection], [], [], pause)[0]:
                    break
            return read_all(connection), time.monotonic() - start

    def drip(text):
        for byte in text:
            yield bytes([byte])
        while True:
            yield b"x"

    data, took = until_closed(drip(b"GET / HTTP/1.1\r\nHost: a\r\nX: "))
    same(statuses(data), [408])
    assert 0.9 < took < 30, took
    same(statuses(until_closed(drip(b"GET /"))[0]), [408])
    data, took = until_closed([b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n"] + [b"x"] * 1000)
    same(statuses(data), [408])
    same(until_closed([])[0], b"")
    same(until_closed([OK])[0].count(b"\r\n\r\nok"), 1)
    endless = (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" if i == 0 else b"ffff\r\n" + b"x" * 65535 + b"\r\n"
               for i in range(100_000))
    same(statuses(until_closed(endless, pause=0)[0]), [413])
    endless = (b"GET / HTTP/1.1\r\nHost: a\r\n" if i == 0 else b"X%d: y\r\n" % i for i in range(100_000))
    same(statuses(until_closed(endless, pause=0)[0]), [431])
    same(statuses(server.ask(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000001\r\n\r\n")), [413])
    # A function that takes too long is stopped.
    same(statuses(server.ask(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")), [503])
    # Two hundred of the slow ones at a time hold nobody up.
    slow = [server.connect() for _ in range(200)]
    for connection in slow:
        connection.sendall(b"GET / HTTP/1.1\r\n")
    same(curl(f"{server.url}/"), b"ok")
    for connection in slow:
        connection.close()


def test_idle(server, folder):
    """A thousand idle connections do not slow the next; more than the limit push the oldest out."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))

    def median():
        client = server.client()
        times = []
        for _ in range(200):
            start = time.perf_counter()
            client.request("GET", "/a.txt")
            client.getresponse().read()
            times.append(time.perf_counter() - start)
        client.close()
        return sorted(times)[100]

    alone = min(median() for _ in range(3))
    idle = []
    for index in range(1000):
        connection = server.connect()
        if index % 2:
            connection.sendall(OK)
        idle.append(connection)
    for connection in idle[1::2]:
        assert connection.recv(10_000).startswith(b"HTTP/1.1 200 ")
    crowded = min(median() for _ in range(3))
    print(f"alone {alone * 1e6:.0f} us, beside 1,000 idle ones {crowded * 1e6:.0f} us")
    assert crowded < 3 * alone + 0.001, (alone, crowded)
    # The limit is 1,100: the oldest idle ones make room for the next.
    more = [server.connect() for _ in range(300)]
    for connection in more:
        connection.sendall(OK)
    for connection in more:
        assert connection.recv(10_000).startswith(b"HTTP/1.1 200 ")
    same(idle[0].recv(10), b"")
    for connection in idle + more:
        connection.close()
    # Ctrl-C ends the server at once, whoever is connected.
    busy = server.connect()
    busy.sendall(OK)
    assert busy.recv(10_000).startswith(b"HTTP/1.1 200 ")
    start = time.monotonic()
    server.process.send_signal(signal.SIGINT)
    same(server.process.wait(timeout=PATIENCE), 130)
    assert time.monotonic() - start < 5
    same(busy.recv(10), b"")


def test_large(server, folder):
    """A large file passes through little memory, whole and in parts, also to a slow reader and over many connections."""
    size = 1 << 30
    with open(f"{folder}/site/giant", "wb") as file:
        file.truncate(size)
    before = server.memory()
    same(curl("-o", "/dev/null", "-w", "%{size_download}", f"{server.url}/giant"), str(size).encode())
    same(curl("-o", "/dev/null", "-w", "%{size_download}", "-r", f"5-{size // 2},{size // 2 + 10}-", f"{server.url}/giant")[:3], b"107")
    stalled = [server.connect() for _ in range(50)]
    for connection in stalled:
        connection.sendall(b"GET /giant HTTP/1.1\r\nHost: a\r\n\r\n")
    same(curl(f"{server.url}/a.txt"), b"hello\n")
    grown = server.memory() - before
    print(f"grew by {grown >> 10} KiB")
    assert grown < 32 << 20, grown
    # A file that becomes shorter while it is sent ends in a broken connection, not in wrong bytes.
    with server.connect() as connection:
        connection.sendall(b"GET /giant HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.recv(1000)
        os.truncate(f"{folder}/site/giant", 1000)
        received = 1000
        try:
            while True:
                piece = connection.recv(1 << 20)
                if not piece:
                    break
                received += len(piece)
        except OSError:
            pass
        assert received < size
    for connection in stalled:
        connection.close()
    same(curl(f"{server.url}/a.txt"), b"hello\n")


def test_tls(server, folder):
    """https, with a certificate of ours; who does not speak TLS is told so."""
    authority = f"{folder}/site/cert.pem"
    same(curl("--cacert", authority, f"{server.url}/big.bin"), BIG)
    same(curl("--cacert", authority, "-r", "1000-400000", f"{server.url}/big.bin"), BIG[1000:400001])
    trust = ssl.create_default_context(cafile=authority)
    client = http.client.HTTPSConnection("127.0.0.1", server.port, timeout=PATIENCE, context=trust)
    for _ in range(100):
        client.request("GET", "/a.txt")
        same(client.getresponse().read(), b"hello\n")
    client.close()
    assert statuses(server.ask(OK)) == [400]
    stalled = [server.connect() for _ in range(50)]
    for connection in stalled:
        connection.sendall(b"\x16\x03\x01\x02\x00")
    for garbage in [b"\x16\x03\x01\xff\xff" + bytes(300), os.urandom(300), b"\x80\x2e\x01"]:
        server.ask(garbage, half_close=True)
    same(curl("--cacert", authority, f"{server.url}/a.txt"), b"hello\n")
    # The end is announced (close_notify), so that nobody takes a part for the whole.
    with trust.wrap_socket(server.connect(), server_hostname="127.0.0.1", suppress_ragged_eofs=False) as connection:
        connection.sendall(b"GET /big.bin HTTP/1.0\r\n\r\n")
        assert read_all(connection).endswith(BIG)
    for connection in stalled:
        connection.close()


def test_wrk(server, folder):
    """wrk finds no error over many connections."""
    seen = subprocess.run(["wrk", "-t2", "-c50", "-d2s", f"{server.url}/a.txt"], stdout=subprocess.PIPE, text=True, timeout=90).stdout
    assert re.search(r"Requests/sec:\s+\d", seen) and "errors" not in seen and "Non-2xx" not in seen, seen
    print(re.search(r"Requests/sec:\s+(.*)", seen)[0])


def test_browser(server, folder):
    """Chromium loads a listing and a page with what belongs to it."""
    def load(path):
        home = os.path.join(folder, "chromium")
        command = ["timeout", "-s", "KILL", "100", "chromium", "--headless", "--no-sandbox", "--disable-gpu",
                   "--disable-dev-shm-usage", f"--user-data-dir={home}", "--virtual-time-budget=5000", "--dump-dom"]
        environment = {**os.environ, "HOME": folder, "no_proxy": "*"}
        return subprocess.run(command + ["--no-proxy-server", server.url + path], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, env=environment, timeout=120).stdout.decode()

    listing = load("/")
    for name in ["pages/", "sub/", "a.txt", "big.bin", "683.6 KiB"]:
        assert name in listing, listing
    assert '<a href="./sub/">sub/</a>' in listing
    page = load("/page.html")
    assert "<title>loaded 7</title>" in page, page
    log = server.log()
    for line in ['"GET / HTTP/1.1" 200', '"GET /page.html HTTP/1.1" 200', '"GET /style.css HTTP/1.1" 200', '"GET /dot.svg HTTP/1.1" 200']:
        assert line in log, log


FUNCTION = r"""{|req|
  if $req.path == '/text' { return 'hellö' }
  if $req.path == '/bytes' { return 0x[00 ff] }
  if $req.path == '/list' { return [1 2] }
  if $req.path == '/null' { return null }
  if $req.path == '/fail' { fail 'oops' }
  if $req.path == '/teapot' { return {status: 418, headers: {Content-Type: text/x-tea, X-Leaf: [a b]}, body: short} }
  if $req.path == '/break' { return {headers: {X: "a\r\nb"}} }
  if $req.path == '/status' { return {status: 99} }
  if $req.path == '/both' { return {body: a, json: 1} }
  if $req.path == '/file' { return {file: site/big.bin} }
  if $req.path == '/nofile' { return {file: site/none} }
  if $req.path == '/slow' { sleep 20s; return 'slow' }
  if $req.path == '/length' { return {headers: {Content-Length: 7, Transfer-Encoding: chunked}, body: abc} }
  {json: {method: $req.method, path: $req.path, query: $req.query, bytes: (len $req.body), json: $req.json}} }"""
SLOW = "{|req| if $req.path == '/slow' { sleep 60s }; 'ok' }"

TESTS = {
    "files": (test_files, "site", ""), "escapes": (test_escapes, "site", ""), "ranges": (test_ranges, "site", ""),
    "conditions": (test_conditions, "site", ""), "functions": (test_functions, FUNCTION, ""),
    "pipelining": (test_pipelining, "site", ""), "broken": (test_broken, "site", ""),
    "limits": (test_limits, SLOW, "--head-time 1s --request-time 2s --idle-time 1s --max-body 1MB"),
    "idle": (test_idle, "site", "--limit 1100"), "large": (test_large, "site", ""),
    "tls": (test_tls, "site", "--tls --cert site/cert.pem --key key.pem"), "wrk": (test_wrk, "site", ""),
    "browser": (test_browser, "site", ""),
}


def main():
    test, what, options = TESTS[sys.argv[2]]
    folder = tempfile.mkdtemp(prefix="nsh-web-")
    server = None
    try:
        site = make_site(folder)
        if "--tls" in options:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                            "-keyout", f"{folder}/key.pem", "-out", f"{site}/cert.pem"], check=True, stderr=subprocess.DEVNULL)
        server = Server(folder, what, options, "https" if "--tls" in options else "http")
        test(server, folder)
        assert sys.argv[2] == "idle" or server.process.poll() is None, f"the server ended: {server.log()[-2000:]}"
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print("ok")


main()
