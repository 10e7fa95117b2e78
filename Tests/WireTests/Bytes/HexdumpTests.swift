import Testing

@testable import Wire

@Suite struct HexdumpTests {
  // As printed by hexdump -C of util-linux.
  @Test func formIsThatOfHexdump() {
    let dump = Hexdump(bytes("HTTP/1.1 200 OK\r\nA: \u{1B}\u{e9}\r\n\r\n"))
    #expect(
      dump.lines == [
        "00000000  48 54 54 50 2f 31 2e 31  20 32 30 30 20 4f 4b 0d  |HTTP/1.1 200 OK.|",
        "00000010  0a 41 3a 20 1b c3 a9 0d  0a 0d 0a                 |.A: .......|",
      ])
  }

  @Test func rowsAreCountedFromTheOffset() {
    let dump = Hexdump([UInt8](repeating: 0, count: 33)[1...], offset: 0x1_0000_0000)
    #expect(dump.count == 2 && dump[1].description.hasPrefix("100000010  00 00") && dump[1].bytes.count == 16)
    #expect(dump[2].bytes.isEmpty && dump[-1].bytes.isEmpty)
    #expect(Hexdump([]).isEmpty && Hexdump([1]).lines == ["00000000  01" + String(repeating: " ", count: 48) + "|.|"])
  }

  @Test func onlyPlainASCII() {
    for line in Hexdump(Array(UInt8.min...UInt8.max)).lines {
      #expect(line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } && line.utf8.count == 78)
    }
  }

  @Test func rowsOfALargeOneAreMadeWhenAskedFor() {
    let dump = Hexdump([UInt8](repeating: 0x41, count: 100_000_000))
    #expect(dump.count == 6_250_000 && dump[6_249_999].offset == 99_999_984)
  }
}
