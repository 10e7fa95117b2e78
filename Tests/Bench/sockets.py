"""Rows about moving bytes over loopback, and about many connections: nsh beside nc, ncat, socat, nmap, a loop in C and Python."""

import os
import resource
import select
import shutil
import socket
import subprocess

HELD = 10_000
SIZE = int(os.environ.get("BENCH_BYTES", 4 << 30))

LOOP = r"""
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
int main(int count, char **words) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(words[2])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  static char room[65536];
  int peer = socket(AF_INET, SOCK_STREAM, 0), isSending = *words[1] == 's';
  if (connect(peer, (void *)&to, sizeof to)) return 1;
  int from = isSending ? open(words[3], O_RDONLY) : peer, into = isSending ? peer : 1;
  for (ssize_t got; (got = read(from, room, sizeof room)) > 0;)
    for (ssize_t done = 0, put; done < got; done += put)
      if ((put = write(into, room + done, got - done)) < 0) return 1;
  return 0;
}
"""


def started(behaviour):
    """Starts a process that treats one connection after another; gives its port and its process."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    port = str(listener.getsockname()[1])
    child = os.fork()
    if child == 0:
        while True:
            peer, _ = listener.accept()
            try:
                behaviour(peer)
            except OSError:
                pass
            peer.close()
    listener.close()
    return port, child


def source(peer):
    piece = bytes(1 << 20)
    for _ in range(SIZE // len(piece)):
        peer.sendall(piece)


def sink(peer):
    room = bytearray(1 << 20)
    while peer.recv_into(room):
        pass


def echo(peer):
    peer.sendall(peer.recv(4096))
    peer.recv(1)


def holder():
    """Starts a process that holds as many connections as come until their peers end them; gives its port and its process."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_NOFILE, (HELD + 100, max(HELD + 100, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
        queue, held = select.epoll(), {}
        queue.register(listener, select.EPOLLIN)
        while True:
            for number, _ in queue.poll():
                if number == listener.fileno():
                    peer, _ = listener.accept()
                    held[peer.fileno()] = peer
                    queue.register(peer, select.EPOLLIN)
                else:
                    held.pop(number).close()
    port = str(listener.getsockname()[1])
    listener.close()
    return port, child


def ports_and_crowds(row, nsh):
    """Rows about many connections: all ports of this machine probed, and 10,000 connections held at once."""
    python = os.path.realpath("/usr/bin/python3")
    loop = """
import socket
for port in range(1, 65536):
    s = socket.socket()
    if s.connect_ex(("127.0.0.1", port)) == 0: print(port)
    s.close()
"""
    row("65,535 ports probed", {
        "nsh": [nsh, "-c", "tcp probe 127.0.0.1 1..65535 | where {|p| $p.state == 'open'}"],
        "nmap": ["nmap", "-sT", "-n", "-Pn", "-p-", "-T5", "127.0.0.1"],
        "nc": ["bash", "-c", "nc -zn 127.0.0.1 1-65535"],
        "python3": [python, "-c", loop],
    }, 3, show_memory=True)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        # Root may raise the limit, others hold as many as they may.
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, HELD + 1000), max(hard, HELD + 1000)))
    except (ValueError, OSError):
        pass
    port, child = holder()
    try:
        peer = f"""
import socket
held = [socket.create_connection(("127.0.0.1", {port})) for _ in range({HELD})]
print(len(held))
"""
        row("10,000 connections held", {
            "nsh": [nsh, "-c", f"let all = 1..{HELD} | each {{ tcp connect 127.0.0.1:{port} }}; $all | count"],
            "python3": [python, "-c", peer],
        }, 3, show_memory=True)
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, min(hard, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))


