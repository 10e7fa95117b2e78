import Interpreter
import Net

extension [UInt8] {
  /// Makes text of bytes slice by slice, so that Ctrl-C and deadlines stop it; each slice but the last has a length that 15 divides, so
  /// that base64 and base32 go from group to group.
  func inSlices(_ encode: ([UInt8]) -> String) throws -> String {
    let length = 15 << 14
    guard count > length else { return encode(self) }
    var text = ""
    for start in stride(from: 0, to: count, by: length) {
      try Watch.check()
      text += encode(Array(self[start..<Swift.min(count, start + length)]))
    }
    return text
  }
}

extension [UInt8] {
  /// Makes text of bytes that are mostly UTF-8 in slices that divide no character.
  func charactersInSlices(_ decode: (ArraySlice<UInt8>) -> String) throws -> String {
    var text = ""
    var start = 0
    while start < count {
      try Watch.check()
      var end = Swift.min(count, start + Watch.stride)
      // Bytes 10xxxxxx continue a character; it has at most three of them (RFC 3629, section 3).
      var steps = 0
      while end < count, end > start, self[end] & 0xC0 == 0x80, steps < 3 { (end, steps) = (end - 1, steps + 1) }
      text += decode(self[start..<end])
      start = end
    }
    return text
  }
}

extension String {
  /// Makes text of a text slice by slice, so that Ctrl-C and deadlines stop it; for what goes character by character.
  func inSlices(_ change: (String) -> String) throws -> String {
    guard utf8.count > Watch.stride else { return change(self) }
    var text = ""
    var start = utf8.startIndex
    while start < utf8.endIndex {
      try Watch.check()
      var end = utf8.index(start, offsetBy: Watch.stride, limitedBy: utf8.endIndex) ?? utf8.endIndex
      // A byte 10xxxxxx continues a character (RFC 3629, section 3).
      while end < utf8.endIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(after: end) }
      text += change(String(self[start..<end]))
      start = end
    }
    return text
  }
}
