/// The characters (Unicode scalars) of UTF-8 by their number, eight bytes at a step.
///
/// A byte 10xxxxxx continues a character, every other one begins one (RFC 3629, section 3).
enum Scalars {
  /// Tells how many of the bytes of a word begin a character.
  @inline(__always)
  private static func starts(in word: UInt64) -> Int {
    let continuing = (word >> 7) & ~(word >> 6) & 0x0101_0101_0101_0101
    return 8 - Int(truncatingIfNeeded: (continuing &* 0x0101_0101_0101_0101) >> 56)
  }

  static func count(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    offset(of: .max, in: bytes).passed
  }

  /// Gives the offset at which the character of this number begins, or the end of the bytes; and how many stand before it.
  static func offset(of number: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (offset: Int, passed: Int) {
    let raw = UnsafeRawBufferPointer(bytes)
    var offset = 0
    var passed = 0
    while offset + 8 <= raw.count {
      let found = starts(in: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      guard passed + found <= number else { break }
      passed += found
      offset += 8
    }
    while offset < raw.count {
      if raw[offset] & 0xC0 != 0x80 {
        if passed == number { break }
        passed += 1
      }
      offset += 1
    }
    return (offset, passed)
  }
}

/// Counts the characters (Unicode scalars) of a text.
public func scalarCount(of text: String) -> Int {
  var text = text
  return text.withUTF8 { Scalars.count($0) }
}

extension String {
  /// Gives the part between two numbers of characters, which must lie within the text.
  func scalars(_ range: Range<Int>) -> String {
    var text = self
    return text.withUTF8 { bytes in
      let start = Scalars.offset(of: range.lowerBound, in: bytes).offset
      let rest = UnsafeBufferPointer(rebasing: bytes[start...])
      let end = Scalars.offset(of: range.count, in: rest).offset
      return String(decoding: rest[..<end], as: UTF8.self)
    }
  }
}
