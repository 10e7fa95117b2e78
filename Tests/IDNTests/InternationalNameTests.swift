import IDN
import TestSupport
import Testing

/// Names in other letters than ASCII: those of RFC 5891 and UTS 46, and Python's own codec as a second opinion.
struct InternationalNameTests {
  @Test(arguments: [
    ("bücher.example", "xn--bcher-kva.example"), ("Bücher.Example", "xn--bcher-kva.example"),
    ("faß.de", "xn--fa-hia.de"), ("παράδειγμα.δοκιμή", "xn--hxajbheg2az3al.xn--jxalpdlp"),
    ("例え.テスト", "xn--r8jz45g.xn--zckzah"), ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
    ("_sip._tcp.bücher.example.", "_sip._tcp.xn--bcher-kva.example."), ("www.example.test", "www.example.test"),
    ("WWW.Example.Test", "WWW.Example.Test"), (".", "."),
  ])
  func namesBecomeThoseOfDNS(_ name: String, _ wanted: String) throws {
    #expect(try InternationalName.ascii(name) == wanted)
  }

  @Test(arguments: [
    ("xn--bcher-kva.example", "bücher.example"), ("XN--BCHER-KVA.example.", "bücher.example."),
    ("www.xn--r8jz45g.xn--zckzah", "www.例え.テスト"), ("www.example.test", nil), ("xn--.test", nil),
    ("xn--zzzzzzzzzzzzz99999.test", nil), ("bücher.example", nil),
  ])
  func peopleAreShownTheirLetters(_ name: String, _ wanted: String?) {
    #expect(InternationalName.unicode(name) == wanted)
  }

  /// A label of more than 63 bytes, letters that no name has, a NUL.
  @Test(arguments: [
    String(repeating: "ü", count: 60) + ".test", "a\u{2028}ü.test", "ü\0.test", "\u{1F4A9}\u{FFFF}.test",
  ])
  func whatNoNameIsIsRefused(_ name: String) {
    #expect(throws: InternationalNameError.self) { try InternationalName.ascii(name) }
  }

  /// Thousands of labels of letters in which IDNA 2003, Python's codec, does not differ from IDNA 2008.
  @Test func pythonAgrees() throws {
    var random = SeededRandom(seed: 7)
    let letters = Array("abcxyz019äöüéèñçåøłαβγδабвгд例テスト한국")
    let names = (0..<5000).map { _ in
      (0...random.below(3)).map { _ in String((0...random.below(12)).map { _ in random.pick(letters) }) + "a" }
        .joined(separator: ".")
    }
    let theirs = try Python.run(
      "import sys\nfor line in sys.stdin: print(line.rstrip('\\n').encode('idna').decode())", lines: names)
    #expect(theirs.count == names.count)
    for (name, wanted) in zip(names, theirs) {
      let ours = try? InternationalName.ascii(name)
      #expect(ours == wanted, "\(name)")
      if let ours, ours != name { #expect(InternationalName.unicode(ours) == name, "\(name)") }
    }
  }
}
