/// The UTF-8 bytes of a text that is being parsed.
@usableFromInline typealias TextBytes = UnsafeBufferPointer<UInt8>

/// Lends the UTF-8 bytes of a text, without a copy where the text keeps them in one piece.
@inlinable
func withBytes<Result>(of text: some StringProtocol, _ body: (TextBytes) -> Result) -> Result {
  if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
  return Array(text.utf8).withUnsafeBufferPointer(body)
}

/// A place in a text that moves forward as its bytes are taken; it never reads beyond the end.
struct TextCursor {
  let bytes: TextBytes
  private(set) var position = 0

  init(_ bytes: TextBytes) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }

  /// The byte at the cursor, nil at the end.
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// What has not been taken yet.
  var rest: TextBytes { TextBytes(rebasing: bytes[position...]) }

  /// Takes the next byte if it is this one.
  mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard let next, UInt32(next) == byte.value else { return false }
    position += 1
    return true
  }

  /// Takes bytes while they satisfy a condition, and gives them.
  mutating func take(while condition: (UInt8) -> Bool) -> TextBytes {
    let start = position
    while let next, condition(next) { position += 1 }
    return TextBytes(rebasing: bytes[start..<position])
  }

  /// Takes one to `limit` decimal digits and gives their number; `limit` is at most 9, so that it fits.
  mutating func takeDecimal(upTo limit: Int) -> (value: UInt32, digits: Int)? {
    var value: UInt32 = 0
    var digits = 0
    while digits < limit, let byte = next, byte.isDigit {
      value = value &* 10 &+ UInt32(byte - 0x30)
      digits += 1
      position += 1
    }
    return digits == 0 ? nil : (value, digits)
  }

  /// Takes exactly this many decimal digits and gives their number; `count` is at most 9.
  mutating func takeDecimal(exactly count: Int) -> Int? {
    guard let (value, digits) = takeDecimal(upTo: count), digits == count else { return nil }
    return Int(value)
  }

  /// Takes one to `limit` hexadecimal digits and gives their number; `limit` is at most 8, so that it fits.
  mutating func takeHex(upTo limit: Int) -> (value: UInt32, digits: Int)? {
    var value: UInt32 = 0
    var digits = 0
    while digits < limit, let digit = next?.hexValue {
      value = value << 4 | UInt32(digit)
      digits += 1
      position += 1
    }
    return digits == 0 ? nil : (value, digits)
  }

  /// Goes back to where the cursor was before.
  mutating func goBack(to earlier: Int) {
    if earlier >= 0, earlier < position { position = earlier }
  }
}
