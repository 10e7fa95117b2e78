import Glibc
import System
import TestSupport

/// Three real Knot servers on addresses of loopback: the root, test. and example.test., each signed, with broken zones beside.
final class KnotTree {
  let folder: TemporaryFolder
  let port: UInt16
  private var servers: [Program] = []

  /// Where the root, test. and example.test. are served.
  static let addresses = ["127.0.53.10", "127.0.53.11", "127.0.53.12"]

  static let root = """
    . 300 IN SOA a.root. admin.root. 1 3600 600 86400 60
    . 300 NS a.root.
    a.root. 300 A 127.0.53.10
    test. 300 NS ns.test.
    ns.test. 300 A 127.0.53.11
    """

  static let test = """
    test. 300 IN SOA ns.test. admin.test. 1 3600 600 86400 60
    test. 300 NS ns.test.
    ns.test. 300 A 127.0.53.11
    example.test. 300 NS ns1.example.test.
    example.test. 300 NS dead.example.test.
    ns1.example.test. 300 A 127.0.53.12
    dead.example.test. 300 A 127.0.53.99
    lame.test. 300 NS ns.test2.lame.test.
    ns.test2.lame.test. 300 A 127.0.53.12
    glueless.test. 300 NS ns1.example.test.
    loop1.test. 300 NS ns.loop2.test.
    loop2.test. 300 NS ns.loop1.test.
    stream.test. 300 NS ns.stream.test.
    ns.stream.test. 300 A 127.0.53.13
    """

  /// A record of each type that Knot reads.
  static let example = ##"""
    $ORIGIN example.test.
    $TTL 300
    @ SOA ns1 admin 1 3600 600 86400 60
    @ NS ns1
    @ NS dead
    dead A 127.0.53.99
    ns1 A 127.0.53.12
    www A 192.0.2.1
    www AAAA 2001:db8::1
    alias CNAME www
    away CNAME other.test.
    tree DNAME example.test.
    @ MX 10 mail
    mail A 192.0.2.2
    @ TXT "v=spf1 -all" "second; \"quoted\" \\ \200"
    host HINFO "PC" "Linux"
    _sip._tcp SRV 1 2 5060 mail
    naptr NAPTR 100 10 "u" "sip+E2U" "!^.*$!sip:info@example.test!" .
    @ CAA 0 issue "ca.test; account=1"
    svc SVCB 1 svc4 port=853 alpn=dot ipv4hint=192.0.2.1
    web HTTPS 1 . alpn="h2,h3" ipv6hint=2001:db8::1 key65000="a b"
    _443._tcp.www TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    ssh SSHFP 4 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    _ftp._tcp URI 10 1 "ftp://ftp.example.test/public"
    here LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m
    key OPENPGPKEY mQENBFVHm5sBCADu
    child CDS 12345 13 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    child2 CDNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==
    csync CSYNC 66 3 A NS AAAA
    mac EUI48 00-00-5e-00-53-2a
    mac EUI64 00-00-5e-ef-10-00-00-2a
    rp RP admin.example.test. txt.example.test.
    afs AFSDB 1 mail
    kx KX 10 mail
    odd TYPE65400 \# 4 01020304
    dot\.ted A 192.0.2.7
    *.wild TXT "wild"
    """## + (1...100).map { "\nmany A 192.0.2.\($0)" }.joined() + "\n"

  init() throws {
    folder = try TemporaryFolder()
    let output = try Program(
      "python3", "-c",
      "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.53.10', 0)); print(s.getsockname()[1])"
    ).finish().output
    port = UInt16(String(decoding: output.dropLast(), as: UTF8.self)) ?? 0
    let zones = [(".", Self.root), ("test.", Self.test), ("example.test.", Self.example)]
    servers = try zones.enumerated().map { try start($0, $1.0, $1.1) }
    // Knot signs while it starts: until all answer with a signature nothing is asked.
    for (address, (name, _)) in zip(Self.addresses, zones) { try wait(for: name, at: address) }
  }

  private func start(_ index: Int, _ name: String, _ text: String) throws -> Program {
    let home = "\(folder.path)/\(index)"
    mkdir(home, 0o700)
    try folder.write("\(index)/zone", Array((text + "\n").utf8))
    try folder.write(
      "\(index)/knot.conf",
      Array(
        """
        server:
            listen: \(Self.addresses[index])@\(port)
            rundir: \(home)
            nsid: nsh-test
        log:
          - target: stderr
            any: error
        database:
            storage: \(home)
        acl:
          - id: transfer
            address: 127.0.0.0/8
            action: transfer
        zone:
          - domain: \(name)
            storage: \(home)
            file: zone
            dnssec-signing: on
            zonefile-load: difference
            journal-content: all
            zonefile-sync: -1
            acl: transfer

        """.utf8))
    return try Program("env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "knotd", "-c", "\(home)/knot.conf")
  }

  private func wait(for name: String, at address: String) throws {
    for _ in 0..<100 {
      let (output, _) = try Program(
        "kdig", "+short", "+dnssec", "+timeout=1", "+retry=0", "@\(address)", "-p", String(port), name, "SOA"
      ).finish()
      if String(decoding: output, as: UTF8.self).contains("SOA 13") { return }
      usleep(100_000)
    }
    throw SystemCallError(call: "connect", errno: ECONNREFUSED)
  }
}
