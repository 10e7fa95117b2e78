"""Makes requests by nsh to nginx, through tinyproxy (by TLS too), microsocks and dante, and compares what came with what is known.

    python3 real_servers.py NSH

Each check is a line of nsh with what it must print; it ends with 1 if one printed something else.
"""

import fcntl
import hashlib
import os
import pty
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

import recorder

CLEAN = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
CLEAN["PATH"] += ":/usr/sbin:/sbin"


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def await_port(port):
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"nothing listens on {port}")


def certificates(folder):
    """An authority, a server's certificate for localhost, and a client's."""
    def openssl(*words):
        subprocess.run(["openssl", *words], cwd=folder, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl("req", "-x509", *key, "-subj", "/CN=The test's CA", "-keyout", "ca.key", "-out", "ca.crt")
    for name, subject in [("server", "localhost"), ("client", "somebody")]:
        openssl("req", *key, "-subj", f"/CN={subject}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        with open(f"{folder}/{name}.ext", "w") as file:
            file.write(f"subjectAltName=DNS:{subject}\n")
        openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
                "-extfile", f"{name}.ext", "-out", f"{name}.crt")


def nginx(folder, plain, secure, mutual, upstream):
    user = "user root;" if os.geteuid() == 0 else ""
    scratch = " ".join(f"{name}_temp_path {folder}/{name};" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
    places = f"""
      root {folder}/www;
      location /zip/ {{ alias {folder}/www/; gzip on; gzip_types *; gzip_min_length 1; }}
      location /private/ {{ alias {folder}/www/; auth_basic "pots"; auth_basic_user_file {folder}/users; }}
      location /slow/ {{ alias {folder}/www/; limit_rate 2m; }}
      location /short/ {{ alias {folder}/www/; keepalive_timeout 1s; }}
      location /moved {{ return 301 /text; }}
      location /found {{ return 302 https://localhost:{secure}/text; }}
      location /see {{ return 303 ../text; }}
      location /kept {{ return 307 /up; }}
      location /up {{ proxy_pass http://127.0.0.1:{upstream}; proxy_http_version 1.1; }}
      location /close {{ proxy_pass http://127.0.0.1:{upstream}; proxy_buffering off; }}
      location /small {{ client_max_body_size 10; proxy_pass http://127.0.0.1:{upstream}; }}
    """
    tls = f"ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate {folder}/server.crt; ssl_certificate_key {folder}/server.key;"
    with open(f"{folder}/nginx.conf", "w") as file:
        file.write(f"""
daemon off; {user} worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
  log_format short '$status $request_method $http_range $connection'; access_log {folder}/access.log short;
  default_type text/plain; {scratch}
  server {{ listen 127.0.0.1:{plain}; absolute_redirect off; {places} }}
  server {{ listen 127.0.0.1:{secure} ssl; {tls} {places} }}
  server {{ listen 127.0.0.1:{mutual} ssl; {tls} ssl_client_certificate {folder}/ca.crt; ssl_verify_client on;
           location / {{ return 200 $ssl_client_s_dn; }} }}
}}
""")
    return start("nginx", "-p", folder, "-c", "nginx.conf")


def dante(folder, port):
    """Starts dante with a user of its own: it asks the system's list of them, which is another one in a namespace of its mounts."""
    digest = subprocess.run(["openssl", "passwd", "-6", "pass"], capture_output=True, text=True).stdout.strip()
    files = {
        "passwd": "root:x:0:0::/:/bin/sh\nme:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n",
        "shadow": f"me:{digest}:19000:0:99999:7:::\n",
        "danted.conf": f"""
logoutput: {folder}/danted.log
internal: 127.0.0.1 port = {port}
external: 127.0.0.1
clientmethod: none
socksmethod: username
user.privileged: root
user.unprivileged: root
client pass {{ from: 0.0.0.0/0 to: 0.0.0.0/0 }}
socks block {{ from: 0.0.0.0/0 to: 127.0.0.2/32 }}
socks pass {{ from: 0.0.0.0/0 to: 0.0.0.0/0 socksmethod: username }}
""",
    }
    for name, text in files.items():
        with open(f"{folder}/{name}", "w") as file:
            file.write(text)
    mounts = f"mount --bind {folder}/passwd /etc/passwd && mount --bind {folder}/shadow /etc/shadow"
    return start("unshare", "-Urm", "sh", "-c", f"{mounts} && exec danted -f {folder}/danted.conf")


def lazy_server():
    """A server that reads what it is sent only after two seconds; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listener.accept()
        time.sleep(2)
        with connection, connection.makefile("rb") as stream:
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            stream.read(length)
            connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]


def on_terminal(nsh, line, environment):
    """Runs a line with a terminal for its errors; gives what stood there and on standard output."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with subprocess.Popen([nsh, "-c", line], env={**environment, "TERM": "xterm"}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 65_536)
            except OSError:
                piece = b""
            if not piece:
                break
            seen += piece
        os.close(ours)
        return seen.decode(), process.stdout.read().decode()


def start(*words):
    """Starts a server that keeps nothing of ours open."""
    return subprocess.Popen(words, env=CLEAN, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def stop(process):
    """Ends a server, and with it its workers, which it ends only if it is asked and not killed."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main():
    nsh = sys.argv[1]
    folder = tempfile.mkdtemp(prefix="nsh-test-")
    started = []
    wrong = []
    count = 0

    def check(line, wanted, status=0, environment=None, within=""):
        """Runs a line; `wanted` is what it prints, or a function of it."""
        nonlocal count
        count += 1
        done = subprocess.run([nsh, "-c", line], cwd=f"{folder}/work", env={**CLEAN, "HOME": folder, **(environment or {})},
                              capture_output=True, text=True, timeout=120)
        good = wanted(done.stdout) if callable(wanted) else done.stdout == wanted
        if not good or done.returncode != status or within not in done.stderr:
            wrong.append(f"{line}\n  gave {done.returncode} {done.stdout[:400]!r}\n  {done.stderr[:800]}\n  wanted {wanted!r}")

    try:
        for name in ["www", "work"]:
            os.mkdir(f"{folder}/{name}")
        os.chmod(folder, 0o755)
        certificates(folder)
        with open(f"{folder}/www/text", "w") as file:
            file.write("".join(f"line {number}\n" for number in range(2000)))
        content = os.urandom(6_000_000)
        with open(f"{folder}/www/big", "wb") as file:
            file.write(content)
        text = hashlib.sha256(open(f"{folder}/www/text", "rb").read()).hexdigest()
        big = hashlib.sha256(content).hexdigest()
        digest = subprocess.run(["openssl", "passwd", "-apr1", "coffee"], capture_output=True, text=True).stdout.strip()
        with open(f"{folder}/users", "w") as file:
            file.write(f"pot:{digest}\n")
        with open(f"{folder}/.netrc", "w") as file:
            file.write("machine 127.0.0.1 login pot password coffee\n")
        upstream, = recorder.start(f"{folder}/log", 1)
        plain, secure, mutual, tiny, tinyauth, socks, socksauth, nobody, tinytls, sockd = free_ports(10)
        started.append(nginx(folder, plain, secure, mutual, upstream))
        for port, extra in [(tiny, ""), (tinyauth, "BasicAuth me pass\n")]:
            with open(f"{folder}/tiny{port}", "w") as file:
                file.write(f"Port {port}\nListen 127.0.0.1\nTimeout 60\nMaxClients 20\nLogLevel Critical\nAllow 127.0.0.1\n"
                           f"PidFile \"{folder}/tiny{port}.pid\"\nLogFile \"{folder}/tiny{port}.log\"\n{extra}")
            started.append(start("tinyproxy", "-d", "-c", f"{folder}/tiny{port}"))
        started.append(start("microsocks", "-i", "127.0.0.1", "-p", str(socks)))
        started.append(start("microsocks", "-i", "127.0.0.1", "-p", str(socksauth), "-u", "me", "-P", "pass"))
        started.append(start("socat", f"OPENSSL-LISTEN:{tinytls},bind=127.0.0.1,fork,reuseaddr,verify=0,cert={folder}/server.crt,"
                             f"key={folder}/server.key", f"TCP:127.0.0.1:{tinyauth}"))
        started.append(dante(folder, sockd))
        for port in [plain, secure, mutual, tiny, tinyauth, socks, socksauth, tinytls, sockd]:
            await_port(port)
        at, safe, ca = f"http://127.0.0.1:{plain}", f"https://localhost:{secure}", f"--ca {folder}/ca.crt"

        # TLS, and connections that are used again
        check(f"http get {safe}/text {ca} | hash sha256", text + "\n")
        check(f"(http get {safe}/text {ca}).connection.tls | select version alpn verified", "version\tTLSv1.3\nalpn\thttp/1.1\nverified\ttrue\n")
        check(f"http get {safe}/text | get status", "", 60, within="issue")
        check(f"http get {safe}/text --insecure | get status", "200\n", within="WARNING")
        check(f"for n in 1..5 {{ let r = http get {safe}/text {ca}; $r.connection.requests }}", "1\n2\n3\n4\n5\n")
        check(f"for n in 1..3 {{ let r = http get {at}/text; $r.connection.requests }}; http close; "
              f"(http get {at}/text).connection.reused", "1\n2\n3\n1\nfalse\n")
        check(f"let a = http get {safe}/text {ca}; let b = http get {safe}/text --insecure; $b.connection.reused", "false\n")
        check(f"(http get {safe}/text {ca}).timings | columns | len", "8\n")
        check(f"let r = http get {safe}/text {ca}; $r.timings.total >= $r.timings.tls; $r.timings.tls > 0s", "true\ntrue\n")
        check(f"1..40 | each --parallel 8 {{|n| http get {at}/text | hash sha256}} | uniq", text + "\n")
        # A certificate of ours
        check(f"http get https://localhost:{mutual}/ {ca} | get status", "400\n")
        check(f"http get https://localhost:{mutual}/ {ca} --cert {folder}/client.crt --key {folder}/client.key | get text", "CN=somebody\n")
        # Codings and ranges
        check(f"let r = http get {at}/zip/text --compressed; $r.headers.content-encoding; $r | hash sha256", f"gzip\n{text}\n")
        check(f"http get {at}/zip/text --compressed --raw | from gzip | hash sha256", text + "\n")
        check(f"let r = http get {at}/text Range:bytes=5-9; $r.status; $r.text", "206\n0\nlin\n")
        check(f"http get http://127.0.0.1:{upstream}/deflate | len", "6000\n")
        check(f"http get http://127.0.0.1:{upstream}/bomb | hash sha256", "", 1, within="200 times")
        check(f"http get http://127.0.0.1:{upstream}/bomb --limit 200MB | len", "100000000\n")
        check(f"http get http://127.0.0.1:{upstream}/latin1 | get text", "pâté\n")
        check(f"(http get http://127.0.0.1:{upstream}/json).json.a[1]", "2.5\n")
        # Who asks
        check(f"http get {at}/private/text | get status", "401\n")
        check(f"http get {at}/private/text --user pot:coffee | get status", "200\n")
        check(f"http get http://pot:coffee@127.0.0.1:{plain}/private/text | get url", f"{at}/private/text\n")
        check(f"http get {at}/private/text --netrc | get status", "200\n")
        check(f"http get {at}/private/text --user pot:tea --fail", "", 22)
        # Redirects
        check(f"let r = http get {at}/moved --follow 3; $r.status; $r.redirects.status; $r.url", f"200\n301\n{at}/text\n")
        check(f"http get {at}/found --follow 3 {ca} | hash sha256", text + "\n")
        check(f"http get {at}/see --follow 1 | hash sha256", text + "\n")
        check(f"http post {at}/kept --body x --follow 1 | get text", "POST /up\n")
        check(f"open {folder}/www/text | http post {at}/kept --follow 1", "", 56, within="stream")
        # Bodies up and down
        check(f"http get {at}/close | get headers | get transfer-encoding", "chunked\n")
        check(f"http get {at}/close | get text", "GET /close\n")
        check(f"http put {at}/small --file {folder}/www/big | get status", "413\n")
        check(f"open {folder}/www/text | http put {at}/up | get text", "PUT /up\n")
        check(f"http post {at}/up --body hello Expect:100-continue | get text", "POST /up\n")
        check(f"http get {at}/big | save copy --checksum sha256:{big}; open copy | hash sha256", big + "\n")
        check(f"http get {at}/big | save wrong --checksum sha256:{text}", "", 1, within="sha256")
        check("ls | where {|f| $f.name == 'wrong'} | count", "0\n")
        # What broke off goes on
        check(f"try {{ http get {at}/slow/big --timeout 700ms | save part --continue }} catch e {{ $e.code }}", "timeout\n")
        size = os.path.getsize(f"{folder}/work/part.part")
        if not 0 < size < len(content) or os.path.exists(f"{folder}/work/part"):
            wrong.append(f"a part of {size} bytes")
        def asked(line, requests, *rest):
            """Checks a line, and by nginx's log that these were all its requests."""
            before = len(open(f"{folder}/access.log").readlines())
            check(line, *rest)
            new = [entry.rsplit(" ", 1)[0] for entry in open(f"{folder}/access.log").readlines()[before:]]
            if new != requests:
                wrong.append(f"{line} asked {new}, not {requests}")

        goes_on = f"http get {at}/slow/big | save part --continue --checksum sha256:{big}; open part | hash sha256"
        label = open(f"{folder}/work/part.part.of").read()
        asked(goes_on, [f"206 GET bytes={size}-"], big + "\n")
        # All of it had come already; a part of an older version; of another URL; longer than the file is now; nothing yet
        for length, note, requests in [
            (len(content), label, [f"416 GET bytes={len(content)}-"]), (1000, label.replace('"', '"0', 1), ["200 GET bytes=1000-"]),
            (1000, label.replace("big", "text"), ["200 GET -"]), (len(content) + 1, label, [f"416 GET bytes={len(content) + 1}-", "200 GET -"]),
            (0, "", ["200 GET -"]),
        ]:
            with open(f"{folder}/work/part.part", "wb") as file:
                file.write((content + b"x")[:length])
            with open(f"{folder}/work/part.part.of", "w") as file:
                file.write(note)
            asked(goes_on.replace("/slow", ""), requests, big + "\n") if "slow" not in note else asked(goes_on, requests, big + "\n")
        # nginx closes an idle connection of which nobody awaits anything: an end, and no error
        check(f"let c = tcp connect {at[7:]}; http send $c GET /short/text; (http read $c --whole).body | hash sha256; (http read $c) == null",
              f"{text}\ntrue\n")
        check(f"let c = tcp connect {at[7:]}; send $c 'x' ; (http read $c --whole).status; (http read $c) == null", "400\ntrue\n")
        # Options of the request and of the saving that go with it
        asked(f"http get {at}/zip/text --compressed | save z --continue; open z | hash sha256", ["200 GET -"], text + "\n")
        asked(f"http get {at}/gone --fail | save z --continue", ["404 GET -"], "", 22)
        asked(f"http get {at}/gone | save z --continue", ["404 GET -"], "", 22)
        asked(f"http get {at}/text | save z --continue --checksum md5", [], "", 1)
        asked(f"def text [] {{ http get {at}/text }}; text | save z --continue; open z | hash sha256", ["200 GET -"], text + "\n")
        check("ls | where {|f| $f.name =~ 'part\\.'} | count", "0\n")
        # Cookies for more than one host: whatever curl keeps by the list of public suffixes, and nothing else
        for host, domain in [
            ("shop.co.uk", "co.uk"), ("shop.co.uk", "shop.co.uk"), ("www.shop.co.uk", "shop.co.uk"), ("a.com", "com"), ("a.b.ck", "b.ck"),
            ("www.ck", "www.ck"), ("x.www.ck", "www.ck"), ("me.github.io", "github.io"), ("a.example.test", "example.test"),
            ("a.b.kobe.jp", "b.kobe.jp"), ("x.city.kobe.jp", "city.kobe.jp"), ("a.xn--55qx5d.cn", "xn--55qx5d.cn"), ("a.blogspot.com", "blogspot.com"),
            ("a.s3.amazonaws.com", "s3.amazonaws.com"), ("a.b.test", "b.test"), ("co.uk", "co.uk"),
        ]:
            there = f"http://{host}:{upstream}"
            set_by = f"{there}/cookie?c%3D1%3B%20Domain%3D{domain}%3B%20Path%3D/"
            jar = f"{folder}/jar"
            subprocess.run(["curl", "-q", "-s", "-o", "/dev/null", "-c", jar, "--resolve", f"{host}:{upstream}:127.0.0.1", set_by], env=CLEAN)
            kept = int(any(line.endswith("\t1\n") for line in open(jar)))
            os.remove(jar)
            check(f"http session s {{ http get '{set_by}' --resolve {host}:{upstream}:127.0.0.1 }} | get status; http cookies s | count",
                  f"200\n{kept}\n")
        # Redirects as browsers read them
        for location, target in [
            ("/a%5Cb%5C..%5Cc", "/a/c"), ("%5C%5C127.0.0.1:PORT%5Cback", "/back"), ("/a%09b", "/ab"), ("/sp%20ace%20", "/sp%20ace"),
            ("http:%5C%5C127.0.0.1:PORT%5Cx", "/x"), ("http://0x7f.1:PORT/hex", "/hex"), ("/%25zz", "/%zz"), ("/a/%252e%252e/b", "/b"),
        ]:
            line = f"http get 'http://127.0.0.1:{upstream}/to/302?{location.replace('PORT', str(upstream))}' --follow 1 | get url"
            check(line, f"http://127.0.0.1:{upstream}{target}\n")
        check(f"http get http://M\u00dcNCHEN.test:{upstream}/x --resolve m\u00fcnchen.test:{upstream}:127.0.0.1 | get url",
              f"http://xn--mnchen-3ya.test:{upstream}/x\n")
        check(f"http build GET http://m\u00fcnchen.test/ | lines | first 2 | last", "Host: xn--mnchen-3ya.test\n")
        # A person sees how far a long upload is; a program does not
        line = "http put http://127.0.0.1:{}/ --file {} | get status"
        seen, said = on_terminal(nsh, line.format(lazy_server(), f"{folder}/www/big"), CLEAN)
        count += 1
        if said != "204\n" or "send  [" not in seen or "of 5.7 MiB" not in seen:
            wrong.append(f"the bar of an upload: {seen!r} {said!r}")
        check(line.format(lazy_server(), f"{folder}/www/big"), "204\n")
        # Where else to connect
        check(f"http get http://a.test:{plain}/text --resolve a.test:{plain}:127.0.0.1 | hash sha256", text + "\n")
        check(f"http get http://a.test/text --connect-to a.test:80:127.0.0.1:{plain} | hash sha256", text + "\n")
        check(f"http get 127.0.0.1:{plain}/text | get status; http get :{plain}/text | get status", "200\n200\n")
        check(f"http get http://127.0.0.1:{nobody}/ --retry 1", "", 7)
        check(f"http get http://127.0.0.1:{upstream}/flaky/3 --retry 4 | get status", "200\n")
        check(f"http post http://127.0.0.1:{upstream}/status/500 --body x --retry 2 | get status", "500\n")
        # A connection that the server closed while it rested, and one that it drops unanswered
        check(f"for n in 1..4 {{ http get http://127.0.0.1:{upstream}/drop | get status }}", "200\n" * 4)
        check(f"let a = http get http://127.0.0.1:{upstream}/x; http post http://127.0.0.1:{upstream}/drop --body x", "", 56)

        # Proxies
        http, auth = f"http://127.0.0.1:{tiny}", f"127.0.0.1:{tinyauth}"
        check(f"let r = http get {at}/text --proxy {http}; $r.headers.via =~ 'tinyproxy'; $r | hash sha256", f"true\n{text}\n")
        check(f"http get {safe}/text {ca} --proxy {http} | hash sha256", text + "\n")
        check(f"for n in 1..3 {{ (http get {safe}/text {ca} --proxy {http}).connection.requests }}", "1\n2\n3\n")
        check(f"http get {at}/text --proxy http://{auth} | get status", "407\n")
        check(f"http get {at}/text --proxy http://me:pass@{auth} | hash sha256", text + "\n")
        check(f"http get {safe}/text {ca} --proxy http://me:pass@{auth} | hash sha256", text + "\n")
        check(f"http get {safe}/text {ca} --proxy http://{auth}", "", 56, within="407")
        check(f"http get {safe}/text {ca} --proxy http://me:s3cr3t@{auth}", "", 56, within="401")
        check(f"http get {at}/text --proxy http://127.0.0.1:{nobody}", "", 7, within="proxy")
        for kind in ["socks5", "socks5h"]:
            check(f"http get {at}/text --proxy {kind}://127.0.0.1:{socks} | hash sha256", text + "\n")
            check(f"http get {safe}/text {ca} --proxy {kind}://127.0.0.1:{socks} | hash sha256", text + "\n")
            check(f"http get {at}/text --proxy {kind}://me:pass@127.0.0.1:{socksauth} | hash sha256", text + "\n")
            check(f"http get {at}/text --proxy {kind}://me:wrong@127.0.0.1:{socksauth}", "", 56, within="proxy")
            check(f"http get {at}/text --proxy {kind}://127.0.0.1:{socksauth}", "", 56, within="proxy")
            check(f"http get http://127.0.0.1:{nobody}/ --proxy {kind}://127.0.0.1:{socks}", "", 7, within="refused")
        # By TLS to the proxy, and to the origin inside it
        inside = f"https://me:pass@localhost:{tinytls}"
        check(f"let r = http get {at}/text {ca} --proxy {inside}; $r.headers.via =~ 'tinyproxy'; $r | hash sha256", f"true\n{text}\n")
        check(f"http get {safe}/big {ca} --proxy {inside} | hash sha256", big + "\n")
        check(f"http put {safe}/small {ca} --proxy {inside} --file {folder}/www/big | get status", "413\n")
        check(f"http post {safe}/up {ca} --proxy {inside} --body hello | get text", "POST /up\n")
        check(f"for n in 1..3 {{ (http get {safe}/text {ca} --proxy {inside}).connection.requests }}", "1\n2\n3\n")
        check(f"(http get {safe}/text {ca} --proxy {inside}).connection.tls | select version verified", "version\tTLSv1.3\nverified\ttrue\n")
        check(f"(http get {at}/text {ca} --proxy {inside}).connection | columns | where {{|c| $c == 'tls'}} | count", "0\n")
        check(f"http get https://localhost:{mutual}/ {ca} --proxy {inside} --cert {folder}/client.crt --key {folder}/client.key | get text",
              "CN=somebody\n")
        check(f"http get {safe}/text --insecure --proxy-ca {folder}/ca.crt --proxy {inside} | get status", "200\n", within="WARNING")
        check(f"http get {safe}/text {ca} --proxy https://localhost:{tinytls}", "", 56, within="407")
        check(f"http get {at}/text --insecure --proxy {inside}", "", 60, within=f"proxy https://localhost:{tinytls}")
        check(f"http get {at}/text {ca} --proxy https://127.0.0.1:{tinytls}", "", 60, within="127.0.0.1")
        check(f"http get {at}/text {ca} --proxy https://localhost:{plain}", "", 35, within="proxy")
        check(via_inside := f"http get {safe}/text {ca} | get status", "200\n", environment={"https_proxy": inside})
        check(f"{via_inside}; wire", lambda said: "bWU6cGFzcw" not in said and "handshake" in said, environment={"https_proxy": inside})
        # dante: a user it knows, one it does not, nobody, and where its rules let nobody
        for kind in ["socks5", "socks5h"]:
            at_dante = f"{kind}://me:pass@127.0.0.1:{sockd}"
            check(f"http get {at}/text --proxy {at_dante} | hash sha256", text + "\n")
            check(f"http get {safe}/text {ca} --proxy {at_dante} | hash sha256", text + "\n")
            check(f"http get {at}/text --proxy {kind}://me:wrong@127.0.0.1:{sockd}", "", 56, within="password")
            check(f"http get {at}/text --proxy {kind}://127.0.0.1:{sockd}", "", 56, within="proxy")
            check(f"http get http://127.0.0.2:{plain}/text --proxy {at_dante}", "", 56, within="rule")
            check(f"http get http://127.0.0.1:{nobody}/ --proxy {at_dante}", "", 7, within="refused")
        proxied = {"http_proxy": http, "https_proxy": http}
        via = "let r = http get {}; $r.connection | columns | where {{|c| $c == 'proxy'}} | count"
        check(via.format(at + "/text"), "1\n", environment=proxied)
        check(via.format(at + "/text --proxy ''"), "0\n", environment=proxied)
        check(via.format(at + "/text"), "0\n", environment={"HTTP_PROXY": http})
        check(via.format(at + "/text"), "1\n", environment={"ALL_PROXY": f"socks5://127.0.0.1:{socks}"})
        for but in ["127.0.0.1", "*", "127.0.0.0/8", "other, 127.0.0.1"]:
            check(via.format(at + "/text"), "0\n", environment={**proxied, "no_proxy": but})
        check(via.format(f"{safe}/text {ca}"), "0\n", environment={**proxied, "NO_PROXY": ".localhost"})
        check(via.format(f"{safe}/text {ca}"), "1\n", environment={**proxied, "NO_PROXY": "ocalhost"})
        check(f"http get {at}/text --proxy {http} --noproxy 127.0.0.1 | get headers | columns | where {{|c| $c == 'Via'}} | count", "0\n")
    finally:
        for process in started:
            stop(process)
        shutil.rmtree(folder, ignore_errors=True)
    for failure in wrong:
        print(failure)
    print(f"{count - len(wrong)} of {count} as wanted")
    return 1 if wrong else 0


sys.exit(main())
