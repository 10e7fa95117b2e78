import Net
import Testing
import Wire

/// Master files: the forms of RFC 1035 §5 and BIND's additions.
struct MasterFileTests {
  private func records(_ text: String, include: @escaping MasterFile.Include = { _ in .failure(.init("none")) }) throws
    -> [String]
  {
    var file = MasterFile(origin: try DomainName("example.test"), include: include)
    var records: [String] = []
    try file.read(Array(text.utf8), file: "zone") { records.append($0.description) }
    return records
  }

  @Test func namesTimesAndClassesAreInherited() throws {
    let text = """
      $TTL 1h
      @ IN SOA ns1 admin ( 1 ; serial
         2h 30m
         1w 60 )
            NS ns1
      ns1   300 IN A 192.0.2.1
            IN 301 AAAA 2001:db8::1
      $ORIGIN sub
      www   CNAME @   ; the origin
      mail  MX 10 \\@.ns1.example.test.
      t     TXT "a ; b" c\\;d (
              "e" )
      """
    #expect(
      try records(text) == [
        "example.test. 3600 IN SOA ns1.example.test. admin.example.test. 1 7200 1800 604800 60",
        "example.test. 3600 IN NS ns1.example.test.", "ns1.example.test. 300 IN A 192.0.2.1",
        "ns1.example.test. 301 IN AAAA 2001:db8::1", "www.sub.example.test. 3600 IN CNAME sub.example.test.",
        #"mail.sub.example.test. 3600 IN MX 10 \@.ns1.example.test."#,
        #"t.sub.example.test. 3600 IN TXT "a ; b" "c;d" "e""#,
      ])
  }

  @Test func otherFilesAreIncludedWithTheirOwnOrigin() throws {
    let made = try records("$TTL 5\n$INCLUDE hosts sub\nb A 192.0.2.2\n") { name in
      name == "hosts" ? .success(Array("a A 192.0.2.1\n$ORIGIN x.\n".utf8)) : .failure(.init("no such file"))
    }
    #expect(made == ["a.sub.example.test. 5 IN A 192.0.2.1", "b.example.test. 5 IN A 192.0.2.2"])
    #expect(throws: ZoneError(.tooDeep, file: "self", line: 1)) {
      try records("$INCLUDE self") { _ in .success(Array("$INCLUDE self".utf8)) }
    }
  }

  @Test func recordsAreGenerated() throws {
    #expect(
      try records("$TTL 9\n$GENERATE 1-5/2 h$ A 192.0.2.$\n$GENERATE 10-11 ${0,3,d}.x PTR n-${-10,2,x}.$$\n") == [
        "h1.example.test. 9 IN A 192.0.2.1", "h3.example.test. 9 IN A 192.0.2.3", "h5.example.test. 9 IN A 192.0.2.5",
        #"010.x.example.test. 9 IN PTR n-00.\$.example.test."#, #"011.x.example.test. 9 IN PTR n-01.\$.example.test."#,
      ])
  }

  @Test(arguments: [
    ("a 5 A 192.0.2.256", 1, 7), ("\n a 5 A 192.0.2.1", 2, 2), ("a A 192.0.2.1", 1, 3), ("a 5 CH A 192.0.2.1", 1, 5),
    ("a 5 ANY x", 1, 5),
    ("a 5 TXT \"x\n", 1, 11), ("a 5 TXT ( x\n", 2, 1), ("a 5 TXT x )", 1, 11), ("$NOPE", 1, 1), ("$TTL x", 1, 6),
    ("$GENERATE 1 a A 1.2.3.4", 1, 1), ("a 5 NOTYPE x", 1, 5), ("a", 1, 1),
  ])
  func faultsNameTheirPlace(_ text: String, _ line: Int, _ column: Int) throws {
    let error = #expect(throws: ZoneError.self) { try records(text) }
    #expect(error?.line == line && error?.column == column, "\(String(describing: error))")
  }
}
