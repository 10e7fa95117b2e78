import Net
import TestSupport
import Testing
import Wire

/// dnspython as a second opinion on every type: it reads what we write, we read what it writes, as bytes and as text.
struct DNSPythonTests {
  /// For each line with a message in hex: the message as dnspython writes it again, then a line for each record with its data in text, then a dot.
  private static let oracle = """
    import sys, binascii, dns.message, dns.rdatatype
    for line in sys.stdin:
        message = dns.message.from_wire(bytes.fromhex(line.strip()), one_rr_per_rrset=True)
        print(message.to_wire(max_size=65535).hex())
        for section in (message.answer, message.authority, message.additional):
            for rrset in section:
                for rdata in rrset:
                    print(rrset.ttl, int(rdata.rdtype), rdata.to_text(want_comment=False) if False else rdata.to_text())
        print(".")
    """

  @Test func messagesAreTheSameBothWays() throws {
    var samples = DNSSamples(seed: 1)
    let messages = (0..<100_000).map { _ in samples.message() }
    let lines = try messages.map { BaseEncoding.hex.encode(try $0.encoded()) }
    let answers = try Python.run(Self.oracle, lines: lines, interpreter: "/usr/bin/python3")
    var index = 0
    func next() -> String {
      defer { index += 1 }
      return index < answers.count ? answers[index] : ""
    }
    var seen = 0
    for message in messages {
      let back = next()
      let again = try Message(try BaseEncoding.hex.decode(back.utf8))
      try #require(again == message, "\(message)")
      for record in message.answers + message.authorities + message.additionals {
        let line = next()
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        try #require(parts[0] == String(record.ttl) && parts[1] == String(record.type.rawValue))
        let words = try ZoneWords.line(Array(parts[2].utf8))
        let parsed = try RecordData(type: record.type, words: words)
        try #require(parsed == record.data, "\(record) against \(parts[2])")
      }
      let end = next()
      try #require(end == ".")
      seen += 1
    }
    #expect(seen == 100_000 && index == answers.count)
  }

  /// For each line with a type and a text: the data in hex.
  private static let textOracle = """
    import sys, dns.rdata, dns.rdataclass
    for line in sys.stdin:
        type, text = line.rstrip("\\n").split(" ", 1)
        print(dns.rdata.from_text(dns.rdataclass.IN, int(type), text).to_wire().hex())
    """

  @Test func ourTextReadsTheSameThere() throws {
    var samples = DNSSamples(seed: 2)
    let data = (0..<20_000).map { _ in samples.record().data }
    let found = try Python.run(
      Self.textOracle, lines: data.map { "\($0.type.rawValue) \($0.text)" }, interpreter: "/usr/bin/python3")
    for (data, hex) in zip(data, found) {
      try #require(hex == BaseEncoding.hex.encode(data.wire), "\(data.type) \(data.text)")
    }
    #expect(found.count == data.count)
  }
}
