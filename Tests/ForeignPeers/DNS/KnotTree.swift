import Glibc
import System
import TestSupport
import Testing

/// Gives a suite one tree of servers, from before its first test to after its last.
struct KnotTreeTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let tree = try KnotTree()
    try await KnotTree.$port.withValue(tree.chosen) {
      try await EncryptedServers.$current.withValue(tree.encrypted.places) { try await function() }
    }
    withExtendedLifetime(tree) {}
  }
}

extension Trait where Self == KnotTreeTrait {
  static var knotTree: Self { Self() }
}

/// Three real Knot servers on addresses of loopback: the root, test. and example.test., each signed, with broken zones beside.
final class KnotTree {
  private let folder: TemporaryFolder
  let chosen: UInt16
  private let servers: [Program]
  let encrypted: EncryptedServers

  /// Where the servers of the running suite listen.
  @TaskLocal static var port: UInt16 = 0

  /// The part of loopback that is this run's own, so that runs beside each other do not meet.
  static let network = "127.\(Int.random(in: 54...250)).\(Int.random(in: 1...250))"

  /// Where the root, test. and example.test. are served.
  static let addresses = ["\(network).10", "\(network).11", "\(network).12"]

  /// A port that no program is given unasked: they come from 32768 on (ip_local_port_range of ip(7)).
  static var anyPort: UInt16 { UInt16.random(in: 10_000...29_999) }

  static let root = """
    . 300 IN SOA a.root. admin.root. 1 3600 600 86400 60
    . 300 NS a.root.
    a.root. 300 A \(network).10
    test. 300 NS ns.test.
    ns.test. 300 A \(network).11
    """

  static let test = """
    test. 300 IN SOA ns.test. admin.test. 1 3600 600 86400 60
    test. 300 NS ns.test.
    ns.test. 300 A \(network).11
    example.test. 300 NS ns1.example.test.
    example.test. 300 NS dead.example.test.
    ns1.example.test. 300 A \(network).12
    dead.example.test. 300 A \(network).99
    lame.test. 300 NS ns.test2.lame.test.
    ns.test2.lame.test. 300 A \(network).12
    elsewhere.test. 300 NS ns2.example.test.
    noglue.test. 300 NS ns.noglue.test.
    sideways.test. 300 NS ns.sideways.test.
    ns.sideways.test. 300 A \(network).11
    dark.test. 300 NS ns.dark.test.
    ns.dark.test. 300 A \(network).99
    loop1.test. 300 NS ns.loop2.test.
    loop2.test. 300 NS ns.loop1.test.
    stream.test. 300 NS ns.stream.test.
    ns.stream.test. 300 A \(network).13
    """

  /// A zone whose server has its name in another, so that its address is looked up first.
  static let elsewhere = """
    elsewhere.test. 300 IN SOA ns2.example.test. admin.test. 1 3600 600 86400 60
    elsewhere.test. 300 NS ns2.example.test.
    www.elsewhere.test. 300 A 192.0.2.5
    """

  /// A record of each type that Knot reads.
  static let example = ##"""
    $ORIGIN example.test.
    $TTL 300
    @ SOA ns1 admin 1 3600 600 86400 60
    @ NS ns1
    @ NS dead
    dead A \##(network).99
    ns1 A \##(network).12
    ns2 A \##(network).12
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

  /// Starts the servers, again on another port if one of them cannot start.
  init() throws {
    folder = try TemporaryFolder()
    var attempt = 0
    while true {
      do {
        (chosen, servers) = try Self.start(in: folder, "\(attempt)")
        break
      } catch {
        attempt += 1
        guard attempt < 3 else { throw error }
      }
    }
    encrypted = try EncryptedServers(before: Self.addresses[2], chosen, folder)
  }

  private static func start(in folder: TemporaryFolder, _ attempt: String) throws -> (UInt16, [Program]) {
    let zones = [(".", root), ("test.", test), ("example.test.", example)]
    let port = anyPort
    mkdir("\(folder.path)/\(attempt)", 0o700)
    let servers = try zones.enumerated().map { try start($0, $1.0, $1.1, port, folder, attempt) }
    // Knot signs while it starts: until all answer with a signature nothing is asked.
    for (index, (name, _)) in zones.enumerated() { try wait(for: name, of: index, port, servers[index]) }
    return (port, servers)
  }

  private static func start(
    _ index: Int, _ name: String, _ text: String, _ port: UInt16, _ folder: TemporaryFolder, _ attempt: String
  ) throws -> Program {
    let home = "\(folder.path)/\(attempt)/\(index)"
    mkdir(home, 0o700)
    try folder.write("\(attempt)/\(index)/zone", Array((text + "\n").utf8))
    if index == 2 { try folder.write("\(attempt)/\(index)/elsewhere", Array((elsewhere + "\n").utf8)) }
    try folder.write(
      "\(attempt)/\(index)/knot.conf",
      Array(
        """
        server:
            listen: \(addresses[index])@\(port)
            rundir: \(home)
            nsid: nsh-test
            udp-workers: 1
            tcp-workers: 1
            background-workers: 1
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

        """.utf8)
        + Array((index == 2 ? "  - domain: elsewhere.test.\n    storage: \(home)\n    file: elsewhere\n" : "").utf8))
    return try Program("env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "knotd", "-c", "\(home)/knot.conf")
  }

  /// Waits until a server signs, for two minutes or until it ends.
  private static func wait(for name: String, of index: Int, _ port: UInt16, _ server: Program) throws {
    // What kdig says while nobody answers yet is nobody's concern.
    let quiet = ["sh", "-c", "exec \"$@\" 2>/dev/null", "sh"]
    let question = ["kdig", "+short", "+dnssec", "+timeout=2", "+retry=0", "@\(addresses[index])", "-p", String(port)]
    let end = time(nil) + 120
    while server.isRunning, time(nil) < end {
      let (output, _) = try Program(quiet + question + [name, "SOA"]).finish()
      if String(decoding: output, as: UTF8.self).contains("SOA 13") { return }
      usleep(200_000)
    }
    throw SystemCallError(call: "connect", errno: ECONNREFUSED)
  }
}
