"""The rows of TLS: nsh beside `openssl s_client`, both of the same `openssl s_server`."""

import os
import re
import subprocess

GIGABYTE = 1 << 30


class Server:
    """An s_server that gives the files of a folder by `GET /NAME`, and ends each connection after it."""

    def __init__(self, folder):
        certificate = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost"]
        files = ["-keyout", f"{folder}/tls.key", "-out", f"{folder}/tls.crt", "-addext", "subjectAltName=DNS:localhost"]
        subprocess.run(["openssl", "req", "-x509", *certificate, *files], check=True, stderr=subprocess.DEVNULL)
        with open(f"{folder}/gigabyte", "wb") as file:
            file.truncate(GIGABYTE)
        self.process = subprocess.Popen(
            ["openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", "tls.crt", "-key", "tls.key", "-WWW"],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            found = re.match(r"ACCEPT .*:(\d+)$", line)
            if found:
                self.port = found[1]
                break

    def stop(self):
        self.process.kill()
        self.process.wait()


def rows(row, nsh, folder):
    server = Server(folder)
    try:
        at = f"127.0.0.1:{server.port}"
        connect = f"let c = tls connect {at} --name localhost --ca {folder}/tls.crt"
        request = 'send "GET /gigabyte HTTP/1.0\\r\\n\\r\\n"'
        trust = f"-CAfile {folder}/tls.crt -verify_return_error -verify_hostname localhost"
        theirs = f"printf 'GET /gigabyte HTTP/1.0\\r\\n\\r\\n' | openssl s_client -quiet -connect {at} {trust}"
        commands = {
            "nsh": [nsh, "-c", f"{connect}; {request}; while (recv) != null {{ }}"],
            "openssl": ["bash", "-c", theirs],
        }
        row("1 GB over TLS", commands, 5, show_memory=True)
        handshakes = {
            "nsh": [nsh, "-c", f"for n in 1..200 {{ {connect}; close $c }}"],
            "openssl": ["bash", "-c", f"for n in {{1..200}}; do openssl s_client -connect {at} {trust} </dev/null; done"],
        }
        row("200 TLS handshakes", handshakes, 3)
    finally:
        server.stop()
        os.unlink(f"{folder}/gigabyte")
