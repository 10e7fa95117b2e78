import Coding
import TestSupport
import Testing

/// XML as expat reads it, with Python's own parser as the second opinion, and what is refused.
@Suite struct XMLReaderTests {
  private func read(_ pieces: [[UInt8]]) throws(XMLError) -> [XMLReader.Event] {
    var events: [XMLReader.Event] = []
    let reader = try XMLReader { events.append($0) }
    for piece in pieces { try reader.receive(piece) }
    try reader.finish()
    return events
  }

  private func read(_ text: String) throws(XMLError) -> [XMLReader.Event] { try read([Array(text.utf8)]) }

  private static let sample = """
    <?xml version="1.0" encoding="UTF-8"?>
    <i:index xmlns:i="urn:x" at="1"><!-- no text -->
      <title>Å &amp; b &lt;c&gt; &#x2603; <![CDATA[<raw>]]></title><empty/>
    </i:index>
    """

  @Test func eventsAsTheyCome() throws {
    let events = try read(Self.sample)
    #expect(
      events == [
        .start("index"), .text("\n  "), .start("title"), .text("Å & b <c> ☃ <raw>"), .end("title"), .start("empty"),
        .end("empty"), .text("\n"), .end("index"),
      ])
  }

  @Test func cutsChangeNothing() throws {
    let bytes = Array(Self.sample.utf8)
    let whole = try read(Self.sample)
    #expect(try read(bytes.map { [$0] }) == whole)
    for length in 0..<bytes.count {
      #expect(throws: XMLError.self) { try read([Array(bytes[..<length])]) }
      #expect(try read([Array(bytes[..<length]), Array(bytes[length...])]) == whole)
    }
  }

  @Test func flippedBytesEndInItsOwnError() throws {
    let bytes = Array(Self.sample.utf8)
    var refused = 0
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x15
      do throws(XMLError) { _ = try read([changed]) } catch { refused += error.code.isEmpty ? 0 : 1 }
    }
    #expect(refused > bytes.count / 3)
  }

  @Test func otherEncodings() throws {
    let latin = Array(#"<?xml version="1.0" encoding="ISO-8859-1"?><a>"#.utf8) + [0xE9] + Array("</a>".utf8)
    #expect(try read([latin]) == [.start("a"), .text("é"), .end("a")])
    let wide = "\u{FEFF}<a>ü</a>".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try read([wide]) == [.start("a"), .text("ü"), .end("a")])
  }

  @Test func bombsAreNotLit() throws {
    let laughs = (1...9).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }
    let bomb = "<!DOCTYPE a [<!ENTITY l0 \"ha\">\(laughs.joined())]><a>&l9;</a>"
    #expect(throws: XMLError.declaresType(line: 1)) { try read(bomb) }
    #expect(throws: XMLError.declaresType(line: 1)) { try read("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>") }
    #expect(throws: XMLError.self) { try read("<a>&unknown;</a>") }
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(throws: XMLError.tooLarge(what: "elements in each other", limit: XMLReader.deepest, line: 1)) {
      try read(deep)
    }
    let long = "<a>" + String(repeating: "x", count: XMLReader.longestText + 1) + "</a>"
    #expect(throws: XMLError.tooLarge(what: "bytes of text", limit: XMLReader.longestText, line: 1)) { try read(long) }
  }

  @Test func failuresSayWhereAndStay() throws {
    #expect(throws: XMLError.malformed(reason: "mismatched tag", line: 2, column: 3)) { try read("<a>\n</b>") }
    let reader = try XMLReader { _ in }
    #expect(throws: XMLError.self) { try reader.receive(Array("<a></b>".utf8)) }
    #expect(throws: XMLError.self) { try reader.receive(Array("<a/>".utf8)) }
    let done = try XMLReader { _ in }
    try done.receive(Array("<a/>".utf8))
    try done.finish()
    #expect(throws: XMLError.finished) { try done.finish() }
  }

  @Test func pythonReadsTheSame() throws {
    let program = """
      import sys, xml.sax
      class H(xml.sax.ContentHandler):
        def startElement(self, n, a): print('<' + n.split(':')[-1])
        def endElement(self, n): print('>' + n.split(':')[-1])
      xml.sax.parseString(sys.stdin.buffer.read(), H())
      """
    let document = try Tree.read(Tree.root + "/Tests/RFC/mirror/rfc-index.xml")
    let theirs = try Python.run(program, input: Array(document.utf8))
    let ours = try read(document).compactMap { event in
      switch event {
      case .start(let name): "<" + name
      case .end(let name): ">" + name
      case .text: nil
      }
    }
    #expect(String(decoding: theirs, as: UTF8.self).split(separator: "\n").map(String.init) == ours)
  }
}
