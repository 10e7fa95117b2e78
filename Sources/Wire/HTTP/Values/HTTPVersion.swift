import Net

/// The version of HTTP a message claims: `HTTP/` DIGIT `.` DIGIT (RFC 9112 §2.3).
public struct HTTPVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let major: UInt8
  public let minor: UInt8

  public static let http10 = HTTPVersion(minor: 0)
  public static let http11 = HTTPVersion(minor: 1)

  /// Makes HTTP/1.`minor`; only the last digit of `minor` counts.
  public init(minor: UInt8) {
    major = 1
    self.minor = minor % 10
  }

  /// Reads `HTTP/1.1`; nil where the form is another. The name is case-sensitive.
  init?(_ bytes: ArraySlice<UInt8>) {
    let b = Array(bytes)
    guard b.count == 8, b.starts(with: "HTTP/".utf8), b[5].isDigit, b[6] == 0x2E, b[7].isDigit else { return nil }
    major = b[5] - 0x30
    minor = b[7] - 0x30
  }

  public var description: String { "HTTP/\(major).\(minor)" }

  public static func < (a: HTTPVersion, b: HTTPVersion) -> Bool { (a.major, a.minor) < (b.major, b.minor) }
}
