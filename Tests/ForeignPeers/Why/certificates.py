"""Makes the certificates of the set-ups, good and bad, in the folder that is the argument."""
import datetime, sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

FOLDER = sys.argv[1]
NOW = datetime.datetime.utcnow()
DAY = datetime.timedelta(days=1)


def name(common, organisation):
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation), x509.NameAttribute(NameOID.COMMON_NAME, common)])


class Identity:
    def __init__(self, common, organisation, issuer=None, authority=False, host="good.test", start=-10 * DAY, end=300 * DAY):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = name(common, organisation)
        signer = issuer or self
        builder = (
            x509.CertificateBuilder().subject_name(self.name).issuer_name(signer.name).public_key(self.key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(NOW + start).not_valid_after(NOW + end)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True))
        if not authority:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        else:
            usage = [False] * 5 + [True, True, False, False]
            builder = builder.add_extension(x509.KeyUsage(*usage), critical=True)
        self.certificate = builder.sign(signer.key, hashes.SHA256())

    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def write(self, file, *chain):
        with open(f"{FOLDER}/{file}.pem", "wb") as out:
            out.write(self.pem() + b"".join(other.pem() for other in chain))
        with open(f"{FOLDER}/{file}.key", "wb") as out:
            out.write(self.key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))


root = Identity("Example Root", "Example", authority=True)
middle = Identity("Example Issuer", "Example", root, authority=True)
stranger = Identity("Strange Root", "Strangers", authority=True)
root.write("root")
Identity("good.test", "Example", root).write("good")
Identity("good.test", "Example", root, start=-30 * DAY, end=-3 * DAY).write("expired")
Identity("good.test", "Example", root, start=30 * DAY).write("later")
Identity("good.test", "Example", root, start=DAY / 12).write("soon")
Identity("other.test", "Example", root, host="other.test").write("other")
Identity("good.test", "Selfmade").write("self")
Identity("good.test", "Strangers", stranger).write("strange", stranger)
Identity("good.test", "Example", middle).write("alone")
# A chain of several segments.
Identity("good.test", "Example", middle).write("long", middle, root, stranger, *[Identity(f"Further Root {n}", "Example", authority=True) for n in range(4)])
revoked = Identity("good.test", "Example", root)
revoked.write("revoked")
entry = x509.RevokedCertificateBuilder().serial_number(revoked.certificate.serial_number).revocation_date(NOW - DAY).build()
crl = (
    x509.CertificateRevocationListBuilder().issuer_name(root.name).last_update(NOW - DAY).next_update(NOW + 30 * DAY)
    .add_revoked_certificate(entry).sign(root.key, hashes.SHA256()))
with open(f"{FOLDER}/crl.pem", "wb") as out:
    out.write(crl.public_bytes(serialization.Encoding.PEM))
