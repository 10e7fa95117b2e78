#!/usr/bin/python3
"""The lab of the built program as foreign clients see it: lab.py NSH TOPIC ends with 0, or says what was otherwise."""
import ftplib
import io
import json
import os
import pty
import queue
import re
import select
import smtplib
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

NSH = sys.argv[1]


class Lab:
    """A shell in which a lab runs; each statement on its standard input is run and flushed at once."""

    def __init__(self, first="lab start | count"):
        self.shell = subprocess.Popen([NSH, "--keep-going", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.lines = queue.Queue()
        threading.Thread(target=lambda: [self.lines.put(line) for line in self.shell.stdout], daemon=True).start()
        self.ask(first)
        self.find()

    def find(self):
        """Learns where each part really listens."""
        self.places = {}
        for part in json.loads("".join(self.ask("lab | select name 'mapped to' | to json"))):
            host, port = part["mapped to"].rsplit(":", 1)
            self.places[part["name"]] = (host, int(port))

    def ask(self, text):
        self.shell.stdin.write(text.encode() + b"\nprint '=end='\n")
        self.shell.stdin.flush()
        found = []
        while True:
            line = self.lines.get(timeout=120).decode().rstrip("\n")
            if line.endswith("=end="):
                return found + ([line[:-5]] if line != "=end=" else [])
            found.append(line)

    def code(self, text):
        """The code of the error that a statement ends in, or what it gives."""
        return " ".join(self.ask(f"try {{ {text} }} catch e {{ print $e.code }}"))

    def end(self):
        self.shell.stdin.close()
        assert self.shell.wait(timeout=60) >= 0


def run(*words, seconds=60, text=True):
    done = subprocess.run(words, capture_output=True, timeout=seconds, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")


def same(what, found, wanted):
    assert found == wanted, f"{what}: {found!r}, and {wanted!r} was wanted"


def has(what, text, wanted):
    assert wanted in text, f"{what}: {wanted!r} is not in {text!r}"


# What curl's exit status and output, and nsh's code or result, shall be for each sin of a web server.
WEB = {
    "slow": (28, "", "timeout"),
    "reset": (56, "", "ECONNRESET"),
    "truncated": (18, "", "http-body-truncated"),
    "silent": (28, "", "timeout"),
    "bad-chunk": (56, "", "http-bad-chunk-size"),
    "wrong-length": (0, "200 726", "200"),
    "endless-headers": (56, "", "http-header-too-large"),
    "server-error": (0, "500", "500"),
    "redirect-loop": (47, "", "http-redirect-loop"),
    "captive-portal": (0, "Welcome to the network", "200"),
}


def web():
    lab = Lab()
    host, port = lab.places["www.rfc.test:80"]
    portal = "%s:%s" % lab.places["portal.test:80"]
    url = "http://www.rfc.test/rfc/rfc9997.txt"
    curl = ["curl", "-sSL", "--noproxy", "*", "--max-redirs", "5", "--connect-to", f"www.rfc.test:80:{host}:{port}",
            "--connect-to", f"portal.test:80:{portal}", "-w", "%{http_code} %{size_download}", url]
    same("well", run(*curl)[0], 0)
    for sin, (status, words, code) in WEB.items():
        same(sin, lab.ask(f"lab break www.rfc.test:80 {sin}"), [])
        got, text = run(*curl, "--max-time", "1" if status == 28 else "20")
        same(f"curl, {sin}: {text}", got, status)
        has(f"curl, {sin}", text, words)
        same(f"nsh, {sin}", lab.code(f"(http get {url} --follow 5 --timeout {'1s' if status == 28 else '20s'}).status"), code)
    # Drop by drop, and whole in the end.
    lab.ask("lab break www.rfc.test:80 slow")
    start = time.monotonic()
    status, text = run(*curl)
    assert status == 0 and "200 1453" in text and time.monotonic() - start > 1.5, text
    lab.ask("lab mend www.rfc.test")
    same("mended", run(*curl)[0], 0)
    lab.end()


def certificates():
    lab = Lab()
    folder = tempfile.mkdtemp()
    ca = folder + "/ca.pem"
    lab.ask(f"lab ca | save {ca}")
    host, port = lab.places["www.example.test:443"]
    wanted = {None: (0, "200"), "wrong-certificate": (62, "certificate-name"),
              "expired-certificate": (10, "certificate-expired"), "untrusted-certificate": (18, "certificate-self-signed"),
              "captive-portal": (62, "certificate-name")}
    for sin, (number, code) in wanted.items():
        if sin:
            lab.ask(f"lab break www.example.test:443 {sin}")
        status, text = run("openssl", "s_client", "-connect", f"{host}:{port}", "-CAfile", ca, "-verify_hostname",
                           "www.example.test", "-servername", "www.example.test")
        has(f"openssl, {sin}", text, f"Verify return code: {number} ")
        status, text = run("curl", "-sS", "--noproxy", "*", "--cacert", ca, "--connect-to", f"www.example.test:443:{host}:{port}",
                           "https://www.example.test/")
        same(f"curl, {sin}: {text}", status, 60 if sin else 0)
        same(f"nsh, {sin}", lab.code("(http get https://www.example.test/).status"), code)
        same(f"nsh by hand, {sin}", lab.code("let c = tls connect www.example.test:443; print ok"), code if sin else "ok")
    lab.ask("lab mend")
    # Only names of the lab are vouched for: with any other the lab's authority counts for nothing.
    same("elsewhere", lab.code(f"tls connect {host}:{port} --name www.example.test | get state"), "connected")
    found = lab.code(f"tls connect {host}:{port}")
    assert found.startswith("certificate-"), found
    # Curl believes nobody here without the file.
    same("curl without the file", run("curl", "-sS", "--noproxy", "*", f"https://{host}:{port}/")[0], 60)
    lab.end()


def names():
    lab = Lab()
    host, port = lab.places["ns.example.test:53"]

    def dig(*words, at=(host, port)):
        return run("dig", f"@{at[0]}", "-p", str(at[1]), "+tries=1", "+time=1", *words)[1]

    has("dig", dig("www.example.test"), "127.10.0.81")
    has("dig", dig("www.example.test", "+tcp"), "status: NOERROR")
    has("dig", dig("www.example.test"), "flags: qr aa")
    has("resolver", dig("web.example.test", at=lab.places["resolver.test:53"]), "127.10.0.81")
    has("resolver", dig("web.example.test", at=lab.places["resolver.test:53"]), "ra;")
    has("resolver", dig("none.example.test", at=lab.places["resolver.test:53"]), "status: NXDOMAIN")
    has("resolver", dig("-x", "127.10.0.81", at=lab.places["resolver.test:53"]), "www.example.test.")
    # A referral from the root, with glue.
    root = dig("www.example.test", "+norec", at=lab.places["ns.root.test:53"])
    has("root", root, "test.\t\t\t60\tIN\tNS\tns.test.")
    has("root", root, "127.10.0.2")
    # What dig sees, and what the lab's resolver makes of it for nsh.
    wanted = {
        "servfail": ("status: SERVFAIL", "SERVFAIL", "dns-lame"), "refused": ("status: REFUSED", "SERVFAIL", "dns-lame"),
        "silent": ("timed out", "SERVFAIL", "timeout"), "lame": ("ns.root.test.", "SERVFAIL", "dns-lame"),
        "truncated": ("retrying in TCP mode", "NOERROR", "answer"),
        "closed": ("connection refused", "SERVFAIL", "ECONNREFUSED"),
    }
    for sin, (words, code, walk) in wanted.items():
        same(sin, lab.ask(f"lab break ns.example.test {sin}"), [])
        has(f"dig, {sin}", dig("www.example.test"), words)
        same(f"nsh, {sin}", lab.code("print (dns www.example.test A).rcode"), code)
        has(f"walk, {sin}", lab.code("dns trace www.example.test | each {|s| print $s.result}"), walk)
    has("dig, truncated", (lab.ask("lab break ns.example.test truncated"), dig("www.example.test", "+ignore"))[1], "qr tc")
    lab.ask("lab mend")
    has("mended", dig("www.example.test"), "127.10.0.81")
    # The resolver itself can be broken, and then the session finds no name by it.
    lab.ask("lab break resolver.test refused")
    has("dig", dig("www.example.test", at=lab.places["resolver.test:53"]), "status: REFUSED")
    same("nsh", lab.code("print (dns resolve www.example.test).name"), "REFUSED")
    for sin, words in [("servfail", "status: SERVFAIL"), ("silent", "timed out"), ("truncated", "retrying in TCP mode"),
                       ("closed", "connection refused")]:
        lab.ask(f"lab break resolver.test {sin}")
        has(f"dig, {sin}", dig("www.example.test", at=lab.places["resolver.test:53"]), words)
    lab.ask("lab mend")
    # Each part is to be found at the address that its name has.
    for name, place in lab.places.items():
        same(name, lab.ask(f"dns {name.split(':')[0]} A --short"), [place[0]])
    lab.end()


# What a fetch of a name ends in when the server that knows it, or the resolver, is broken; `why` then says dns.
LOOKUPS = {
    "ns.example.test": {"servfail": "SERVFAIL", "refused": "SERVFAIL", "lame": "SERVFAIL", "silent": "SERVFAIL", "closed": "SERVFAIL",
                        "truncated": "200"},
    "resolver.test": {"servfail": "SERVFAIL", "refused": "REFUSED", "silent": "timeout", "closed": "ECONNREFUSED", "truncated": "200"},
    "ns.test": {"servfail": "SERVFAIL"},
    "ns.root.test": {"refused": "SERVFAIL"},
}


def lookups():
    """Who breaks a name server breaks the fetch of the names behind it, at the layer of DNS, and nothing else."""
    lab = Lab()
    url = "http://www.rfc.test/rfc/rfc9997.txt"
    host, port = lab.places["www.rfc.test:80"]
    for part, sins in LOOKUPS.items():
        for sin, code in sins.items():
            same("well", lab.code(f"(http get {url}).status"), "200")
            lab.ask(f"lab break {part} {sin}")
            patience = "1s" if code == "timeout" else "20s"
            found = lab.ask(f"try {{ print (http get {url} --timeout {patience}).status }} catch e {{ print $e.code (why $e --timeout 1s).layer }}")
            assert code in found and (code == "200" or found[-1] == "dns"), (part, sin, found)
            if sin != "silent":
                same(f"tcp, {part} {sin}", lab.code("tcp connect www.rfc.test:80 | get state"), "connected" if code == "200" else code)
            # The web server is as well as before, for who knows its address.
            same("by address", run("curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "--noproxy", "*",
                                   f"http://{host}:{port}/rfc/rfc9997.txt")[1], "200")
            lab.ask("lab mend")
    lab.ask("lab break ns.example.test refused")
    for text in ["ping www.rfc.test --count 1", "udp connect echo.example.test:7", "tcp probe www.rfc.test 80 --timeout 2s",
                 "tcp connect mail.example.test:25"]:
        same(text, lab.code(text), "SERVFAIL")
    # Servers themselves are reached all the same, and so is what somebody mapped himself.
    same("itself", lab.code("print (dns www.example.test A @ns.example.test).rcode"), "REFUSED")
    same("own entry", lab.ask(f"map own.test:80 {host}:{port}; (http get http://own.test/rfc/rfc9997.txt).status"), ["200"])
    lab.end()


def authority():
    """The lab's authority counts in all that speaks TLS while the lab runs, and not after it."""
    lab = Lab()
    web = "%s:%s" % lab.places["www.example.test:443"]
    lab.ask(f"map www.example.test:853 {web}; use smtp")
    tries = {"http": "(http get https://www.example.test/).status", "tls connect": "tls connect www.example.test:443 | get state",
             "tls start": "let c = tcp connect www.example.test:443; tls start $c; print ok",
             "smtp": "smtp send mail.example.test:25 'Subject: a' --from a@example.test --to b@example.test --start-tls"}
    results = {"http": "200", "tls connect": "connected", "tls start": "ok", "smtp": "taken"}
    for name, text in tries.items():
        has(name, lab.code(text), results[name])
    # There is no name server, so that what comes after the handshake fails, and not at a certificate.
    for name in ["tls://www.example.test", "https://www.example.test/dns-query"]:
        found = lab.code(f"dns x.test @{name}")
        assert not found.startswith("certificate-") and found, found
    same("server", lab.code("dns x.test @tls://www.example.test --insecure"), lab.code("dns x.test @tls://www.example.test"))
    # The sins of certificates are those of mail too, and openssl says the same.
    pem = tempfile.mkdtemp() + "/ca.pem"
    lab.ask(f"lab ca | save {pem}")
    mail = "%s:%s" % lab.places["mail.example.test:25"]
    for sin, number, code in [(None, 0, "taken"), ("wrong-certificate", 62, "certificate-name"),
                              ("expired-certificate", 10, "certificate-expired"), ("untrusted-certificate", 18, "certificate-self-signed")]:
        if sin:
            lab.ask(f"lab break mail.example.test {sin}")
        text = run("openssl", "s_client", "-starttls", "smtp", "-connect", mail, "-CAfile", pem, "-verify_hostname", "mail.example.test")[1]
        has(f"openssl, {sin}", text, f"Verify return code: {number} ")
        has(f"nsh, {sin}", lab.code(tries["smtp"]), code)
    # A second lab has a new authority, and after `lab stop` there is none.
    lab.ask("lab stop; let s = lab start")
    has("new", lab.code(tries["http"]), "200")
    lab.find()
    web = "%s:%s" % lab.places["www.example.test:443"]
    same("new", run("curl", "-sS", "--noproxy", "*", "--cacert", pem, "--connect-to", f"www.example.test:443:{web}",
                    "https://www.example.test/")[0], 60)
    first = lab.shell.pid
    other = Lab()
    place = "%s:%s" % other.places["www.example.test:443"]
    lab.ask(f"lab stop; map www.example.test:443 {place}")
    found = lab.code("http get https://www.example.test/")
    assert found.startswith("certificate-"), (first, found)
    lab.end()
    other.end()


def mail():
    lab = Lab()
    host, port = lab.places["mail.example.test:25"]
    with smtplib.SMTP(host, port, timeout=30) as client:
        same("EHLO", client.ehlo("me.test")[0], 250)
        assert client.has_extn("size") and client.has_extn("8bitmime"), client.esmtp_features
        same("VRFY", client.verify("root")[0], 252)
        same("NOOP", client.noop()[0], 250)
        same("RCPT first", client.docmd("RCPT", "TO:<a@example.test>")[0], 503)
        client.sendmail("me@me.test", ["a@example.test", "b@example.test"], "Subject: dots\r\n\r\n.one\r\n..two\r\n.\r\n\x1b[31m\r\n")
        same("RSET", client.rset()[0], 250)
        same("unknown", client.docmd("FROBNICATE")[0], 500)
        many = [f"u{n}@example.test" for n in range(120)]
        refused = client.sendmail("me@me.test", many, "Subject: many\r\n\r\nx\r\n")
        same("100 recipients", (len(refused), {code for code, _ in refused.values()}), (20, {452}))
    same("mails", lab.ask("lab mail | count"), ["2"])
    same("to", lab.ask("lab mail | first | get to"), ["a@example.test", "b@example.test"])
    same("dots", lab.ask("lab mail | first | get data | lines | skip 2 | each {|l| $l | to json}"),
         ['".one"', '"..two"', '"."', '"\\u001b[31m"'])
    # Protected from a moment on, and only then with a password.
    folder = tempfile.mkdtemp()
    lab.ask(f"lab ca | save {folder}/ca.pem")
    trust = ssl.create_default_context(cafile=folder + "/ca.pem")
    # Python's client compares the name that it connected to.
    real = socket.create_connection
    socket.create_connection = lambda place, *more, **options: real((host, port) if place[0] == "mail.example.test" else place, *more, **options)
    with smtplib.SMTP("mail.example.test", port, timeout=30) as client:
        client.ehlo("me.test")
        assert client.has_extn("starttls") and not client.has_extn("auth")
        same("AUTH unprotected", client.docmd("AUTH", "PLAIN AGEAbGFi")[0], 538)
        same("STARTTLS", client.starttls(context=trust)[0], 220)
        same("forgotten", client.docmd("MAIL", "FROM:<a@b>")[0], 503)
        client.ehlo("me.test")
        assert client.has_extn("auth") and not client.has_extn("starttls")
        try:
            client.login("a", "wrong")
            raise AssertionError("a wrong password was taken")
        except smtplib.SMTPAuthenticationError as error:
            same("AUTH", error.smtp_code, 535)
        same("AUTH", client.login("a", "lab")[0], 235)
        client.sendmail("me@me.test", ["a@example.test"], "Subject: protected\r\n\r\nx\r\n")
    socket.create_connection = real
    for name, text in [("mail.txt", "Subject: curl\r\n\r\nx\r\n"), ("large.txt", ("x" * 99 + "\r\n") * 12000)]:
        with open(f"{folder}/{name}", "w") as file:
            file.write(text)
    curl = ["curl", "-sS", "--ssl-reqd", "--cacert", folder + "/ca.pem", "--connect-to", f"mail.example.test:25:{host}:{port}",
            "--mail-from", "me@me.test", "--mail-rcpt", "a@example.test", "smtp://mail.example.test:25/me.test"]
    same("curl", run(*curl, "--user", "a:lab", "--upload-file", folder + "/mail.txt"), (0, ""))
    same("curl, password", run(*curl, "--user", "a:bal", "--upload-file", folder + "/mail.txt")[0], 67)
    status, text = run(*curl, "--upload-file", folder + "/large.txt")
    assert status != 0 and "552" in text, (status, text)
    same("nsh", lab.ask("use smtp; smtp send mail.example.test:25 'Subject: nsh' --from a@example.test --to b@example.test --start-tls "
                        "--user a --password lab"), ["taken"])
    same("subjects", lab.ask("lab mail | each {|m| $m.data | lines | first}"),
         ["Subject: dots", "Subject: many", "Subject: protected", "Subject: curl", "Subject: nsh"])
    # What came along with STARTTLS unprotected is no command (RFC 3207, section 6).
    with socket.create_connection((host, port), timeout=30) as s:
        s.sendall(b"EHLO a\r\nSTARTTLS\r\nMAIL FROM:<evil@a>\r\n")
        text = s.makefile("rb").read()
        assert b"220 begin" in text and b"sender taken" not in text, text
    # A line without an end is cut off, and so is a conversation that is none.
    with socket.create_connection((host, port), timeout=30) as s:
        s.recv(100)
        s.sendall(b"x" * 5000)
        has("long", s.makefile("rb").read().decode(), "500 line too long")
    with socket.create_connection((host, port), timeout=30) as s:
        s.sendall(b"EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\nhalf a message")
        s.shutdown(socket.SHUT_WR)
        has("half", s.makefile("rb").read().decode(), "354")
    same("half a mail is none", lab.ask("lab mail | count"), ["5"])
    sins(lab, "mail.example.test:25")
    lab.end()


def files():
    lab = Lab()
    host, port = lab.places["ftp.example.test:21"]
    share = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../share/nsh/lab/rfc")
    document = open(share + "/rfc9999.txt", "rb").read()
    with ftplib.FTP() as client:
        client.connect(host, port, timeout=30)
        client.login()
        same("names", client.nlst(), sorted(os.listdir(share)))
        for isExtended in [False, True]:
            client.af = socket.AF_INET6 if isExtended else socket.AF_INET
            found = io.BytesIO()
            client.retrbinary("RETR rfc9999.txt", found.write)
            same("RETR", found.getvalue() == document, True)
        client.af = socket.AF_INET
        found = io.BytesIO()
        client.retrbinary("RETR rfc9999.txt", found.write, rest=len(document) - 7)
        same("REST", found.getvalue(), document[-7:])
        lines = []
        client.retrlines("RETR rfc9997.txt", lines.append)
        same("lines", lines, open(share + "/rfc9997.txt").read().split("\n")[:-1])
        client.voidcmd("TYPE I")
        same("size", client.size("rfc9999.txt"), len(document))
        same("folder", client.pwd(), "/")
        for bad in ["RETR ../names.tsv", "RETR /etc/passwd", "STOR x", "CWD etc", "SIZE nothing"]:
            try:
                client.sendcmd(bad)
                raise AssertionError(bad)
            except ftplib.error_perm as error:
                has(bad, str(error), "550")
        client.set_pasv(False)
        try:
            client.nlst()
            raise AssertionError("active")
        except ftplib.error_perm as error:
            has("active", str(error), "502")
        client.quit()
    base = f"ftp://{host}:{port}/"
    for words in [[], ["--disable-epsv"]]:
        status, text = run("curl", "-sS", *words, base)
        assert status == 0 and f"{len(document)} Jan 01 2026 rfc9999.txt" in text, text
        same("curl", run("curl", "-sS", *words, base + "rfc9997.txt")[1], open(share + "/rfc9997.txt").read())
    same("curl, the rest", run("curl", "-sS", "-C", "1400", base + "rfc9997.txt")[1], open(share + "/rfc9997.txt").read()[1400:])
    same("curl, nothing", run("curl", "-sS", base + "nothing")[0], 78)
    lab.ask("use ftp")
    lab.ask("let f = ftp connect ftp.example.test:21; ftp login $f")
    same("nsh", lab.ask("ftp fetch $f rfc9999.txt | len"), [str(len(document))])
    same("nsh", lab.ask("ftp names $f"), sorted(os.listdir(share)))
    lab.ask("ftp quit $f")
    sins(lab, "ftp.example.test:21")
    lab.end()


def small():
    lab = Lab()
    host, port = lab.places["echo.example.test:7"]
    same("socat", subprocess.run(["socat", "-t5", "-", f"TCP:{host}:{port}"], input=b"hello\x00\xff" * 1000, capture_output=True,
                                 timeout=30).stdout, b"hello\x00\xff" * 1000)
    same("socat", subprocess.run(["socat", "-t2", "-", f"UDP:{host}:{port}"], input=b"one", capture_output=True, timeout=30).stdout,
         b"one")
    lab.ask("use echo; use daytime")
    same("nsh", lab.ask("echo tcp echo.example.test:7 'a b'; echo udp echo.example.test:7 c"), ["a bc"])
    sins(lab, "echo.example.test:7")
    host, port = lab.places["daytime.example.test:13"]
    form = re.compile(r"\w{3}, \d\d \w{3} 20\d\d \d\d:\d\d:\d\d GMT\r?\n?$")
    for kind in ["TCP", "UDP"]:
        text = subprocess.run(["socat", "-t2", "-", f"{kind}:{host}:{port}"], input=b"?", capture_output=True, timeout=30).stdout.decode()
        assert form.match(text), text
    assert form.match(lab.ask("daytime tcp daytime.example.test:13")[0])
    sins(lab, "daytime.example.test:13")
    lab.end()


def sins(lab, name):
    """The sins that every service over TCP can have, as a plain socket and nsh meet them."""
    place = lab.places[name]
    for sin, wanted in [("reset", ConnectionResetError), ("silent", TimeoutError), ("closed", ConnectionRefusedError)]:
        lab.ask(f"lab break {name} {sin}")
        try:
            with socket.create_connection(place, timeout=0.5) as s:
                s.sendall(b"QUIT\r\n")
                raise AssertionError(f"{sin}: {s.recv(100)}")
        except wanted:
            pass
        code = {"reset": "ECONNRESET", "silent": "timeout", "closed": "ECONNREFUSED"}[sin]
        # A reset that comes with the connection may be met while sending, or as the end of it.
        found = lab.code(f"let x = tcp connect {name}; recv $x --timeout 500ms | to json")
        same(f"nsh, {sin} of {name}", found, code)
    lab.ask(f"lab mend {name}")
    with socket.create_connection(place, timeout=30) as s:
        s.sendall(b"QUIT\r\n")
        assert s.recv(100), name


def bounds():
    """What a client can make the lab hold has a bound, and whoever comes too many is told so and no more."""
    lab = Lab()
    place = lab.places["mail.example.test:25"]
    crowd = [socket.create_connection(place, timeout=30) for _ in range(70)]
    greeted = refused = 0
    for s in crowd:
        try:
            greeted += s.recv(100).startswith(b"220")
        except ConnectionResetError:
            refused += 1
    same("64 at a time", (greeted, refused), (64, 6))
    for s in crowd:
        s.close()
    # Their threads end when they notice.
    for _ in range(100):
        try:
            with socket.create_connection(place, timeout=30) as s:
                assert s.recv(100).startswith(b"220")
            break
        except ConnectionResetError:
            time.sleep(0.1)
    else:
        raise AssertionError("nobody is let in again")
    with socket.create_connection(lab.places["ftp.example.test:21"], timeout=30) as s:
        s.recv(100)
        s.sendall(b"x" * 5000)
        has("long", s.makefile("rb").read().decode(), "500 line too long")
    # A message without end is heard, and not kept.
    before = memory(lab.shell.pid)
    with socket.create_connection(place, timeout=30) as s:
        s.sendall(b"EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\n")
        for _ in range(200):
            s.sendall((b"x" * 98 + b"\r\n") * 1000)
        s.sendall(b".\r\nQUIT\r\n")
        has("20 MB", s.makefile("rb").read().decode(), "552 message too large")
    grown = memory(lab.shell.pid) - before
    assert grown < 15_000, f"{grown} kB more"
    # A port that somebody took while it was free is said to be taken, and the part stays as it is.
    host, port = lab.places["echo.example.test:7"]
    lab.ask("lab break echo.example.test closed")
    with socket.create_server((host, port)):
        same("taken", lab.code("lab mend"), "EADDRINUSE")
        same("taken", lab.ask("lab | where {|p| $p.state != 'well'} | get state"), ["closed"])
    same("mended", lab.ask("lab mend; lab | where {|p| $p.state != 'well'} | count"), ["0"])
    with socket.create_connection((host, port), timeout=30) as s:
        s.sendall(b"again")
        same("again", s.recv(100), b"again")
    lab.end()


def memory(pid):
    """The memory of a process, kB."""
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmRSS:\s*(\d+)", file.read())[1])


def sockets(pid):
    """The local addresses of the listening sockets of a process, by ss(8)."""
    found = []
    for line in run("ss", "-Hltunp")[1].splitlines():
        if f"pid={pid}," in line:
            found.append(line.split()[4].rsplit(":", 1)[0])
    return found


def confined():
    lab = Lab()
    pid = lab.shell.pid
    found = sockets(pid)
    same("sockets", len(found), 5 + 2 * 8)
    assert all(address.startswith("127.") for address in found), found
    # A passive transfer opens one more.
    with ftplib.FTP() as client:
        client.connect(*lab.places["ftp.example.test:21"], timeout=30)
        client.login()
        client.makepasv()
        found = sockets(pid)
        same("sockets", len(found), 5 + 2 * 8 + 1)
        assert all(address.startswith("127.") for address in found), found
    lab.ask("lab stop")
    same("sockets", sockets(pid), [])
    lab.end()


def beside():
    first, second = Lab(), Lab()
    assert not set(first.places.values()) & set(second.places.values())
    ask = "(http get http://www.example.test/).status; lab break ns.example.test %s; (dns mail.example.test A).rcode"
    first.ask("lab break www.example.test server-error")
    same("first", first.ask(ask % "servfail"), ["500", "SERVFAIL"])
    same("second", second.ask(ask % "truncated"), ["200", "NOERROR"])
    first.ask("lab mend")
    has("again", " ".join(first.ask("lab start")), "the lab runs already")
    first.end()
    same("second", second.ask("(http get https://www.example.test/).status"), ["200"])
    second.end()


def leaks():
    """Fifty labs, each used, leave nothing behind."""
    lab = Lab()
    pid = lab.shell.pid
    use = ("let s = lab start; let a = (http get https://www.example.test/).status; let b = dns www.example.test A; "
           "let c = tcp connect mail.example.test:25; let d = recv line $c; let e = tcp connect ftp.example.test:21; "
           "lab break www.rfc.test silent; lab break echo.example.test closed; lab stop; close $c; close $e; http close")
    lab.ask("lab stop; " + use)

    def count():
        return len(os.listdir(f"/proc/{pid}/fd")), len(os.listdir(f"/proc/{pid}/task"))

    before = count()
    for number in range(50):
        said = lab.ask(use)
        assert all(re.fullmatch(r"\d+", line) for line in said), said
        # What the first ones leave is what is kept for the next.
        if number == 9:
            settled = memory(pid)
    same("descriptors and threads", count(), before)
    assert memory(pid) - settled < 20_000, f"{settled} kB after 10 labs, {memory(pid)} kB after 50"
    lab.end()


def tab():
    """At a prompt Tab gives the sins of a part and no others, and to be mended what is broken."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(HOME=tempfile.mkdtemp(), TERM="xterm")
        os.execv(NSH, [NSH])

    def type_and_see(keys, wanted):
        os.write(terminal, keys)
        seen, end = b"", time.monotonic() + 60
        while wanted not in seen:
            assert select.select([terminal], [], [], max(0, end - time.monotonic()))[0], (keys, wanted, seen)
            seen += os.read(terminal, 65_536)

    try:
        type_and_see(b"lab start | count\r", b"15")
        type_and_see(b"lab break ns.example.test la\t\r", b"nsh> ")
        type_and_see(b"lab | where {|p| $p.state != 'well'} | get state | to json\r", b'["lame"]')
        type_and_see(b"lab break mail.example.test wr\t\r", b"nsh> ")
        type_and_see(b"lab mend n\t\r", b"nsh> ")
        type_and_see(b"lab | where {|p| $p.state != 'well'} | get state | to json\r", b'["wrong-certificate"]')
        # A sin of name servers is none of the web.
        type_and_see(b"lab break www.example.test servf\t\r", b"`sin` is one of")
    finally:
        os.write(terminal, b"\x03\x04")
        os.close(terminal)
        os.waitpid(pid, 0)


{f.__name__: f for f in [web, certificates, names, lookups, authority, mail, files, small, bounds, confined, beside, leaks, tab]}[sys.argv[2]]()
print("ok")
