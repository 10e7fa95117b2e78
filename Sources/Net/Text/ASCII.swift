/// The character classes of ASCII that the grammars of RFC 5234 §B.1 and RFC 9110 §5.6 are written in.
package enum ASCII {
  package static let tab: UInt8 = 0x09
  package static let lf: UInt8 = 0x0A
  package static let cr: UInt8 = 0x0D
  package static let space: UInt8 = 0x20
  package static let quote: UInt8 = 0x22
  package static let comma: UInt8 = 0x2C
  package static let colon: UInt8 = 0x3A
  package static let semicolon: UInt8 = 0x3B
  package static let equals: UInt8 = 0x3D
  package static let backslash: UInt8 = 0x5C

  /// Tells whether two texts are the same when the case of A to Z is ignored.
  package static func same(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && a.utf8.elementsEqual(b.utf8) { $0.lowercased == $1.lowercased }
  }

  /// Cuts spaces and tabs off both ends (OWS of RFC 9110 §5.6.3).
  package static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while let last = bytes.last, last.isBlank { bytes.removeLast() }
    return bytes.drop { $0.isBlank }
  }
}

extension UInt8 {
  /// SP or HTAB.
  package var isBlank: Bool { self == ASCII.space || self == ASCII.tab }
  package var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  package var isLetter: Bool { lowercased >= 0x61 && lowercased <= 0x7A }
  /// CTL: the C0 controls and DEL.
  package var isControl: Bool { self < 0x20 || self == 0x7F }
  package var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

  /// The value of a hexadecimal digit of either case, nil for any other byte.
  package var hexValue: Int? {
    if isDigit { return Int(self) - 0x30 }
    let lower = lowercased
    return lower >= 0x61 && lower <= 0x66 ? Int(lower) - 0x61 + 10 : nil
  }

  /// tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`" / "|" / "~" / DIGIT / ALPHA
  /// (RFC 9110 §5.6.2).
  package var isToken: Bool {
    if isDigit || isLetter { return true }
    switch self {
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: return true
    default: return false
    }
  }
}
