import Glibc
import System
import TestSupport
import Testing

/// Our name server, asked by dig, kdig, dnsperf and an Unbound that forwards to it; and zone files, judged by named-checkzone.
struct ZoneServiceTests {
  /// Our server with a zone file, on a port of its own.
  private final class Service {
    let folder = try? TemporaryFolder()
    let process: Program
    let port: String

    init(_ zone: String) throws {
      guard let folder else { throw SystemCallError(call: "mkdtemp", errno: EIO) }
      try folder.write("example.test.zone", Array(zone.utf8))
      process = try Program(
        Tree.nsh, "-c",
        "let s = dns serve \(folder.path)/example.test.zone --listen :0 --background; print $s.local.port; sleep 30min"
      )
      port = try process.line()
    }
  }

  private func run(_ words: String...) throws -> (text: String, status: Int32) {
    let (output, status) = try Program(["env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"] + words).finish()
    return (String(decoding: output, as: UTF8.self), status)
  }

  @Test func digAndKdigHaveNothingToComplainOf() throws {
    let service = try Service(KnotTree.example)
    let names = [
      ("example.test", "SOA"), ("www.example.test", "A"), ("alias.example.test", "A"), ("many.example.test", "A"),
      ("nope.example.test", "A"), ("www.tree.example.test", "AAAA"), ("x.wild.example.test", "TXT"),
      ("odd.example.test", "TYPE65400"), ("www.example.test", "ANY"),
    ]
    for (name, type) in names {
      for tool in ["dig", "kdig"] {
        let once = tool == "dig" ? "+tries=1" : "+retry=0"
        let (text, status) = try run(
          tool, "@127.0.0.1", "-p", service.port, name, type, "+norec", once, "+timeout=30")
        #expect(status == 0 && !text.contains("WARNING") && !text.contains("rror:"), "\(tool) \(name) \(type): \(text)")
        #expect(text.contains(name == "nope.example.test" ? "NXDOMAIN" : "NOERROR"))
      }
    }
    let many = try run("dig", "@127.0.0.1", "-p", service.port, "many.example.test", "A", "+short").text
    #expect(many.split(separator: "\n").count == 100)
    let zone = try run("dig", "@127.0.0.1", "-p", service.port, "example.test", "AXFR", "+onesoa").text
    let records = zone.split(separator: "\n").filter { !$0.hasPrefix(";") }
    #expect(records.count == KnotTree.example.split(separator: "\n").count - 2)
    #expect(
      try run("dig", "@127.0.0.1", "-p", service.port, "-b", "127.0.0.1", "other.test", "AXFR").text.contains(
        "ransfer failed"))
    // A version of EDNS that nobody has, an opcode that is not there, and a class without zones.
    #expect(
      try run("dig", "@127.0.0.1", "-p", service.port, "example.test", "+edns=9", "+noednsneg").text.contains("BADVERS")
    )
    #expect(try run("dig", "@127.0.0.1", "-p", service.port, "example.test", "+opcode=NOTIFY").text.contains("NOTIMP"))
    #expect(try run("dig", "@127.0.0.1", "-p", service.port, "example.test", "CH", "A").text.contains("REFUSED"))
  }

  @Test func dnsperfIsAnsweredEveryTime() throws {
    let service = try Service(KnotTree.example)
    try service.folder?.write(
      "queries", Array("www.example.test A\nmany.example.test A\nnope.example.test A\nexample.test MX\n".utf8))
    let (text, status) = try run(
      "dnsperf", "-s", "127.0.0.1", "-p", service.port, "-d", (service.folder?.path ?? "") + "/queries", "-l", "2",
      "-t", "60", "-O", "suppress=timeout")
    #expect(status == 0 && text.contains("Queries lost:         0"), "\(text)")
  }

  @Test func unboundForwardsToIt() throws {
    let service = try Service(KnotTree.example)
    let folder = try TemporaryFolder()
    let (address, port) = ("\(KnotTree.network).53", String(KnotTree.anyPort))
    try folder.write(
      "unbound.conf",
      Array(
        """
        server:
          interface: \(address)@\(port)
          username: ""
          chroot: ""
          directory: "\(folder.path)"
          pidfile: ""
          use-syslog: no
          do-daemonize: no
          do-not-query-localhost: no
          module-config: "iterator"
          local-zone: "test." nodefault
        remote-control:
          control-enable: no
        forward-zone:
          name: "example.test."
          forward-addr: 127.0.0.1@\(service.port)

        """.utf8))
    let unbound = try Program(
      "env", "PATH=/usr/sbin:/usr/bin", "unbound", "-d", "-p", "-c", folder.path + "/unbound.conf")
    var answer = ""
    let end = time(nil) + 120
    while answer.isEmpty, unbound.isRunning, time(nil) < end {
      answer = try run("dig", "@\(address)", "-p", port, "alias.example.test", "+short", "+tries=1", "+timeout=2").text
      if !answer.hasPrefix("www") {
        answer = ""
        usleep(100_000)
      }
    }
    #expect(answer == "www.example.test.\n192.0.2.1\n")
    #expect(try run("dig", "@\(address)", "-p", port, "nope.example.test").text.contains("NXDOMAIN"))
    #expect(
      try run("dig", "@\(address)", "-p", port, "many.example.test", "+short").text.split(separator: "\n").count == 100)
    // Our own client through it.
    let (output, _) = try Program(Tree.nsh, "-c", "dns www.example.test A @\(address):\(port) --short").finish()
    #expect(String(decoding: output, as: UTF8.self) == "192.0.2.1\n")
  }

  private static let head = "$TTL 60\n@ SOA ns admin 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n"

  @Test(arguments: [
    head, head + "a A 192.0.2.2\n", head + "a CNAME ns\n", head + "a CNAME ns\na A 192.0.2.2\n",
    head + "a CNAME ns\na CNAME b\n",
    "$TTL 60\n@ NS ns\nns A 192.0.2.1\n", "$TTL 60\n@ SOA ns admin 1 2 3 4 5\n",
    "$TTL 60\n@ SOA ns admin 1 2 3 4 5\n@ NS ns\n",
    head + "a A 192.0.2\n", head + "a AAAA 192.0.2.1\n", head + "a MX mail\n", head + "a TXT \"open\n",
    head + "a TXT ( b\n",
    head + "a NOSUCH b\n", head + "a.b.c.d.e SRV 1 2 3 ns\n", head + "sub NS ns.sub\nns.sub A 192.0.2.3\n",
    head + "$GENERATE 1-5 h$ A 192.0.2.$\n", head + "$GENERATE 1 h$ A 192.0.2.$\n", head + "$TTL x\na A 192.0.2.1\n",
    head + "@ SOA ns admin 2 2 3 4 5\n", head + "* A 192.0.2.9\n", head + "a 1h30m A 192.0.2.1\n",
    head + "a TXT \\# 3 026869\n",
    head + "a TXT \\# 9 026869\n", head + "a CAA 0 issue \"x\"\n", head + "a CAA 256 issue x\n",
    head + "a HTTPS 1 . alpn=h2\n",
    head + "a HTTPS 1 . alpn=\n", head + "a LOC 91 N 0 E 0m\n", head + "a SSHFP 4 2 zz\n", head + "a CH A 192.0.2.1\n",
    head + "a..b A 192.0.2.1\n", head + "a DS 1 13 2 00\n",
  ])
  func zoneFilesAreJudgedAsNamedCheckzoneDoes(_ zone: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("example.test.zone", Array(zone.utf8))
    let theirs =
      try run("named-checkzone", "-q", "-i", "local", "example.test", folder.path + "/example.test.zone").status == 0
    let ours =
      try Program(
        Tree.nsh, "-c",
        "try { close (dns serve \(folder.path)/example.test.zone --origin example.test --listen :0 --background) } catch e { exit 9 }"
      ).finish().status == 0
    #expect(ours == theirs, "\(zone)")
  }
}
