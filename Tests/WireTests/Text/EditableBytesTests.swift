import Testing
import TestSupport
import Wire

struct EditableBytesTests {
  @Test func textIsShownAsText() {
    #expect(EditableBytes.line(of: Array("GET / HTTP/1.1\r\n\tx\\".utf8)) == "GET / HTTP/1.1\\r\\n\\tx\\\\")
    #expect(EditableBytes.line(of: Array("abcdefgh".utf8) + [0x1b, 0xff]) == "abcdefgh\\x1b\\xff")
    #expect(EditableBytes.line(of: []) == "")
  }

  @Test func whatIsNoTextIsShownInHexadecimal() {
    #expect(EditableBytes.line(of: [0x16, 0x03, 0x01]) == "0x[16 03 01]")
    #expect(EditableBytes.line(of: Array("0x[ab]".utf8)) == "0x[30 78 5b 61 62 5d]")
  }

  @Test func escapesAreRead() throws {
    #expect(try EditableBytes.bytes(of: "a\\r\\n\\t\\0\\\\\\\"\\x7F") == [0x61, 13, 10, 9, 0, 0x5c, 0x22, 0x7f])
    #expect(try EditableBytes.bytes(of: "é") == [0xc3, 0xa9])
    #expect(try EditableBytes.bytes(of: "0x[16:03 0 1] ") == [0x16, 0x03, 0x01])
    #expect(try EditableBytes.bytes(of: "0x[]") == [])
  }

  @Test(arguments: [
    ("a\\", 1), ("\\q", 0), ("ab\\x1", 2), ("\\xg0", 0), ("0x[1]", 4), ("0x[1z]", 4), ("0x[11", 5), ("0x[11]x", 6),
  ])
  func faultsSayWhere(line: String, place: Int) {
    let error = #expect(throws: EditableBytes.Fault.self) { try EditableBytes.bytes(of: line) }
    #expect(error?.place == place)
  }

  @Test func everyByteComesBack() throws {
    var random = SeededRandom(seed: 9)
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random) : UInt8.random(in: 32...126, using: &random)
      }
      #expect(try EditableBytes.bytes(of: EditableBytes.line(of: bytes)) == bytes)
    }
  }
}
