import Net
import Testing
import Wire

/// The texts and bytes of records that RFCs print.
struct RecordTextTests {
  private func data(_ type: String, _ text: String, origin: String = "example.com.") throws -> RecordData {
    let type = try #require(RecordType(type))
    return try RecordData(type: type, words: try ZoneWords.line(Array(text.utf8)), origin: try DomainName(origin))
  }

  /// RFC 9460 appendix D, and one each from the RFCs of other types.
  @Test(arguments: [
    ("HTTPS", "0 foo.example.com.", "0000 03666f6f076578616d706c6503636f6d00"),
    ("SVCB", "1 .", "0001 00"),
    ("SVCB", "16 foo.example.com. port=53", "0010 03666f6f076578616d706c6503636f6d00 0003 0002 0035"),
    (
      "SVCB", "1 foo.example.com. key667=hello",
      "0001 03666f6f076578616d706c6503636f6d00 029b 0005 68656c6c6f"
    ),
    (
      "SVCB", #"1 foo.example.com. key667="hello\210qoo""#,
      "0001 03666f6f076578616d706c6503636f6d00 029b 0009 68656c6c6fd2716f6f"
    ),
    (
      "SVCB", #"1 foo.example.com. ipv6hint="2001:db8::1,2001:db8::53:1""#,
      "0001 03666f6f076578616d706c6503636f6d00 0006 0020 20010db8000000000000000000000001 20010db8000000000000000000530001"
    ),
    (
      "SVCB", "16 foo.example.org. alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1",
      "0010 03666f6f076578616d706c65036f726700 0000 0004 00010004 0001 0009 02683205 68332d3139 0004 0004 c0000201"
    ),
    (
      "SVCB", #"16 foo.example.org. alpn="f\\\\oo\\,bar,h2""#,
      "0010 03666f6f076578616d706c65036f726700 0001 000c 08665c6f6f2c626172 026832"
    ),
    ("TXT", #""hello" world "a\"b\065""#, "0568656c6c6f 05776f726c64 04612262 41"),
    (
      "NSEC", "host.example.com. A MX RRSIG NSEC TYPE1234",
      "04686f7374076578616d706c6503636f6d00 0006 400100000003 041b 000000000000000000000000000000000000000000000000000020"
    ),
    (
      "CAA", #"0 issue "ca.example.net; account=230123""#,
      "00 05 6973737565 63612e6578616d706c652e6e65743b206163636f756e743d323330313233"
    ),
    ("LOC", "42 21 54 N 71 06 18 W -24m 30m", "00 33 16 13 89172dd0 70be15f0 00988d20"),
    ("EUI48", "00-00-5e-00-53-2a", "00005e00532a"),
    ("TYPE731", ##"\# 6 abcdef 01 23 45"##, "abcdef012345"),
    ("A", ##"\# 4 0A000001"##, "0a000001"),
    ("MX", "10 mail", "000a 046d61696c076578616d706c6503636f6d00"),
  ])
  func textAndBytesAgree(_ type: String, _ text: String, _ hex: String) throws {
    let parsed = try data(type, text)
    #expect(BaseEncoding.hex.encode(parsed.wire) == hex.filter { $0 != " " })
    #expect(try RecordData(type: parsed.type, wire: parsed.wire) == parsed)
    #expect(try data(type, parsed.text, origin: ".") == parsed)
  }

  /// RFC 9460 appendix D.3 and the like.
  @Test(arguments: [
    ("SVCB", "1 foo.example.com. key123=abc key123=def"), ("SVCB", "1 foo.example.com. mandatory"),
    ("SVCB", "1 foo.example.com. port"), ("SVCB", "1 foo.example.com. no-default-alpn=abc"),
    ("SVCB", "1 foo.example.com. mandatory=key123,key123 key123=abc"), ("SVCB", "1 . alpn=,"), ("A", "1.2.3"),
    ("A", "1.2.3.4 5"),
    ("AAAA", "1.2.3.4"), ("MX", "70000 a"), ("MX", "10"), ("TXT", ""), ("A", ##"\# 3 0A000001"##),
    ("A", ##"\# 5 0A00000100"##),
    ("DS", "1 2 3 zz"), ("NSEC3", "1 0 12 aabb !! A"), ("LOC", "91 N 0 E 0m"), ("CAA", "256 issue x"), ("URI", "1 2"),
    ("MX", "10 a..b"), ("NS", "\\25"), ("TYPE65280", "abc"),
  ])
  func wrongTextsAreRefused(_ type: String, _ text: String) throws {
    #expect(throws: RecordTextError.self) { try data(type, text) }
  }

  @Test func bytesOfLabelsAreEscaped() throws {
    let name = try #require(DomainName(labels: [Array("a.b".utf8), [0, 0x20, 0xFF], Array("c\\d".utf8)]))
    #expect(name.description == #"a\.b.\000\032\255.c\\d."#)
    #expect(try DomainName(name.description) == name)
    #expect(try DomainName("a.b") != DomainName(#"a\.b"#))
    #expect(try DomainName("WWW.Example") == DomainName("www.example."))
    #expect(throws: DomainNameError.self) { try DomainName("a..b") }
    #expect(throws: DomainNameError.self) { try DomainName(String(repeating: "a", count: 64)) }
    #expect(throws: DomainNameError.self) { try DomainName(".a") }
    #expect(throws: DomainNameError.self) { try DomainName("") }
  }

  /// The order of RFC 4034 §6.1.
  @Test func namesAreOrderedFromTheRight() throws {
    let ordered = try [
      "example", "a.example", "yljkjljk.a.example", "Z.a.example", "zABC.a.EXAMPLE", "z.example", #"\001.z.example"#,
      "*.z.example", #"\200.z.example"#,
    ].map { try DomainName($0) }
    #expect(ordered.shuffled().sorted() == ordered)
  }
}