def compiled(folder):
    """Gives the path of the loop in C, which does not exist where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("clang")
    path = os.path.join(folder, "loop-in-c")
    if not compiler:
        return path
    subprocess.run([compiler, "-O2", "-x", "c", "-", "-o", path], input=LOOP.encode(), check=True)
    return path


def rows(row, nsh, folder):
    # Files are in memory where there is room, so that the disk is not what is measured.
    status = os.statvfs("/dev/shm")
    shared = status.f_bavail * status.f_frsize > 2 * SIZE
    place = "/dev/shm" if shared else folder
    out = os.path.join(place, f"nsh-bench-{os.getpid()}.out")
    big = os.path.join(place, f"nsh-bench-{os.getpid()}.in")
    loop = compiled(folder)
    children = []
    try:
        port, child = started(source)
        children.append(child)
        commands = {
            "nsh": [nsh, "-c", f"tcp connect 127.0.0.1:{port} | recv all --discard"],
            "nc": ["nc", "-d", "127.0.0.1", port],
            "C": [loop, "receive", port],
            "socat": ["socat", "-u", f"TCP:127.0.0.1:{port}", "-"],
            "ncat": ["ncat", "--recv-only", "127.0.0.1", port],
        }
        row("4 GB received, to nothing", commands, 5, show_memory=True)
        commands["nsh"] = [nsh, "-c", f"tcp connect 127.0.0.1:{port} | recv all"]
        row("4 GB received, to stdout", commands, 3, show_memory=True)
        receive = f"tcp connect 127.0.0.1:{port} | recv all"
        # A tap that keeps no bytes beside none at all, and beside the recorder that every session has; ratios are those of the first.
        taps = {
            "nsh": [nsh, "-c", f"wire keep off; {receive}"],
            "no tap": ["env", "NSH_TAPS=off", nsh, "-c", f"wire keep off; {receive}"],
            "recorder": [nsh, "-c", receive],
        }
        row("4 GB received, by a tap", taps, 15)
        commands = {
            who: ["bash", "-c", 'exec "$@" > "$OUT"', "bash", *command] for who, command in commands.items()
        }
        commands["nsh"] = [nsh, "-c", f"tcp connect 127.0.0.1:{port} | recv to {out}"]
        os.environ["OUT"] = out
        row("4 GB received, to a file", commands, 3, show_memory=True)
        commands["nsh"] = [nsh, "-c", f"tcp connect 127.0.0.1:{port} | recv all | save {out}"]
        row("4 GB received, by save", commands, 3, show_memory=True)
        if os.path.exists(out):
            os.unlink(out)

        port, child = started(sink)
        children.append(child)
        with open(big, "wb") as file:
            piece = os.urandom(1 << 20)
            for _ in range(SIZE // len(piece)):
                file.write(piece)
        commands = {
            "nsh": [nsh, "-c", f"tcp connect 127.0.0.1:{port} | send --file {big}"],
            "nc": ["nc", "-N", "127.0.0.1", port],
            "C": [loop, "send", port, big],
            "socat": ["socat", "-u", f"OPEN:{big}", f"TCP:127.0.0.1:{port}"],
            "ncat": ["ncat", "--send-only", "127.0.0.1", port],
        }
        row("4 GB sent from a file", commands, 5, show_memory=True, stdin=big)

        port, child = started(echo)
        children.append(child)
        script = f"for i in 1..10000 {{ let c = tcp connect 127.0.0.1:{port}; send $c hello; let r = recv $c; close $c }}"
        peer = f"""
import socket
for i in range(10000):
    c = socket.create_connection(("127.0.0.1", {port})); c.sendall(b"hello"); r = c.recv(4096); c.close()
"""
        rounds = {"nsh": [nsh, "-c", script], "python3": [os.path.realpath("/usr/bin/python3"), "-c", peer]}
        row("10,000 rounds of connections", rounds, 5, show_memory=True)
        ports_and_crowds(row, nsh)
    finally:
        for child in children:
            os.kill(child, 9)
            os.waitpid(child, 0)
        for path in (out, big):
            if os.path.exists(path):
                os.unlink(path)
