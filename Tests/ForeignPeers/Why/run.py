"""Runs the broken set-ups inside the network that network.sh made. Arguments: the program, the file of set-ups, the folder, and `why`,
which prints for each a line of title, wanted layer, cause and further cause, those that were named, the seconds and the code, with tabs
between; or `table`, which prints the table of the documentation with what the other tools say."""
import json, os, re, subprocess, sys
from concurrent.futures import ThreadPoolExecutor

NSH, FILE, FOLDER, WHAT = sys.argv[1:5]


def setups():
    for block in open(FILE, encoding="utf-8").read().split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith("#")]
        if lines:
            yield dict((key, value.replace("$F", FOLDER)) for key, value in (line.split(": ", 1) for line in lines))


def command(setup, words):
    words = setup.get("with", "").split() + words
    if "resolver" in setup:
        path = f"{FOLDER}/resolv-{setup['resolver']}"
        with open(path, "w") as out:
            out.write(f"nameserver {setup['resolver']}\noptions timeout:1 attempts:1\n")
        words = ["sh", "-c", f"mount --bind {path} /etc/resolv.conf && exec \"$@\"", "sh"] + words
    return ["ip", "netns", "exec", setup.get("in", "c"), "unshare", "-m"] + words


def run(words, text="", seconds=30):
    try:
        done = subprocess.run(words, input=text, capture_output=True, text=True, timeout=seconds, errors="replace")
        return done.stdout, done.stderr
    except subprocess.TimeoutExpired as late:
        said = (late.stderr or b"").decode(errors="replace")
        return (late.stdout or b"").decode(errors="replace"), said + f"({'nothing' if not said else 'nothing more'} within {seconds} s)"


def why(setup):
    # As at a prompt: the statement that fails, then the question.
    text = f"{setup['type']}\nlet w = why --timeout 3s\n$w | to json\n"
    out, err = run(command(setup, [NSH, "--keep-going"]), text)
    lines = [line for line in out.split("\n") if line.startswith("{")]
    answer = json.loads(lines[-1]) if lines else {}
    causes = [cause["cause"] for cause in answer.get("causes", [])]
    said = {"layer": answer.get("layer", ""), "cause": (causes or [""])[0], "causes": causes, "code": answer.get("code", "")}
    return said | {"seconds": seconds(answer.get("took", "99s")), "evidence": answer.get("evidence", []), "stderr": err}


def seconds(text):
    """Reads a duration such as 1.02s or 16ms."""
    for unit, factor in (("ms", 0.001), ("us", 0.000001), ("ns", 0), ("s", 1)):
        if text.endswith(unit):
            return float(text[:-len(unit)]) * factor
    return 99.0


def line(setup):
    said = why(setup)
    wanted = setup.get("also", "")
    found = wanted if wanted in said["causes"] else ""
    cells = [setup["title"], setup["layer"], setup["cause"], wanted, said["layer"], said["cause"], found, str(said["seconds"]), said["code"]]
    if cells[1:4] != cells[4:7]:
        print("\n".join([setup["title"]] + [f"  {clue}" for clue in said["evidence"]] + [said["stderr"]]), file=sys.stderr)
    return "\t".join(cells)


def tool(setup, name):
    if name in setup:
        return None if setup[name] == "-" else setup[name]
    host, _, port = setup.get("to", "").rpartition(" ")
    bracketed = f"[{host}]" if ":" in host else host
    ca = setup.get("tls")
    if name == "dig":
        return f"dig +time=1 +tries=1 {setup['name']}" if "name" in setup else None
    if not host:
        return None
    if name == "curl":
        trust = f"--cacert {FOLDER}/{ca}.pem " if ca else ""
        return f"curl -sS -m 3 -o /dev/null --fail {trust}{setup.get('url', f'http://{bracketed}:{port}/')}"
    if name == "nc":
        return f"nc -v -w 2 {host} {port}"
    trust = f" -servername good.test -verify_hostname good.test -verify_return_error -CAfile {FOLDER}/{ca}.pem" if ca else ""
    return f"openssl s_client -connect {bracketed}:{port}{trust}"


TELLING = {
    "curl": ["curl:"], "nc": ["nc:", "failed", "timed out", "HTTP/1."],
    "dig": ["status:", "no servers", "not a legal", "communications error", "connection refused"],
    "s_client": ["verify error", ":error:", "errno"],
}
# OpenSSL's lines: a thread, `error`, a number, library, function and reason, and a place in its source.
OPENSSL = re.compile(r"[0-9A-F]*:error:[0-9A-F]*:([^:]*):([^:]*):([^:]*).*")


def trimmed(name, out, err):
    """The line of a tool's output that tells the failure, short enough for a cell."""
    lines = [line.strip() for line in (err + "\n" + out).split("\n") if line.strip()]
    telling = [line for word in TELLING[name] for line in lines if word in line]
    text = (telling or lines[-1:] or ["(nothing)"])[0]
    if name == "s_client" and not telling and "CONNECTED" in out:
        text = "connected, without a complaint"
    text = OPENSSL.sub(r"\1: \3", text)
    for start in (";; ", "curl: ", "nc: ", "dig: "):
        text = text.removeprefix(start)
    if text.startswith("->>HEADER"):
        text = text[text.index("status"):].split(", id")[0]
    text = re.sub(r"after \d+ m\w*", "after … ms", text)
    text = "".join(c if c.isprintable() else "." for c in text.replace(FOLDER, "FOLDER").replace("|", "/"))
    return text[:69] + "…" if len(text) > 70 else text


def row(setup):
    said = why(setup)
    cells = [setup["title"], f"{said['layer']}: {said['cause']}"]
    for name in ("curl", "nc", "dig", "s_client"):
        command_line = tool(setup, name)
        if not command_line:
            cells.append("–")
            continue
        out, err = run(command(setup, ["sh", "-c", command_line]), seconds=4)
        text = trimmed(name, out, err)
        # A tool that this time said nothing has named nothing.
        isNamed = name in setup.get("named", "").split() and not text.startswith(("(nothing", "connected, without"))
        cells.append(f"**{text}**" if isNamed else text)
    return "| " + " | ".join(cells) + " |"


if WHAT == "table":
    print("| what is broken | `why` | curl | nc | dig | openssl s_client |")
    print("|---|---|---|---|---|---|")
rows = []
with ThreadPoolExecutor(int(os.environ.get("WIDTH", "6"))) as pool:
    for text in pool.map(line if WHAT == "why" else row, setups()):
        print(text, flush=True)
        rows.append(text[2:-2].split(" | "))
if WHAT == "table":
    counts = [f"{len(rows)} of {len(rows)}"]
    for column in range(2, 6):
        meant = [cells[column] for cells in rows if cells[column] != "–"]
        counts.append(f"{sum(cell.startswith('**') for cell in meant)} of {len(meant)}")
    print("| named, of those that it is meant for | " + " | ".join(counts) + " |")
