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

  private func kdig(_ words: [String]) throws -> [String] {
    let place = ["@\(KnotTree.addresses[2])", "-p", String(KnotTree.port)]
    let (output, status) = try Program(["kdig", "+short"] + place + words).finish()
    #expect(status == 0)
    return lines(String(decoding: output, as: UTF8.self)).sorted()
  }

  /// The text without what is free in it: the case of digits, quotation marks where none are needed, zeros of LOC, white space at the end.
  private func plain(_ text: String) -> String {
    let words = text.lowercased().filter { $0 != "\"" }.split(separator: " ").map(String.init)
    return words.map { $0.replacing(".000", with: "").replacing(".00m", with: "m") }.joined(separator: " ")
  }

  private static let asked = [
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

  @Test(arguments: ["", "tcp://"]) func everyTypeIsAsKdigShowsIt(_ scheme: String) throws {
    let at = "'@\(scheme)\(KnotTree.addresses[2]):\(KnotTree.port)'"
    let script = Self.asked.map { "print '--'; dns '\($0.0)' \($0.1) \(at) --short" }.joined(separator: "\n")
    let answers = try nsh(script).split(separator: "--\n", omittingEmptySubsequences: false).dropFirst()
    #expect(answers.count == Self.asked.count)
    for ((name, type), answer) in zip(Self.asked, answers) {
      let words = scheme.isEmpty ? [name, type] : [name, type, "+tcp"]
      let ours = lines(String(answer)).map(plain).sorted()
      let theirs = try kdig(words).map(plain).sorted()
      #expect(ours == theirs, "\(name) \(type)")
    }
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
    ("x.lame.test", "dns-lame"), ("x.loop1.test", "dns-lame"), ("x.glueless.test", "dns-lame"),
    ("x.stream.test", "dns-lame"),
  ])
  func brokenDelegationsAreNamed(_ name: String, _ code: String) throws {
    let root = "@\(KnotTree.addresses[0]):\(KnotTree.port)"
    #expect(
      try nsh("try { dns trace \(name) A --root \(root) --timeout 30s } catch e { print $e.code }") == "\(code)\n")
  }

  @Test func theResolverFollowsAliasesAndRemembers() throws {
    let at = "@\(KnotTree.addresses[2]):\(KnotTree.port)"
    let compared = try nsh("dns compare www.example.test A \(at) \(at) | get same")
    #expect(compared == "true\ntrue\n")
  }
}
