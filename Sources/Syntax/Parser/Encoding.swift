import Diagnostics

extension Parser {
  /// Reports bytes that are not UTF-8 (RFC 3629, section 4) and NUL bytes, wherever they stand.
  mutating func checkEncoding() {
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte & 0x80 == 0 {
        let start = offset
        offset += 1
        guard byte == 0 else { continue }
        while offset < bytes.count, bytes[offset] == 0 { offset += 1 }
        reportByte(invalid: false, Span(start, offset))
        continue
      }
      let length = sequenceLength(at: offset)
      if length == 0 {
        var end = offset + 1
        while end < bytes.count, bytes[end] & 0x80 != 0, sequenceLength(at: end) == 0 { end += 1 }
        reportByte(invalid: true, Span(offset, end))
        offset = end
      } else {
        offset += length
      }
    }
  }

  private mutating func reportByte(invalid: Bool, _ span: Span) {
    // Finding the line of a place takes time, so not for findings that are not listed.
    guard findings.count < limits.findings else {
      unlisted += 1
      return
    }
    guard invalid else { return report("control-character", "a NUL byte cannot stand in a script", span) }
    let (line, column) = source.position(of: span.start)
    report(
      "invalid-utf8", "the byte 0x\(hex(bytes[span.start])) in line \(line), column \(column) is not UTF-8", span)
  }

  /// Gives the length of the sequence of two to four bytes at an offset; 0 if it is not well-formed.
  private func sequenceLength(at offset: Int) -> Int {
    let second = self[offset + 1]
    switch bytes[offset] {
    case 0xC2...0xDF: return isTrailing(second) ? 2 : 0
    case 0xE0: return (0xA0...0xBF).contains(second) && isTrailing(self[offset + 2]) ? 3 : 0
    case 0xED: return (0x80...0x9F).contains(second) && isTrailing(self[offset + 2]) ? 3 : 0
    case 0xE1...0xEF: return isTrailing(second) && isTrailing(self[offset + 2]) ? 3 : 0
    case 0xF0: return (0x90...0xBF).contains(second) && isTrailingPair(offset) ? 4 : 0
    case 0xF1...0xF3: return isTrailing(second) && isTrailingPair(offset) ? 4 : 0
    case 0xF4: return (0x80...0x8F).contains(second) && isTrailingPair(offset) ? 4 : 0
    default: return 0
    }
  }

  private func isTrailing(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  private func isTrailingPair(_ offset: Int) -> Bool { isTrailing(self[offset + 2]) && isTrailing(self[offset + 3]) }

  /// Reports the control character that stands here, outside of a string.
  mutating func reportControlCharacter() {
    let name = byte == .carriageReturn ? "a carriage return without a newline" : "the control character 0x\(hex(byte))"
    report("control-character", "\(name) cannot stand here", here, hint: "write it in a string, as \"\\x\(hex(byte))\"")
  }

  private func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count < 2 ? "0" + digits : digits
  }
}
