"""A web server that writes down what it is asked, byte for byte: one JSON line a request in a file.

    python3 recorder.py LOG PORTS [CERTIFICATE KEY]

It listens on as many ports of 127.0.0.1 as it is told, and with a certificate on one more that speaks TLS; their numbers are its first
line. What it answers stands in the path:

    /to/STATUS?URL     a redirect
    /status/N          that status
    /cookie?VALUE      Set-Cookie with that value (percent-encoded)
    /flaky/N           503 until it was asked N times, then 200
    /close             a response that ends with the connection
    /drop              after the first request of a connection no answer: the connection is closed
    /gzip /deflate /br ...  "hello " 1000 times in that coding, where Python has it
    anything else      200 and the request's method and target
"""

import gzip
import json
import socket
import ssl
import sys
import threading
import urllib.parse
import zlib

lock = threading.Lock()
counts = {}


def receive(stream):
    """Gives the raw head and body of the next request; None at the end of the stream."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = stream.readline(65_536)
        if not line:
            return None
        head += line
    fields = {}
    for line in head.split(b"\r\n")[1:-2]:
        name, _, value = line.partition(b":")
        fields[name.strip().lower()] = value.strip()
    body = b""
    if fields.get(b"expect", b"").lower() == b"100-continue":
        stream.raw._sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    if fields.get(b"transfer-encoding", b"").lower() == b"chunked":
        while True:
            line = stream.readline()
            body += line
            size = int(line.split(b";")[0], 16)
            data = stream.read(size + 2)
            body += data
            if size == 0:
                break
    else:
        body = stream.read(int(fields.get(b"content-length", b"0")))
    return head, body, fields


def answer(method, target, served):
    path, _, query = target.partition("?")
    path = path.split("://")[-1]
    if not path.startswith("/"):
        path = "/" + path.partition("/")[2]
    parts = path.strip("/").split("/")
    text = f"{method} {target}\n".encode()
    if parts[0] == "to" and parts[1].isdigit():
        return int(parts[1]), {"Location": urllib.parse.unquote(query)}, b"moved"
    if parts[0] == "status":
        return int(parts[1]), {}, text
    if parts[0] == "cookie":
        return 200, {"Set-Cookie": urllib.parse.unquote(query)}, text
    if parts[0] == "flaky":
        with lock:
            counts[target] = counts.get(target, 0) + 1
            return (200 if counts[target] >= int(parts[1]) else 503), {"Retry-After": "0"}, text
    hello = b"hello " * 1000
    if parts[0] == "gzip":
        return 200, {"Content-Encoding": "gzip"}, gzip.compress(hello)
    if parts[0] == "deflate":
        return 200, {"Content-Encoding": "deflate"}, zlib.compress(hello)
    if parts[0] == "bomb":
        return 200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(100_000_000), 9)
    if parts[0] == "latin1":
        return 200, {"Content-Type": "text/plain; charset=iso-8859-1"}, "pâté".encode("latin-1")
    if parts[0] == "json":
        return 200, {"Content-Type": "application/json"}, b'{"a": [1, 2.5, null], "b": "x"}'
    return 200, {}, text


def serve(connection, port, log):
    connection.settimeout(20)
    stream = connection.makefile("rb")
    served = 0
    try:
        while True:
            request = receive(stream)
            if request is None:
                return
            head, body, fields = request
            line = head.split(b"\r\n")[0].decode("latin-1")
            method, target, version = line.split(" ")
            served += 1
            entry = {"port": port, "head": head.decode("latin-1"), "body": body.decode("latin-1"), "served": served}
            with lock:
                log.write(json.dumps(entry) + "\n")
                log.flush()
            if target.endswith("/drop") and served > 1:
                return
            status, more, content = answer(method, target, served)
            reply = f"HTTP/1.1 {status} Reason\r\n"
            closes = version == "HTTP/1.0" or fields.get(b"connection", b"").lower() == b"close"
            if target.endswith("/close"):
                closes = True
            elif status not in (204, 304):
                more = {**more, "Content-Length": str(len(content))}
            if closes:
                more = {**more, "Connection": "close"}
            reply += "".join(f"{name}: {value}\r\n" for name, value in more.items()) + "\r\n"
            without = method == "HEAD" or status in (204, 304)
            connection.sendall(reply.encode("latin-1") + (b"" if without else content))
            if closes:
                return
    except OSError:
        pass
    finally:
        stream.close()
        connection.close()


def listen(log, context=None):
    """Listens on a free port, and serves it on threads of their own; gives the port."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    port = listener.getsockname()[1]

    def one(connection):
        try:
            connection.settimeout(20)
            if context:
                connection = context.wrap_socket(connection, server_side=True)
        except OSError:
            return
        serve(connection, port, log)

    def loop():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    threading.Thread(target=loop, daemon=True).start()
    return port


def start(path, count, certificate=None, key=None):
    """Starts listening; gives the ports, that of TLS last."""
    log = open(path, "w")
    ports = [listen(log) for _ in range(count)]
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        ports.append(listen(log, context))
    return ports


if __name__ == "__main__":
    print(*start(sys.argv[1], int(sys.argv[2]), *sys.argv[3:5]), flush=True)
    # Whoever started it ends it; without one it ends by itself.
    sys.stdin.read()
