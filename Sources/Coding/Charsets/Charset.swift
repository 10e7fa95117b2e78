import Glibc

/// An encoding of text by the name that a `charset` parameter gives it (RFC 9110 §8.3.2), and how it is read.
///
/// ISO 8859-1 is what IANA registers, not the windows-1252 that browsers take it for: what a byte is called is what it is.
public struct Charset: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case utf8, ascii, latin1
    /// A byte order mark decides; without one it is big-endian (RFC 2781 §4.3).
    case utf16
    case utf16LE, utf16BE
    /// One that iconv(3) knows by this name.
    case foreign(String)
  }

  /// The preferred name, as IANA has it for those that are read here, else as it was given.
  public let name: String
  let kind: Kind

  public static let utf8 = Charset(name: "utf-8", kind: .utf8)
  public static let latin1 = Charset(name: "iso-8859-1", kind: .latin1)

  private init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// Finds a charset by name, in any case, as it may stand between quotes; nil if neither we nor iconv(3) know it.
  ///
  /// A name comes from the peer: what is no plain name, or longer than 40 characters, never reaches iconv(3), whose names may
  /// carry instructions behind a slash.
  public init?(_ label: String) {
    let name = label.lowercased()
    switch name {
    case "utf-8", "utf8": self = .utf8
    case "us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us", "iso-ir-6": self.init(name: "us-ascii", kind: .ascii)
    case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "l1", "iso-ir-100", "cp819", "ibm819": self = .latin1
    case "utf-16", "utf16": self.init(name: "utf-16", kind: .utf16)
    case "utf-16le", "utf16le": self.init(name: "utf-16le", kind: .utf16LE)
    case "utf-16be", "utf16be": self.init(name: "utf-16be", kind: .utf16BE)
    // glibc's own has private characters where this superset has what is meant.
    case "big5": self.init(name: name, kind: .foreign("big5-hkscs"))
    default:
      guard (1...40).contains(name.utf8.count), name.utf8.allSatisfy(Self.isNameByte) else { return nil }
      guard let converter = Converter(from: name) else { return nil }
      _ = converter
      self.init(name: name, kind: .foreign(name))
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"): true
    default: false
    }
  }

  /// Reads bytes that are all here; what is no character becomes U+FFFD.
  public func decode(_ bytes: [UInt8]) -> String {
    let decoder = CharsetDecoder(self)
    return decoder.receive(bytes) + decoder.finish()
  }

  /// Finds the charset that a byte order mark names at the start of a text (WHATWG Encoding, “BOM sniff”): UTF-8, UTF-16LE, UTF-16BE.
  public static func marked(_ bytes: [UInt8]) -> Charset? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
    if bytes.starts(with: [0xFE, 0xFF]) { return Charset("utf-16be") }
    if bytes.starts(with: [0xFF, 0xFE]) { return Charset("utf-16le") }
    return nil
  }
}
