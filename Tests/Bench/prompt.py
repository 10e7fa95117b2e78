"""Measures the prompts of nsh and its peers on a pseudo-terminal: the start, the echo of a key, and Tab."""

import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import termios
import time

HISTORY_LINES = 50_000
KNOWN_HOSTS = 10_000


class Terminal:
    """A program on a pseudo-terminal of 100 columns, and what it has written."""

    def __init__(self, words, environment):
        self.start = time.perf_counter()
        self.process, self.master = pty.fork()
        if self.process == 0:
            try:
                os.execvpe(words[0], words, environment)
            finally:
                os._exit(127)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        self.text = b""

    def shows(self, wanted, seconds=3):
        """Waits for bytes, forgets all up to them, and gives the time at which they came; None if they do not come."""
        end = time.perf_counter() + seconds
        while wanted not in self.text:
            left = end - time.perf_counter()
            if left <= 0 or not select.select([self.master], [], [], left)[0]:
                return None
            try:
                piece = os.read(self.master, 65536)
            except OSError:
                return None
            self.text += piece
        now = time.perf_counter()
        self.text = self.text.split(wanted, 1)[1]
        return now

    def settle(self):
        while select.select([self.master], [], [], 0.05)[0]:
            try:
                if not os.read(self.master, 65536):
                    break
            except OSError:
                break
        self.text = b""

    def type(self, text):
        """Types bytes, and gives the time before."""
        start = time.perf_counter()
        os.write(self.master, text)
        return start

    def end(self):
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.master)


def prepare(folder):
    """Makes a home with much history and many known hosts, and gives the environment of the programs."""
    os.makedirs(f"{folder}/home/.ssh")
    os.makedirs(f"{folder}/state/nsh", mode=0o700)
    os.makedirs(f"{folder}/empty")
    with open(f"{folder}/state/nsh/history", "w") as history, open(f"{folder}/home/.bash_history", "w") as other:
        for number in range(HISTORY_LINES):
            line = f"http get http://host{number % 900}.bench.test/page/{number} | get status\n"
            history.write(line)
            other.write(line)
    with open(f"{folder}/home/.ssh/known_hosts", "w") as hosts:
        for number in range(KNOWN_HOSTS):
            hosts.write(f"machine{number}.example.test,192.0.2.{number % 256} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{number:032}\n")
    for number in range(1000):
        open(f"{folder}/home/file{number:04}.txt", "w").close()
    return {
        "PATH": os.environ["PATH"], "HOME": f"{folder}/home", "TERM": "xterm", "LANG": "C.UTF-8", "PS1": "peer> ",
        "XDG_STATE_HOME": f"{folder}/state", "HISTSIZE": "100000", "HISTFILESIZE": "100000",
    }


def line(name, who, times, limit=None):
    middle = statistics.median(times) * 1000
    verdict = f"limit {limit} ms {'holds' if middle < limit else 'IS BROKEN'}" if limit else ""
    print(f"{name:28} {who:9} {middle:10.2f} ms {min(times) * 1000:10.2f} min {'':11} {verdict}", flush=True)


def measure(nsh, folder, wanted):
    environment = prepare(folder)
    os.chdir(f"{folder}/home")
    programs = {
        "nsh": ([nsh], b"nsh> "),
        "bash": (["bash", "--norc", "-i"], b"peer> "),
        "python3": (["/usr/bin/python3", "-q"], b">>> "),
    }
    programs = {who: value for who, value in programs.items() if who == "nsh" or shutil.which(value[0][0])}

    def start(name, environment, runs, limit):
        times = {who: [] for who in programs}
        for _ in range(runs):
            for who, (words, mark) in programs.items():
                terminal = Terminal(words, environment)
                came = terminal.shows(mark)
                if came:
                    times[who].append(came - terminal.start)
                terminal.end()
        for who, found in times.items():
            if found:
                line(name, who, found, limit if who == "nsh" else None)

    def keys(name, runs, limit):
        for who, (words, mark) in programs.items():
            terminal = Terminal(words, environment)
            terminal.shows(mark)
            terminal.settle()
            times = []
            for number in range(runs):
                key = b"abcdefghijklmnopqrstuvwxyz"[number % 26 : number % 26 + 1]
                typed = terminal.type(key)
                came = terminal.shows(key, 2)
                if came:
                    times.append(came - typed)
                if number % 26 == 25:
                    terminal.type(b"\x15")
                    terminal.settle()
            terminal.end()
            if times:
                line(name, who, times, limit if who == "nsh" else None)

    def tab(name, text, shown, runs, limit):
        terminal = Terminal(*(programs["nsh"][0], environment))
        terminal.shows(b"nsh> ")
        times = []
        for _ in range(runs):
            terminal.settle()
            terminal.type(text)
            terminal.settle()
            typed = terminal.type(b"\t")
            came = terminal.shows(shown, 5)
            if came:
                times.append(came - typed)
            terminal.type(b"\x15")
        terminal.end()
        line(name, "nsh", times or [float("inf")], limit)
        if times:
            line(name + ", 1st", "nsh", times[:1], limit)

    rows = {
        "prompt, no history": lambda name: start(name, environment | {"XDG_STATE_HOME": f"{folder}/empty", "HISTFILE": "/dev/null"}, 20, 20),
        "prompt, 50,000 lines": lambda name: start(name, environment, 20, 20),
        "key echo, 50,000 lines": lambda name: keys(name, 260, 5),
        "Tab, commands": lambda name: tab(name, b"http d", b"echunk", 10, 50),
        "Tab, hosts": lambda name: tab(name, b"tcp connect machine9999.ex", b"ample", 10, 50),
        "Tab, hosts, list": lambda name: tab(name, b"tcp connect machine99", b"more", 10, 50),
        "Tab, files": lambda name: tab(name, b"open ./file09", b"more", 10, 50),
        "Tab, RFCs": lambda name: tab(name, b"rfc 232", b"4", 10, 50),
        "Tab, programs": lambda name: tab(name, b"^python", b"python3", 10, 50),
    }
    for name, measured in rows.items():
        if not wanted or any(word in name for word in wanted):
            measured(name)
