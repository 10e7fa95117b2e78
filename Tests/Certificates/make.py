#!/usr/bin/env python3
"""Makes a folder of certificates with the openssl command: authorities, and leaves of which most have something wrong.

    make.py FOLDER

For each leaf NAME it writes NAME.crt, NAME.key, NAME.chain (what the server sends behind it), NAME.pem (both); besides ca.pem, the authority to be
trusted, ca.crl, which revokes the leaf `revoked`, and all.crl with the lists of all issuers, which revoke the authority `gone` too.
"""
import os
import shutil
import subprocess
import sys

CONFIG = """
[ca]
default_ca = here
[here]
dir = .
database = $dir/{ca}.db
new_certs_dir = $dir/new
serial = $dir/{ca}.serial
crlnumber = $dir/{ca}.crlnumber
unique_subject = no
default_md = sha256
policy = any
email_in_dn = no
copy_extensions = none
default_crl_days = 30
[any]
commonName = optional
"""


def openssl(*words):
    done = subprocess.run(["openssl", *words], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"openssl {' '.join(words)}\n{done.stderr}")


def write(name, text):
    with open(name, "w") as file:
        file.write(text)


def issue(name, by, extensions, subject, start="20200101000000Z", end="20491231235959Z", digest="sha256", key="ec"):
    """Makes a key and a certificate of it, signed by an authority's key or, for `by` None, by its own."""
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"] if key == "ec" else ["-newkey", f"rsa:{key}"]
    openssl("req", "-new", *kind, "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={subject}",
            "-sha256")
    own = by or name
    if not os.path.exists(f"{own}.cnf"):
        write(f"{own}.cnf", CONFIG.format(ca=own))
        write(f"{own}.db", "")
        write(f"{own}.serial", "1000\n")
        write(f"{own}.crlnumber", "01\n")
    write(f"{name}.ext", extensions)
    signer = ["-cert", f"{by}.crt", "-keyfile", f"{by}.key"] if by else ["-selfsign", "-keyfile", f"{name}.key"]
    openssl("ca", "-batch", "-notext", "-config", f"{own}.cnf", "-in", f"{name}.csr", "-out", f"{name}.crt", *signer,
            "-startdate", start, "-enddate", end, "-md", digest, "-extfile", f"{name}.ext")


def leaf(name, names, by="inter", chain=("inter",), subject=None, usage="serverAuth", **options):
    """Makes a leaf for names (DNS:…, IP:…; none for no SAN at all) and the PEM of the chain that its server sends."""
    extensions = f"basicConstraints=CA:FALSE\nextendedKeyUsage={usage}\n"
    if names:
        extensions += f"subjectAltName={names}\n"
    issue(name, by, extensions, subject or name, **options)
    with open(f"{name}.pem", "w") as whole:
        for part in (name, *chain):
            with open(f"{part}.crt") as file:
                whole.write(file.read())
    with open(f"{name}.pem") as whole, open(f"{name}.chain", "w") as rest:
        mark = "-----END CERTIFICATE-----\n"
        rest.write(whole.read().split(mark, 1)[1])


AUTHORITY = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n"


def revoke(authority, path, *names):
    """Writes the list of what an authority revoked."""
    own = ["ca", "-config", f"{authority}.cnf", "-cert", f"{authority}.crt", "-keyfile", f"{authority}.key"]
    for name in names:
        openssl(*own, "-revoke", f"{name}.crt")
    openssl(*own, "-gencrl", "-out", path)


def main():
    os.makedirs(sys.argv[1], exist_ok=True)
    os.chdir(sys.argv[1])
    os.makedirs("new", exist_ok=True)
    issue("root", None, AUTHORITY, "Test Root")
    issue("other", None, AUTHORITY, "Other Root")
    issue("inter", "root", AUTHORITY, "Test Intermediate")
    issue("narrow", "root", AUTHORITY + "nameConstraints=critical,permitted;DNS:allowed.test\n", "Narrow Intermediate")
    issue("late", "root", AUTHORITY, "Expired Intermediate", end="20210101000000Z")
    issue("old", "root", AUTHORITY, "RSA Intermediate", key="2048")
    issue("gone", "root", AUTHORITY, "Revoked Intermediate")
    os.rename("root.crt", "ca.pem")
    os.symlink("ca.pem", "root.crt")

    good = "DNS:www.example.test"
    leaf("good", good + ",IP:127.0.0.1")
    leaf("expired", good, end="20210101000000Z")
    leaf("future", good, start="20480101000000Z")
    leaf("wildcard", "DNS:*.example.test")
    leaf("partial", "DNS:w*.example.test")
    leaf("inner", "DNS:www.*.test")
    leaf("address", "IP:127.0.0.1")
    leaf("addressname", "DNS:127.0.0.1")
    leaf("cn", None, subject="www.example.test")
    leaf("selfsigned", good, by=None, chain=())
    leaf("stranger", good, by="other", chain=("other",))
    leaf("missing", good, chain=())
    leaf("revoked", good)
    leaf("weak512", good, key="512")
    leaf("weak1024", good, key="1024")
    leaf("md5", good, by="old", chain=("old",), digest="md5")
    leaf("sha1", good, by="old", chain=("old",), digest="sha1")
    leaf("constrained", good, by="narrow", chain=("narrow",))
    leaf("allowed", "DNS:www.allowed.test", by="narrow", chain=("narrow",))
    leaf("lateissuer", good, by="late", chain=("late",))
    leaf("purpose", good, usage="clientAuth")
    leaf("byleaf", good, by="good", chain=("good", "inter"))
    leaf("rsa", good, key="2048")
    leaf("orphan", good, by="gone", chain=("gone",))
    revoke("inter", "ca.crl", "revoked")
    revoke("root", "root.crl", "gone")
    revoke("gone", "gone.crl")
    with open("all.crl", "w") as whole:
        for name in ("ca", "root", "gone"):
            with open(f"{name}.crl") as file:
                whole.write(file.read())
    for authorities in ("ca", "all"):
        with open(f"{authorities}-crl.pem", "w") as whole, open("ca.pem") as root, open(f"{authorities}.crl") as lists:
            whole.write(root.read() + lists.read())
    # The authority to be trusted in a folder, by its hash and by its own name.
    for folder in ("hashed", "named"):
        os.mkdir(folder)
        shutil.copy("ca.pem", folder)
    openssl("rehash", "hashed")


main()
