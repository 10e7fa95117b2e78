import Net

/// Why a text is not JSON (RFC 8259), and where.
public struct JSONError: LayeredError, Hashable {
  public enum Reason: Sendable, Hashable {
    /// What the grammar wants here: `a value`, `a comma or ]`.
    case wanted(String)
    /// The text ends where the grammar wants more.
    case cutOff
    case trailing
    case byteOrderMark
    /// A control character that must be escaped in a string (§7).
    case control
    case badEscape
    /// A `\u` escape of half a surrogate pair, which is no character (§8.2).
    case loneSurrogate
    case notUTF8
    case leadingZero
    case wantedDigit
    /// A number with an exponent that no float can hold.
    case infinite
    case longInteger
    /// More arrays and objects in each other than a value may have.
    case tooDeep(Int)
  }

  public let reason: Reason
  /// Bytes from the beginning of the text, from 0.
  public let offset: Int
  /// From 1; columns count characters.
  public let line: Int
  public let column: Int

  init(_ reason: Reason, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>, firstLine: Int) {
    self.reason = reason
    self.offset = offset
    var line = firstLine
    var column = 1
    for byte in bytes.prefix(offset) {
      if byte == ASCII.lf {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.line = line
    self.column = column
  }

  public var layer: Layer { .value }

  public var code: String {
    switch reason {
    case .tooDeep: "too-deep"
    case .infinite, .longInteger: "overflow"
    default: "not-json"
    }
  }

  public var message: String { "\(sentence) at line \(line), column \(column) (byte \(offset))" }

  public var hint: String? {
    reason == .byteOrderMark ? "RFC 8259, section 8.1, forbids a byte order mark" : nil
  }

  private var sentence: String {
    switch reason {
    case .wanted(let what): "this is not JSON: \(what) is wanted"
    case .cutOff: "the JSON text is cut off"
    case .trailing: "the JSON text is over, and something follows"
    case .byteOrderMark: "this is not JSON: it begins with a byte order mark"
    case .control: "this is not JSON: a control character in a string wants an escape"
    case .badEscape: "this is not JSON: there is no such escape"
    case .loneSurrogate: "this is not JSON text: half a surrogate pair is no character"
    case .notUTF8: "this is not JSON: the string is not UTF-8"
    case .leadingZero: "this is not JSON: a number has no zero before its digits"
    case .wantedDigit: "this is not JSON: a digit is wanted"
    case .infinite: "the number is too large for a float"
    case .longInteger: "the integer has too many digits"
    case .tooDeep(let limit): "more than \(limit) arrays and objects stand in each other"
    }
  }
}
