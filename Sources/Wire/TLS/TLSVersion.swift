/// A version of TLS by its number on the wire.
public struct TLSVersion: Hashable, Sendable, Comparable {
  public let number: Int

  public init(number: Int) { self.number = number }

  public static let ssl3 = TLSVersion(number: 0x0300)
  public static let tls10 = TLSVersion(number: 0x0301)
  public static let tls11 = TLSVersion(number: 0x0302)
  public static let tls12 = TLSVersion(number: 0x0303)
  public static let tls13 = TLSVersion(number: 0x0304)

  /// Reads what people write: `1.2`, `TLS1.2`, `tls 1.2`; nil for no version that can be spoken.
  public init?(_ text: String) {
    switch text.lowercased().replacing("tls", with: "").replacing("v", with: "").replacing(" ", with: "") {
    case "1.0", "1": self = .tls10
    case "1.1": self = .tls11
    case "1.2": self = .tls12
    case "1.3": self = .tls13
    default: return nil
    }
  }

  public static func < (left: TLSVersion, right: TLSVersion) -> Bool { left.number < right.number }
}

extension TLSVersion: CustomStringConvertible {
  public var description: String {
    switch number {
    case 0x0002: "SSL 2"
    case 0x0300: "SSL 3.0"
    case 0x0301...0x0304: "TLS 1.\(number - 0x0301)"
    case 0xfeff: "DTLS 1.0"
    case 0xfefd: "DTLS 1.2"
    default: TLSNames.isGrease(number) ? "GREASE" : TLSNames.hex(number)
    }
  }
}
