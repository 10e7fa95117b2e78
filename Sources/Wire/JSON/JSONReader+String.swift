import Net

extension JSONReader {
  // string = quotation-mark *char quotation-mark
  mutating func string() throws(JSONError) -> String {
    position += 1
    let start = position
    let isASCII = skipPlain()
    guard byte == UInt8(ascii: "\"") else { return try escapedString(from: start) }
    let content = UnsafeBufferPointer(rebasing: bytes[start..<position])
    defer { position += 1 }
    if isASCII { return String(decoding: content, as: UTF8.self) }
    guard let string = String(validating: content, as: UTF8.self) else { throw notUTF8(from: start) }
    return string
  }

  /// Moves to the next byte that is not a plain character of a string (a quotation mark, a backslash, a control or the end), and tells
  /// whether all before it were ASCII.
  ///
  /// Eight bytes are looked at together: subtracting 1 from a byte sets its highest bit, where it was clear, only if the byte is 0;
  /// subtracting 0x20 only if it is below.
  @inline(__always) @discardableResult
  private mutating func skipPlain() -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let raw = UnsafeRawBufferPointer(bytes)
    var seen: UInt64 = 0
    while position + 8 <= bytes.count {
      let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let quotes = word ^ (ones &* 0x22)
      let slashes = word ^ (ones &* 0x5C)
      let found = (quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes | (word &- ones &* 0x20) & ~word
      guard found & highs == 0 else { break }
      seen |= word
      position += 8
    }
    while position < bytes.count {
      let byte = bytes[position]
      guard byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 else { break }
      seen |= UInt64(byte)
      position += 1
    }
    return seen & highs == 0
  }

  // char = unescaped / escape ( %x22 / %x5C / %x2F / %x62 / %x66 / %x6E / %x72 / %x74 / %x75 4HEXDIG )
  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    scratch.removeAll(keepingCapacity: true)
    var plain = start
    while true {
      scratch.append(contentsOf: bytes[plain..<position])
      switch byte {
      case UInt8(ascii: "\\") where position < bytes.count: try escape()
      case UInt8(ascii: "\"") where position < bytes.count:
        guard let string = String(validating: scratch, as: UTF8.self) else { throw notUTF8(from: start) }
        position += 1
        return string
      default: throw error(.control)
      }
      plain = position
      skipPlain()
    }
  }

  private mutating func escape() throws(JSONError) {
    let start = position
    position += 1
    let plain: UInt8
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = byte
    case UInt8(ascii: "b"): plain = 0x08
    case UInt8(ascii: "f"): plain = 0x0C
    case UInt8(ascii: "n"): plain = UInt8(ascii: "\n")
    case UInt8(ascii: "r"): plain = UInt8(ascii: "\r")
    case UInt8(ascii: "t"): plain = UInt8(ascii: "\t")
    case UInt8(ascii: "u"):
      position += 1
      return try append(scalar(from: start))
    default: throw position < bytes.count ? error(.badEscape, at: start) : error(.cutOff)
    }
    scratch.append(plain)
    position += 1
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      scratch.append(UInt8(truncatingIfNeeded: scalar.value))
    } else {
      for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { scratch.append(unit) }
    }
  }

  /// Reads the digits behind `\u`, and of a character beyond the basic plane the second half too (§7).
  private mutating func scalar(from start: Int) throws(JSONError) -> Unicode.Scalar {
    let first = try fourDigits(from: start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, byte == UInt8(ascii: "\\"), position + 1 < bytes.count,
      bytes[position + 1] == UInt8(ascii: "u")
    else { throw position < bytes.count ? error(.loneSurrogate, at: start) : error(.cutOff) }
    position += 2
    let second = try fourDigits(from: position - 2)
    guard second >= 0xDC00, second < 0xE000,
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error(.loneSurrogate, at: start) }
    return scalar
  }

  private mutating func fourDigits(from start: Int) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = byte.hexValue else {
        throw position < bytes.count ? error(.badEscape, at: start) : error(.cutOff)
      }
      value = value << 4 | UInt32(truncatingIfNeeded: digit)
      position += 1
    }
    return value
  }

  /// Finds the byte that is not UTF-8 in the string that begins at `start` and ends at the position.
  private func notUTF8(from start: Int) -> JSONError {
    var offset = start
    var decoder = UTF8()
    var rest = bytes[start..<position].makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&rest) { offset += UTF8.width(scalar) }
    return error(.notUTF8, at: offset)
  }
}
