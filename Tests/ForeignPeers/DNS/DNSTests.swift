import Glibc
import System
import TestSupport
import Testing

/// `dns` against Knot and beside kdig: every type, every transport, and the walk from the root.
@Suite(.serialized, .knotTree) struct DNSTests {
  private func nsh(_ text: String) throws -> String {
    let (output, _) = try Program(Tree.nsh, "-c", text).finish()
    return String(decoding: output, as: UTF8.self)
  }

  private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  /// The text without what is free in it: the case of digits, quotation marks where none are needed, zeros of LOC, white space at the end.
  static func plainText(_ text: String) -> String {
    let words = text.lowercased().filter { $0 != "\"" }.split(separator: " ").map(String.init)
    return words.map { $0.replacing(".000", with: "").replacing(".00m", with: "m") }.joined(separator: " ")
  }

  static let asked = [
    ("example.test", "SOA"), ("example.test", "NS"), ("example.test", "MX"), ("example.test", "TXT"),
    ("example.test", "CAA"),
    ("www.example.test", "A"), ("www.example.test", "AAAA"), ("alias.example.test", "A"),
    ("alias.example.test", "CNAME"),
    ("www.tree.example.test", "A"), ("host.example.test", "HINFO"), ("_sip._tcp.example.test", "SRV"),
    ("naptr.example.test", "NAPTR"), ("svc.example.test", "SVCB"), ("web.example.test", "HTTPS"),
    ("_443._tcp.www.example.test", "TLSA"), ("ssh.example.test", "SSHFP"), ("_ftp._tcp.example.test", "URI"),
    ("here.example.test", "LOC"), ("key.example.test", "OPENPGPKEY"), ("child.example.test", "CDS"),
    ("child2.example.test", "CDNSKEY"), ("csync.example.test", "CSYNC"), ("mac.example.test", "EUI48"),
    ("mac.example.test", "EUI64"), ("rp.example.test", "RP"), ("afs.example.test", "AFSDB"), ("kx.example.test", "KX"),
    ("odd.example.test", "TYPE65400"), (#"dot\.ted.example.test"#, "A"), ("x.wild.example.test", "TXT"),
    ("many.example.test", "A"), ("example.test", "DNSKEY"), ("www.example.test", "NSEC"),
  ]

  @Test(arguments: ["udp", "tcp", "tls", "https", "get"]) func everyTypeIsAsKdigShowsIt(_ transport: String) throws {
    let secure = EncryptedServers.current
    let plain = "\(KnotTree.addresses[2]):\(KnotTree.port)"
    let (at, theirs): (String, [String]) =
      switch transport {
      case "tls": ("@tls://\(secure.address):\(secure.tls)", ["+tls"])
      case "https": ("@https://\(secure.address):\(secure.https)/dns-query", ["+https"])
      case "get": ("@https://\(secure.address):\(secure.https)/dns-query", ["+https-get"])
      case "tcp": ("@tcp://\(plain)", ["+tcp"])
      default: ("@\(plain)", [])
      }
    let place =
      switch transport {
      case "tls": ["@\(secure.address)", "-p", String(secure.tls), "+tls-ca=\(secure.certificate)"]
      case "https", "get": ["@\(secure.address)", "-p", String(secure.https), "+tls-ca=\(secure.certificate)"]
      default: ["@\(KnotTree.addresses[2])", "-p", String(KnotTree.port)]
      }
    let options = transport == "get" ? "--get" : ""
    let script = Self.asked.map {
      "print '--'; dns '\($0.0)' \($0.1) '\(at)' --short --ca \(secure.certificate) \(options)"
    }.joined(separator: "\n")
    let answers = try nsh(script).split(separator: "--\n", omittingEmptySubsequences: false).dropFirst()
    #expect(answers.count == Self.asked.count)
    for ((name, type), answer) in zip(Self.asked, answers) {
      let (output, status) = try Program(["kdig", "+short"] + place + theirs + [name, type]).finish()
      #expect(status == 0)
      let ours = lines(String(answer)).map(Self.plainText).sorted()
      let kdig = lines(String(decoding: output, as: UTF8.self)).map(Self.plainText).sorted()
      #expect(ours == kdig && !ours.isEmpty, "\(name) \(type)")
    }
  }

  /// The text of `--dig` is dig's, but for what differs from run to run.
  @Test(arguments: [
    ("www.example.test", "A"), ("example.test", "MX"), ("many.example.test", "A"), ("nope.example.test", "A"),
    ("a-name-that-is-longer-than-its-column.example.test", "TXT"), ("_sip._tcp.example.test", "SRV"),
  ])
  func digIsImitatedToTheLetter(_ name: String, _ type: String) throws {
    func kept(_ text: String) -> [String] {
      text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).filter { line in
        !["Query time", "WHEN", "id:", "SERVER", "Truncated"].contains { line.contains($0) }
      }.map { $0.hasPrefix("many") ? "many" : $0 }
    }
    let at = KnotTree.addresses[2]
    let ours = try nsh("dns \(name) \(type) @\(at):\(KnotTree.port) --dig --nsid")
    let (output, _) = try Program(
      "dig", "+nocmd", "+nocookie", "+nsid", "@\(at)", "-p", String(KnotTree.port), name, type
    ).finish()
    #expect(kept(ours) == kept(String(decoding: output, as: UTF8.self).trimmed) + [""])
  }

