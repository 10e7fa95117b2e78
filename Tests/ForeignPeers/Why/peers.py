"""Peers that misbehave, each at a port of its own, for the set-ups that `why` is asked about. Arguments: the address, the folder of certificates."""
import socket, ssl, struct, sys, threading, time

ADDRESS, FOLDER = sys.argv[1], sys.argv[2]


def request(c):
    data = b""
    while b"\r\n\r\n" not in data:
        piece = c.recv(65536)
        if not piece:
            break
        data += piece
    return data


def says(text, wait=0):
    """Answers a request with bytes, and perhaps waits before it closes."""
    def act(c):
        request(c)
        c.sendall(text.encode() if isinstance(text, str) else text)
        time.sleep(wait)
    return act


def silent(c):
    time.sleep(20)


def reset(c):
    c.recv(65536)
    c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def closes(c):
    c.recv(65536)


def plain(c):
    data = c.recv(65536)
    if data[:1] == b"\x16":
        c.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    else:
        c.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nhi\n")


def banner(c):
    c.sendall(b"SSH-2.0-OpenSSH_9.9\r\n")
    time.sleep(1)


def statuses(c):
    path = request(c).split(b" ")[1].decode()
    status = path.strip("/") or "200"
    extra = {"401": 'WWW-Authenticate: Basic realm="pots"\r\n', "429": "Retry-After: 30\r\n"}.get(status, "")
    c.sendall(f"HTTP/1.1 {status} Status\r\n{extra}Content-Length: 0\r\nConnection: close\r\n\r\n".encode())


def circle(c):
    path = request(c).split(b" ")[1].decode()
    to = "/b" if path == "/a" else "/a"
    c.sendall(f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())


def proxy(status, extra=""):
    return says(f"HTTP/1.1 {status}\r\n{extra}Content-Length: 0\r\nConnection: close\r\n\r\n")


def tls(certificate, ca=None, versions=(None, None)):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if versions[1] == ssl.TLSVersion.TLSv1_1:
        context.set_ciphers("ALL:@SECLEVEL=0")
    if versions[0]:
        context.minimum_version = versions[0]
    if versions[1]:
        context.maximum_version = versions[1]
    context.load_cert_chain(f"{FOLDER}/{certificate}.pem", f"{FOLDER}/{certificate}.key")
    if ca:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(f"{FOLDER}/{ca}.pem")

    def act(c):
        s = context.wrap_socket(c, server_side=True)
        plain(s)
        s.close()
    return act


PAGE = "<html><body>Please log in</body></html>"
V = ssl.TLSVersion
HEAD = "HTTP/1.1 200 OK\r\n"
BODY = "x" * 100000
PEERS = {
    80: plain, 83: plain, 7101: silent, 7102: reset, 7103: closes,
    7104: says(HEAD + "Content-Length: 100\r\n\r\nonly this", wait=20), 7105: banner,
    7106: says(HEAD + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nhello"),
    7107: says(HEAD + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n"),
    7108: says(HEAD + "X: " + "a" * 400000 + "\r\n\r\n"), 7109: says(HEAD + "Content-Length: 100\r\n\r\nonly this"),
    7110: circle,
    7111: says(HEAD + f"Content-Type: text/html\r\nContent-Length: {len(PAGE)}\r\nConnection: close\r\n\r\n{PAGE}"),
    7112: says("HTTP/1.1 302 Found\r\nLocation: http://login.test/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    7113: statuses, 7114: proxy("407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="p"\r\n'),
    7115: proxy("403 Forbidden"), 7116: says(HEAD + "Content Length: 3\r\n\r\nabc"),
    7201: tls("good"), 7202: tls("expired"), 7203: tls("later"), 7204: tls("soon"), 7205: tls("other"),
    7206: tls("self"), 7207: tls("strange"), 7208: tls("alone"), 7209: tls("revoked"),
    7210: tls("good", versions=(V.TLSv1_1, V.TLSv1_1)), 7211: tls("good", "root", (None, V.TLSv1_2)),
    7212: tls("good", "root", (V.TLSv1_3, None)),
}


def serve(address, port, act, family=socket.AF_INET):
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    listener.bind((address, port))
    listener.listen(64)

    def one(c):
        try:
            act(c)
        except (OSError, ssl.SSLError, IndexError):
            pass
        finally:
            c.close()

    def loop():
        while True:
            c, _ = listener.accept()
            threading.Thread(target=one, args=(c,), daemon=True).start()
    threading.Thread(target=loop, daemon=True).start()


def name_server():
    """Answers by the name that is asked for: the first label says what goes wrong."""
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind((ADDRESS, 53))
    codes = {b"nxdomain": 3, b"servfail": 2, b"refused": 5}
    while True:
        data, peer = udp.recvfrom(4096)
        end = data.index(0, 12) + 5
        question = data[12:end]
        label = question[1:1 + question[0]].lower()
        code = codes.get(label, 0 if label in (b"web", b"nodata", b"truncated", b"good") else 3)
        flags = 0x8180 | code | (0x0200 if label == b"truncated" else 0)
        kind = struct.unpack(">H", data[end - 4:end - 2])[0]
        answer = b""
        if label in (b"web", b"good") and kind == 1:
            answer = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 60, 4) + socket.inet_aton(ADDRESS)
        udp.sendto(data[:2] + struct.pack(">HHHHH", flags, 1, 1 if answer else 0, 0, 0) + question + answer, peer)


for port, act in PEERS.items():
    serve(ADDRESS, port, act)
serve("127.0.0.1", 83, plain)
serve("127.0.0.1", 7001, plain)
serve("::1", 7002, plain, socket.AF_INET6)
serve("127.0.0.1", 7003, plain)
# Behind a link that loses what is large.
serve("10.0.6.2", 80, says(HEAD + f"Content-Length: {len(BODY)}\r\n\r\n{BODY}", wait=20))
serve("10.0.6.2", 443, tls("long"))


def lame():
    """Answers every question without authority, with the root's servers: what a server does that was never told of the zone."""
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("10.0.6.6", 53))
    while True:
        data, peer = udp.recvfrom(4096)
        end = data.index(0, 12) + 5
        root = b"\0" + struct.pack(">HHIH", 2, 1, 60, 20) + b"\1a\x0croot-servers\3net\0"
        udp.sendto(data[:2] + struct.pack(">HHHHH", 0x8000, 1, 0, 1, 0) + data[12:end] + root, peer)


threading.Thread(target=lame, daemon=True).start()
print("ready", flush=True)
name_server()
