import Glibc
import System
import TestSupport
import Testing

/// `dns` asks BIND's named what dig asks it, and gets the same.
struct BINDTests {
  /// A running named with the zone of the tests.
  private final class Named {
    /// named listens on addresses that an interface has, and so not on any of 127/8.
    let address = "127.0.0.1"
    let port = KnotTree.anyPort
    /// Where it speaks TLS, for zone transfers alone (RFC 9103), and the certificate of it.
    let secure = KnotTree.anyPort
    let certificate: String
    private let folder: TemporaryFolder
    private let process: Program

    var dig: [String] {
      ["dig", "+short", "+nosplit", "+tries=1", "+timeout=10", "@\(address)", "-p", String(port)]
    }

    init() throws {
      folder = try TemporaryFolder()
      try folder.write("zone", Array(KnotTree.example.utf8))
      certificate = folder.path + "/server.crt"
      let made = try Program(
        "sh", "-c", "exec \"$@\" 2>/dev/null", "sh", "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
        "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=ns.test", "-addext", "subjectAltName=IP:\(address)",
        "-keyout", folder.path + "/server.key", "-out", certificate
      ).finish().status
      guard made == 0 else { throw SystemCallError(call: "openssl", errno: EIO) }
      try folder.write(
        "named.conf",
        Array(
          """
          tls secure { cert-file "\(certificate)"; key-file "\(folder.path)/server.key"; };
          options {
            directory "\(folder.path)"; pid-file "\(folder.path)/pid"; session-keyfile "\(folder.path)/session.key";
            listen-on port \(port) { \(address); }; listen-on-v6 { none; };
            listen-on port \(secure) tls secure { \(address); };
            recursion no; dnssec-validation no; check-names primary ignore; check-integrity no; minimal-responses yes;
            require-server-cookie yes; tcp-advertised-timeout 300;
          };
          controls { };
          zone "example.test" { type primary; file "\(folder.path)/zone";
            allow-transfer port \(secure) transport tls { any; }; };

          """.utf8))
      process = try Program(
        "env", "PATH=/usr/sbin:/usr/bin", "named", "-f", "-n", "1", "-c", folder.path + "/named.conf", "-L",
        folder.path + "/log")
      let end = time(nil) + 120
      var isReady = false
      while !isReady, process.isRunning, time(nil) < end {
        let (output, _) = try Program(dig + ["example.test", "SOA"]).finish()
        isReady = String(decoding: output, as: UTF8.self).hasPrefix("ns1.")
        if !isReady { usleep(200_000) }
      }
      guard isReady else { throw SystemCallError(call: "connect", errno: ECONNREFUSED) }
    }
  }

  @Test func everyTypeIsAsDigShowsIt() throws {
    let named = try Named()
    // BIND signs nothing here, and so has no keys.
    let asked = DNSTests.asked.filter { !["DNSKEY", "NSEC"].contains($0.1) }
    let script = asked.map { "print '--'; dns '\($0.0)' \($0.1) @\(named.address):\(named.port) --short" }.joined(
      separator: "\n")
    let (output, _) = try Program(Tree.nsh, "-c", script).finish()
    let answers = String(decoding: output, as: UTF8.self)
      .split(separator: "--\n", omittingEmptySubsequences: false).dropFirst()
    #expect(answers.count == asked.count)
    for ((name, type), answer) in zip(asked, answers) {
      let (theirs, _) = try Program(named.dig + [name, type]).finish()
      func sorted(_ text: some StringProtocol) -> [String] {
        text.split(separator: "\n").map { DNSTests.plainText(String($0)) }.sorted()
      }
      let wanted = sorted(String(decoding: theirs, as: UTF8.self))
      #expect(sorted(answer) == wanted && !wanted.isEmpty, "\(name) \(type)")
    }
  }

  /// BIND transfers over TLS alone here, and only to who says `dot` in its ALPN (RFC 9103 §7.1); dig gets the same records.
  @Test func aZoneIsTransferredOverTLS() throws {
    let named = try Named()
    func nsh(_ text: String) throws -> (output: [UInt8], status: Int32) { try Program(Tree.nsh, "-c", text).finish() }
    let at = "\(named.address):\(named.secure)"
    let (ours, status) = try nsh("dns zone example.test @tls://\(at) --ca \(named.certificate) | count")
    let (theirs, _) = try Program(
      "dig", "+tls-ca=\(named.certificate)", "+onesoa", "+noall", "+answer", "@\(named.address)", "-p",
      String(named.secure), "example.test", "AXFR"
    ).finish()
    let records = String(decoding: theirs, as: UTF8.self).split(separator: "\n").count
    #expect(String(decoding: ours, as: UTF8.self) == "\(records)\n" && records > 20 && status == 0)
    let plain = "try { dns zone example.test @\(named.address):\(named.port) | count } catch e { print $e.code }"
    #expect(String(decoding: try nsh(plain).output, as: UTF8.self) == "REFUSED\n")
  }

  /// A server that wants the cookie that it gave gets it; over TCP it says how long a connection may stay open.
  @Test func cookiesAndKeepalivesAreSpoken() throws {
    let named = try Named()
    let at = "\(named.address):\(named.port)"
    func nsh(_ text: String) throws -> String {
      String(decoding: try Program(Tree.nsh, "-c", text).finish().output, as: UTF8.self)
    }
    let cookie = "let r = dns example.test SOA @\(at) --cookie; print $r.rcode; print (len $r.edns.options[0].server)"
    #expect(try nsh(cookie) == "NOERROR\n16\n")
    let keepalive =
      "(dns example.test SOA @tcp://\(at) --keepalive).edns.options | where {|o| $o.name == 'keepalive'} | get timeout"
    #expect(try nsh(keepalive) == "30s\n")
  }
}
