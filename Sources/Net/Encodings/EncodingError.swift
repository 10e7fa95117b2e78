/// Where a text stops being what it is decoded as; offsets count bytes from 0.
public enum EncodingError: LayeredError, Hashable {
  /// A byte that the alphabet does not have.
  case badDigit(String, offset: Int, byte: UInt8)
  /// The text ends inside a group.
  case cutOff(String, length: Int)
  /// Padding is missing, too much, or not at the end (RFC 4648 §3.2).
  case badPadding(String, offset: Int)
  /// The last digit has bits that no byte takes, and they are not zero (RFC 4648 §3.5).
  case leftoverBits(String, offset: Int)
  /// A `%` without two hexadecimal digits (RFC 3986 §2.1).
  case badPercent(offset: Int)
  case notUTF8(offset: Int)
  /// A character beyond U+00FF.
  case notLatin1(offset: Int, scalar: UInt32)
  /// The thread's `Watch` is over.
  case stopped(isTimeout: Bool)

  static var stopped: EncodingError { .stopped(isTimeout: !(Watch.current?.interrupt.isRaised ?? true)) }

  public var layer: Layer { .value }

  public var code: String {
    switch self {
    case .badDigit(let name, _, _), .cutOff(let name, _), .badPadding(let name, _), .leftoverBits(let name, _):
      "bad-" + name
    case .badPercent: "bad-percent"
    case .notUTF8: "not-utf8"
    case .notLatin1: "not-latin1"
    case .stopped(let isTimeout): isTimeout ? "timeout" : "interrupted"
    }
  }

  public var message: String {
    switch self {
    case .badDigit(let name, let offset, let byte):
      "byte \(offset) of the text, 0x\(hex(UInt32(byte), 2)), is no digit of \(name)"
    case .cutOff(let name, let length): "the \(name) text of \(length) digits ends inside a group"
    case .badPadding(let name, let offset): "the padding of the \(name) text is wrong at byte \(offset)"
    case .leftoverBits(let name, let offset):
      "the last digit of the \(name) text, at byte \(offset), has bits left over"
    case .badPercent(let offset): "the % at byte \(offset) is not followed by two hexadecimal digits"
    case .notUTF8(let offset): "byte \(offset) does not continue UTF-8 text"
    case .notLatin1(let offset, let scalar): "U+\(hex(scalar, 4)), at byte \(offset) of the text, is not in Latin-1"
    case .stopped(let isTimeout): isTimeout ? "the time is over" : "interrupted"
    }
  }

  private func hex(_ number: UInt32, _ width: Int) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
