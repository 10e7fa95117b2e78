/// A way of RFC 4648 to write bytes with the letters of an alphabet: base64, base32, hex.
public struct BaseEncoding: Sendable {
  /// As errors call it.
  public let name: String
  private let alphabet: [UInt8]
  /// The value of each byte as a digit; 0xFF for a byte that is none.
  private let values: [UInt8]
  private let bitsPerDigit: Int
  /// How many digits stand together for whole bytes; padding fills them up.
  private let group: Int
  private let isPadded: Bool

  /// RFC 4648 §4.
  public static let base64 = BaseEncoding("base64", upper + lower + digits + "+/", bits: 6, padded: true)
  /// The alphabet that is safe in URLs and file names, without padding (RFC 4648 §5, RFC 7515 §2).
  public static let base64url = BaseEncoding("base64url", upper + lower + digits + "-_", bits: 6, padded: false)
  /// RFC 4648 §6; small letters are read too.
  public static let base32 = BaseEncoding("base32", upper + "234567", bits: 5, padded: true, foldsCase: true)
  /// The alphabet that keeps the order, as NSEC3 uses it (RFC 4648 §7).
  public static let base32hex = BaseEncoding(
    "base32hex", digits + "ABCDEFGHIJKLMNOPQRSTUV", bits: 5, padded: true, foldsCase: true)
  /// RFC 4648 §8, in small letters; capitals are read too.
  public static let hex = BaseEncoding("hex", digits + "abcdef", bits: 4, padded: false, foldsCase: true)

  private static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  private static let lower = "abcdefghijklmnopqrstuvwxyz"
  private static let digits = "0123456789"

  private init(_ name: String, _ alphabet: String, bits: Int, padded: Bool, foldsCase: Bool = false) {
    self.name = name
    self.alphabet = Array(alphabet.utf8)
    bitsPerDigit = bits
    isPadded = padded
    group = bits == 6 ? 4 : bits == 5 ? 8 : 2
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, letter) in alphabet.utf8.enumerated() {
      values[Int(letter)] = UInt8(value)
      if foldsCase, letter.isLetter { values[Int(letter ^ 0x20)] = UInt8(value) }
    }
    self.values = values
  }

  /// Gives the text for bytes, padded if the encoding is.
  public func encode(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.underestimatedCount * 8 / bitsPerDigit + group)
    let mask = UInt32(1) << UInt32(bitsPerDigit) - 1
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= bitsPerDigit {
        count -= bitsPerDigit
        text.append(alphabet[Int(bits >> UInt32(count) & mask)])
      }
      bits &= 0xFF
    }
    if count > 0 { text.append(alphabet[Int(bits << UInt32(bitsPerDigit - count) & mask)]) }
    if isPadded {
      while text.count % group != 0 { text.append(ASCII.equals) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads a text; white space may stand anywhere in it, and in hex also `:` and `-` between bytes.
  ///
  /// Padding must be whole where the encoding has it, and may be left out or not where it has none (RFC 4648 §3.2); bits that are left over
  /// must be zero (§3.5), so that each sequence of bytes has one text.
  public func decode(_ text: some Sequence<UInt8>) throws(EncodingError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.underestimatedCount * bitsPerDigit / 8)
    var bits: UInt32 = 0
    var count = 0
    var digits = 0
    var padding = 0
    var last = 0
    for (offset, byte) in text.enumerated() {
      if offset & 0xFFFF == 0xFFFF, Watch.isOver { throw .stopped }
      let value = values[Int(byte)]
      guard value != 0xFF else {
        let isBetweenBytes = bitsPerDigit == 4 && count == 0
        switch byte {
        case ASCII.space, ASCII.tab, ASCII.lf, ASCII.cr: continue
        case ASCII.colon where isBetweenBytes, 0x2D where isBetweenBytes: continue
        case ASCII.equals where bitsPerDigit != 4:
          padding += 1
          guard digits % group != 0, padding + digits % group <= group else {
            throw .badPadding(name, offset: offset)
          }
          continue
        default: throw .badDigit(name, offset: offset, byte: byte)
        }
      }
      guard padding == 0 else { throw .badPadding(name, offset: offset) }
      bits = bits << UInt32(bitsPerDigit) | UInt32(value)
      count += bitsPerDigit
      digits += 1
      last = offset
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
      bits &= 0xFF
    }
    guard count < bitsPerDigit else { throw .cutOff(name, length: digits) }
    guard bits & (UInt32(1) << UInt32(count) - 1) == 0 else { throw .leftoverBits(name, offset: last) }
    if isPadded || padding > 0, (digits + padding) % group != 0 { throw .badPadding(name, offset: last + 1) }
    return bytes
  }
}
