"""Makes the same requests by curl and by nsh, and compares what a server got and what each of them printed.

    python3 same_requests.py NSH

What may differ: the value of User-Agent; the boundary of a multipart form; the value of Accept-Encoding under --compressed (the codings in
another order); the case of the digits of %xx, which curl writes small in queries; an empty field, which curl ends at its colon and nsh with a space behind it. The order of the fields is compared as it
is, except for the multipart and JSON rows marked `sorted`, where curl puts Content-Type elsewhere.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

import recorder


def rows(folder):
    """The requests: a name, curl's arguments, nsh's command; `{}` is the server."""
    cases = []

    def add(curl, nsh, loose=False):
        cases.append((curl, nsh, loose))

    def q(text):
        return "'" + text + "'"

    targets = [
        "/", "/a", "/a/b/", "/a?b", "/a?b=c", "/a?b=c&d=%20", "/%E2%82%AC", "/a;b=c", "/a,b", "/~u", "/a:b", "/a@b", "/a!$'()*+",
        "/a//b", "/?", "/a?x=/y?z", "/a%2Fb", "/a%00b", "/a=b", "/.well-known/x", "/status/404", "/status/204", "/status/500",
    ]
    for target in targets:
        if "'" in target:
            add(["{}" + target], 'http get "{}' + target.replace("$", "\\$") + '"')
        else:
            add(["{}" + target], "http get " + q("{}" + target))
    add(["{}/a/../b/./c", "--path-as-is"], "http get {}/a/../b/./c")
    add(["{}/a#fragment"], "http get '{}/a#fragment'")
    for method in ["OPTIONS", "DELETE", "TRACE", "PROPFIND", "MKCOL", "SEARCH", "get", "X-Y"]:
        add(["-X", method, "{}/m"], f"http request {method} {{}}/m")
    for method in ["delete", "options"]:
        add(["-X", method.upper(), "{}/m"], f"http {method} {{}}/m")
    add(["-I", "{}/a"], "http head {}/a")
    fields = [
        ("X-A", "1"), ("x-lower", "b c"), ("X-Colon", "a:b"), ("X-Quote", 'a"b'), ("X-Comma", "a, b"), ("X-UTF8", "h\u00e9"),
        ("Referer", "http://example.test/"), ("Accept", "text/html"), ("Accept-Language", "de, en;q=0.5"), ("If-None-Match", '"tag"'),
        ("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Range", "bytes=0-9"), ("Cache-Control", "no-cache"), ("TE", "trailers"),
        ("Origin", "http://o.test"), ("X-Forwarded-For", "192.0.2.1"), ("Host", "other.test"), ("Upgrade", "websocket"), ("Via", "1.1 x"),
        ("Date", "now"), ("From", "a@b.test"), ("Content-Language", "en"), ("X-Long", "y" * 3000), ("Cookie", "a=b"),
        ("Authorization", "Digest x"), ("User-Agent", "own/1.0"), ("Accept-Encoding", "identity"),
    ]
    for name, value in fields:
        add(["-H", f"{name}: {value}", "{}/h"], f"http get {{}}/h --header {q(f'{name}: {value}')}")
    for name, value in fields[:8]:
        add(["-H", f"{name}: {value}", "{}/i"], f"http get {{}}/i {q(f'{name}:{value}')}")
        add(["-H", f"{name}: {value}", "{}/r"], f"http get {{}}/r --headers {{{{{q(name)}: {q(value)}}}}}")
    for name in ["Accept", "User-Agent"]:
        add(["-H", f"{name}:", "{}/u"], f"http get {{}}/u {name}:")
    add(["-H", "X-Empty;", "{}/e"], "http get {}/e 'X-Empty;'")
    add(["-H", "X-A: 1", "-H", "X-A: 2", "-H", "x-a: 3", "{}/h"], "http get {}/h --header 'X-A: 1' --header 'X-A: 2' --header 'x-a: 3'")
    add(["-H", "X-B: 1", "-H", "X-A: 2", "{}/h"], "http get {}/h X-B:1 X-A:2")
    for user in ["u:p", "u:", "Aladdin:open sesame", "test:123\u00a3", "a:b:c", "@:/"]:
        add(["-u", user, "{}/auth"], f"http get {{}}/auth --user {q(user)}")
    add(["{u}/auth"], "http get {u}/auth")
    add(["{u}/auth"], "http get {}/auth --user 'u:p@'")
    add(["--oauth2-bearer", "tok.en", "{}/auth"], "http get {}/auth --bearer tok.en")
    for cookie in ["a=1", "a=1; b=2", "a=", "a=b=c", "q=\"x y\""]:
        add(["-b", cookie, "{}/c"], f"http get {{}}/c --cookie {q(cookie)}")
    add(["-b", "a=1; b=2", "{}/c"], "http get {}/c --cookie {{a: 1, b: 2}}")
    for pairs in [{"a": "1"}, {"a": "x y"}, {"a": "ü&="}, {"b": "1", "a": "2"}, {"a b": "c+d"}, {"a": ""}]:
        arguments = [word for name, value in pairs.items() for word in ("--data-urlencode", f"{name}={value}")]
        record = "{{" + ", ".join(f"{q(name)}: {q(value)}" for name, value in pairs.items()) + "}}"
        if " " not in "".join(pairs):
            add(["-G", *arguments, "{}/q"], f"http get {{}}/q --query {record}")
            add(["-G", *arguments, "{}/q?z=1"], f"http get '{{}}/q?z=1' --query {record}")
            add([*arguments, "{}/f"], f"http post {{}}/f --form {record}")
            add(["-X", "PUT", *arguments, "{}/f"], f"http put {{}}/f --form {record}")
            words = " ".join(q(f"{name}=={value}") for name, value in pairs.items())
            add(["-G", *arguments, "{}/q"], f"http get {{}}/q {words}")
    bodies = ["", "x", "a\nb", "é", "y" * 5000, "{}".replace("{}", "[1]"), "0\r\n\r\n"]
    for number, body in enumerate(bodies):
        path = f"{folder}/body{number}"
        with open(path, "wb") as file:
            file.write(body.encode())
        plain = ["-H", "Content-Type:"]
        for method in ["POST", "PUT", "PATCH", "DELETE"]:
            if method == "DELETE" and not body:
                continue
            add([*plain, "-X", method, "--data-binary", f"@{path}", "{}/b"], f"http {method.lower()} {{}}/b --file {path}")
        add([*plain, "--data-binary", f"@{path}", "{}/b"], f"http post {{}}/b --body (open {path})")
        add(["-H", "Content-Type: text/x", "--data-binary", f"@{path}", "{}/b"], f"http post {{}}/b --file {path} Content-Type:text/x")
        add(["-0", *plain, "--data-binary", f"@{path}", "{}/b"], f"http post {{}}/b --file {path} --http1.0")
        if body:
            add([*plain, "-H", "Transfer-Encoding: chunked", "-H", "Expect:", "-X", "POST", "-T", path, "{}/s"],
                f"open {path} | http post {{}}/s", True)
    for value in ['{{"a":1}}', "[1,2,3]", '"x"', "null", '{{"a":{{"b":"ü"}}}}', "12.5", "true"]:
        text = value.replace("{{", "{").replace("}}", "}")
        path = f"{folder}/json{len(cases)}"
        with open(path, "w") as file:
            file.write(text)
        add(["--json", f"@{path}", "{}/j"], f"http post {{}}/j --json (open {path} | from json)", True)
        add(["--json", f"@{path}", "-X", "PUT", "{}/j"], f"http put {{}}/j --json (open {path} | from json)", True)
    add(["--json", '{"a":"1","b":[2]}', "{}/j"], "http post {}/j a=1 'b:=[2]'", True)
    add(["--json", '{"a":"1"}', "-H", "X-B: 2", "{}/j?c=3"], "http post {}/j a=1 X-B:2 c==3", True)
    file = f"{folder}/body1"
    add(["-F", "a=1", "{}/p"], "http post {}/p --multipart {{a: 1}}", True)
    add(["-F", "a=1", "-F", "b=x y", "{}/p"], "http post {}/p --multipart {{a: 1, b: 'x y'}}", True)
    add(["-F", f"f=@{file}", "{}/p"], f"http post {{}}/p --multipart {{{{f: {{{{file: {file}}}}}}}}}", True)
    add(["-F", f"f=@{file}", "{}/p"], f"http post {{}}/p f@{file}", True)
    add(["-F", "a=1", "-F", f"f=@{file};type=text/plain;filename=n.txt", "{}/p"],
        f"http post {{}}/p --multipart {{{{a: 1, f: {{{{file: {file}, type: text/plain, name: n.txt}}}}}}}}", True)
    for status in [301, 302, 303, 307, 308]:
        add(["-L", f"{{}}/to/{status}?/a"], f"http get '{{}}/to/{status}?/a' --follow 5")
        add(["-L", f"{{}}/to/{status}?b%3Fc%3D1"], f"http get '{{}}/to/{status}?b%3Fc%3D1' --follow 5")
        add(["-L", "-H", "Content-Type:", "-d", "x=1", f"{{}}/to/{status}?/a"],
            f"http post '{{}}/to/{status}?/a' --body x=1 --follow 5")
        add([f"{{}}/to/{status}?/a"], f"http get '{{}}/to/{status}?/a'")
    add(["-L", "-u", "u:p", "{}/to/302?/a"], "http get '{}/to/302?/a' --user u:p --follow 1")
    add(["-L", "-b", "a=1", "-H", "X-A: 1", "{}/to/302?/a"], "http get '{}/to/302?/a' --cookie a=1 X-A:1 --follow 1")
    add(["-L", "{}/to/302?/to/302%3F/to/302%253F/a"], "http get '{}/to/302?/to/302%3F/to/302%253F/a' --follow 3")
    for path in ["gzip", "deflate"]:
        add(["--compressed", f"{{}}/{path}"], f"http get {{}}/{path} --compressed")
        add([f"{{}}/{path}"], f"http get {{}}/{path} --raw")
    add(["{}/close"], "http get {}/close")
    add(["-0", "{}/a"], "http get {}/a --http1.0")
    add(["-x", "{}", "http://far.test/a?b=c"], "http get http://far.test/a?b=c --proxy {}")
    add(["-x", "{u}", "http://far.test/a"], "http get http://far.test/a --proxy {u}")
    add(["--resolve", "near.test:{port}:127.0.0.1", "http://near.test:{port}/a"],
        "http get http://near.test:{port}/a --resolve near.test:{port}:127.0.0.1")
    add(["--connect-to", "near.test:80:127.0.0.1:{port}", "http://near.test/a"],
        "http get http://near.test/a --connect-to near.test:80:127.0.0.1:{port}")
    add(["--connect-to", "::127.0.0.1:{port}", "http://any.test/a"], "http get http://any.test/a --connect-to ::127.0.0.1:{port}")
    return cases


def percent(body):
    return re.sub(b"%[0-9a-fA-F]{2}", lambda found: found[0].upper(), body)


def normal(entry, loose):
    """Takes out what may differ."""
    lines = re.sub("%[0-9a-fA-F]{2}", lambda found: found[0].upper(), entry["head"]).split("\r\n")[:-2]
    out = []
    for line in lines[1:]:
        name, _, value = line.partition(":")
        low = name.lower()
        value = value.strip()
        if low == "user-agent" and not value.startswith("own"):
            value = "…"
        if low == "accept-encoding":
            value = ", ".join(sorted(value.split(", ")))
        if low == "proxy-connection":
            continue
        value = re.sub(r"boundary=\S+", "boundary=…", value)
        out.append(f"{name}: {value}")
    body = re.sub("%[0-9a-fA-F]{2}", lambda found: found[0].upper(), entry["body"])
    found = re.search(r"boundary=(\S+)", entry["head"])
    if found:
        body = body.replace(found[1], "…")
        # The boundary's length is no matter.
        out = [line for line in out if not line.startswith("Content-Length")]
    return [lines[0]] + (sorted(out, key=str.lower) if loose else out), body


def read(path, start):
    with open(path) as file:
        lines = file.read().splitlines()
    return [json.loads(line) for line in lines[start:]], len(lines)


def main():
    nsh = sys.argv[1]
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    with tempfile.TemporaryDirectory(prefix="nsh-test-") as folder:
        log = f"{folder}/log"
        port, = recorder.start(log, 1)
        base = f"http://127.0.0.1:{port}"
        place = 0
        wrong = 0
        cases = rows(folder)

        def fill(word):
            word = word.replace("{port}", str(port)).replace("{u}", base.replace("://", "://u:p%40@"))
            return word.replace("{}", base)

        for curl, command, loose in cases:
            words = [fill(word) for word in curl]
            text = fill(command.replace("{{", "\x01").replace("}}", "\x02")).replace("\x01", "{").replace("\x02", "}")
            theirs = subprocess.run(["curl", "-q", "-s", *words], env=clean, capture_output=True, timeout=60)
            asked, place = read(log, place)
            ours = subprocess.run([nsh, "-c", f"{text} | get body"], env=clean, capture_output=True, timeout=60)
            got, place = read(log, place)
            same = [normal(entry, loose) for entry in asked] == [normal(entry, loose) for entry in got]
            bodies = "-I" in curl or percent(theirs.stdout) == percent(ours.stdout)
            if not asked or not same or not bodies:
                wrong += 1
                print(f"{text[:300]}\n  curl {str(words)[:300]}\n  curl sent {str([normal(entry, loose) for entry in asked])[:400]}\n"
                      f"  nsh sent  {str([normal(entry, loose) for entry in got])[:400]}\n  curl got {theirs.stdout[:200]}\n"
                      f"  nsh got  {ours.stdout[:200]} {ours.stderr.decode()[:600]}")
        print(f"{len(cases) - wrong} of {len(cases)} the same")
    return 1 if wrong else 0


sys.exit(main())