  /// A server is believed by its certificate: for its address, or for the name that is said.
  @Test(arguments: [
    ("tls", "", "certificate-self-signed"), ("tls", "--ca CA", "NOERROR tls"),
    ("tls", "--ca CA --name dns.test", "NOERROR tls"),
    ("tls", "--ca CA --name other.test", "certificate-name"), ("tls", "--insecure", "NOERROR tls"),
    ("https", "", "certificate-self-signed"), ("https", "--ca CA", "NOERROR https"),
    ("https", "--ca CA --name dns.test", "NOERROR https"),
    ("https", "--ca CA --name other.test", "certificate-name"),
    ("https", "--insecure --get", "NOERROR https"),
  ])
  func serversAreKnownByTheirCertificates(_ transport: String, _ options: String, _ wanted: String) throws {
    let secure = EncryptedServers.current
    let port = transport == "tls" ? secure.tls : secure.https
    let options = options.replacing("CA", with: secure.certificate)
    let ask = "let r = dns www.example.test @\(transport)://\(secure.address):\(port) \(options) --timeout 60s"
    #expect(
      try nsh("try { \(ask); print \"${$r.rcode} ${$r.transport}\" } catch e { print $e.code }") == wanted + "\n")
  }

  /// Padding as RFC 8467 wants it: our queries to 128 bytes, Unbound's answers to 468.
  @Test func messagesOverTLSArePadded() throws {
    let secure = EncryptedServers.current
    let ask = "dns www.example.test A @tls://\(secure.address):\(secure.tls) --ca \(secure.certificate)"
    #expect(try nsh("print (\(ask)).size") == "468B\n")
    #expect(try nsh("\(ask) --padding 0 | get size") != "468B\n")
  }

  @Test(arguments: [("/refuse", "dns-http-status"), ("/wrong", "dns-mismatch")])
  func webServersThatGiveNoAnswerAreErrors(_ path: String, _ code: String) throws {
    let secure = EncryptedServers.current
    let ask = "dns www.example.test A @https://\(secure.address):\(secure.https)\(path) --ca \(secure.certificate)"
    #expect(try nsh("try { \(ask) } catch e { print $e.code }") == code + "\n")
  }

  @Test func theParametersOfEDNSReachTheServer() throws {
    let at = "@\(KnotTree.addresses[2]):\(KnotTree.port)"
    #expect(try nsh("(dns example.test SOA \(at) --nsid).edns.options | get text") == "\"nsh-test\"\n")
    #expect(try nsh("(dns www.example.test A \(at) --dnssec).answer | get type") == "A\nRRSIG\n")
    #expect(try nsh("(dns many.example.test A \(at) --bufsize 512 --notcp).flags | where {|f| $f == 'tc'}") == "tc\n")
    #expect(
      try nsh("let r = dns many.example.test A \(at) --bufsize 512; print $r.transport (len $r.answer)") == "tcp\n100\n"
    )
    #expect(
      try nsh("dns example.test MX \(at) --0x20 --subnet 192.0.2.0/24 --short | lower") == "10 mail.example.test.\n")
    #expect(try nsh("dns nope.example.test A \(at) | get rcode") == "NXDOMAIN\n")
    #expect(try nsh("dns example.com A \(at) | get rcode") == "REFUSED\n")
  }

  @Test func aZoneIsTransferredAsKdigTransfersIt() throws {
    let ours = try nsh("dns zone example.test @\(KnotTree.addresses[2]):\(KnotTree.port) | count")
    let (output, _) = try Program(
      "kdig", "+noall", "+answer", "@\(KnotTree.addresses[2])", "-p", String(KnotTree.port), "example.test", "AXFR"
    ).finish()
    let records = lines(String(decoding: output, as: UTF8.self)).filter { !$0.hasPrefix(";") }
    // The SOA stands at the end again there.
    #expect(ours == "\(records.count - 1)\n")
  }

  @Test(arguments: [
    ("www.example.test", ". referral\ntest. referral\nexample.test. answer\n"),
    ("nope.example.test", ". referral\ntest. referral\nexample.test. nothing\n"),
    ("www.tree.example.test", ". referral\ntest. referral\nexample.test. answer\n"),
    (
      "away.example.test",
      ". referral\ntest. referral\nexample.test. alias\n. referral\ntest. nothing\n"
    ),
  ])
  func namesAreFollowedFromTheRoot(_ name: String, _ steps: String) throws {
    let script =
      "dns trace \(name) A --root @\(KnotTree.addresses[0]):\(KnotTree.port) | where {|h| $h.result != 'failed'} "
      + "| each {|h| \"${$h.zone} ${$h.result}\"}"
    #expect(try nsh(script) == steps)
  }

  @Test(arguments: [
    ("x.lame.test", "lame", "dns-lame"), ("x.sideways.test", "lame", "dns-lame"), ("x.loop1.test", "loop", "dns-loop"),
    ("x.noglue.test", "no-glue", "dns-no-glue"), ("x.dark.test", "failed", "ECONNREFUSED"),
  ])
  func brokenDelegationsAreNamed(_ name: String, _ result: String, _ code: String) throws {
    let root = "@\(KnotTree.addresses[0]):\(KnotTree.port)"
    let trace = "dns trace \(name) A --root \(root) --timeout 60s | each {|h| print $h.result} | count"
    let steps = try lines(nsh("try { \(trace) } catch e { print $e.code }"))
    #expect(steps.contains(result) && steps.last == code, "\(steps)")
  }

  /// A server that only speaks TCP is asked over that, and one whose address is elsewhere is looked up first.
  @Test func serversThatAreHardToReachAreReached() throws {
    let root = "@\(KnotTree.addresses[0]):\(KnotTree.port)"
    let row = "{|h| \"${$h.zone} ${$h.result} ${$h.transport} ${$h.depth} ${$h.note}\"}"
    let stream = try lines(nsh("dns trace x.stream.test A --root \(root) | last 2 | each \(row)"))
    #expect(stream == ["stream.test. failed udp 0 ECONNREFUSED over udp", "stream.test. answer tcp 0 A 192.0.2.77"])
    let elsewhere = try lines(nsh("dns trace www.elsewhere.test A --root \(root) | each \(row)"))
    #expect(elsewhere.contains { $0.hasPrefix("example.test. answer udp 1 ") }, "\(elsewhere)")
    #expect(elsewhere.last == "elsewhere.test. answer udp 0 A 192.0.2.5")
  }

  @Test func theResolverFollowsAliasesAndRemembers() throws {
    let at = "@\(KnotTree.addresses[2]):\(KnotTree.port)"
    let compared = try nsh("dns compare www.example.test A \(at) \(at) | get same")
    #expect(compared == "true\ntrue\n")
  }
}

extension String {
  /// The text without blank lines at its ends.
  fileprivate var trimmed: String {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines.firstIndex { !$0.isEmpty } ?? lines.endIndex
    let end = lines.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? start
    return lines[start..<max(start, end)].joined(separator: "\n")
  }
}
