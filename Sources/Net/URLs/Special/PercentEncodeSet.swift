/// The bytes that a place in a URL does not hold as they are (WHATWG URL §1.3); bytes of characters beyond ASCII are in every set.
public enum PercentEncodeSet: String, Sendable, CaseIterable {
  case fragment, query
  /// The query of http and its like.
  case specialQuery = "special-query"
  case path, userinfo
  /// What one component may hold in any place: JavaScript's encodeURIComponent.
  case component
  /// Names and values of a form; a space is written as `+` (§5.2).
  case form

  /// Tells whether a byte is written as `%XX` here.
  public func contains(_ byte: UInt8) -> Bool {
    if byte < 0x20 || byte > 0x7E { return true }
    switch self {
    case .fragment: return Self.fragmentBytes.contains(byte)
    case .query: return Self.queryBytes.contains(byte)
    case .specialQuery: return byte == 0x27 || Self.queryBytes.contains(byte)
    case .path: return Self.pathBytes.contains(byte)
    case .userinfo: return Self.pathBytes.contains(byte) || Self.userinfoBytes.contains(byte)
    case .component:
      return Self.pathBytes.contains(byte) || Self.userinfoBytes.contains(byte) || Self.componentBytes.contains(byte)
    case .form: return !(byte.isLetter || byte.isDigit || Self.formKept.contains(byte))
    }
  }

  private static let fragmentBytes = Set(" \"<>`".utf8)
  private static let queryBytes = Set(" \"#<>".utf8)
  private static let pathBytes = Set(" \"#<>?^`{}".utf8)
  private static let userinfoBytes = Set("/:;=@[\\]|".utf8)
  private static let componentBytes = Set("$%&+,".utf8)
  private static let formKept = Set("*-._".utf8)

  /// Writes bytes for this place.
  public func encode(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    for byte in bytes {
      if self == .form, byte == ASCII.space {
        out.append(UInt8(ascii: "+"))
      } else if contains(byte) {
        out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  public func encode(_ text: String) -> String { encode(text.utf8) }

  /// Reads `%XX`; a `%` before anything else is itself (WHATWG URL §1.3), and in a form `+` is a space.
  public static func decode(_ bytes: some Collection<UInt8>, isForm: Bool = false) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, let high = rest.first?.hexValue, let low = rest.dropFirst().first?.hexValue {
        out.append(UInt8(truncatingIfNeeded: high << 4 | low))
        rest = rest.dropFirst(2)
      } else {
        out.append(isForm && byte == UInt8(ascii: "+") ? ASCII.space : byte)
      }
    }
    return out
  }
}
