/// A 48-bit MAC address (IEEE 802 EUI-48), the address of an interface on its link.
public struct MAC: Hashable, Sendable {
  /// The address as a number of 48 bits.
  public let value: UInt64

  /// Makes an address from its number; nil beyond 48 bits.
  public init?(value: UInt64) {
    guard value >> 48 == 0 else { return nil }
    self.value = value
  }

  /// Makes an address from its 6 bytes; nil for any other number of bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 6 else { return nil }
    value = bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The 6 bytes in the order of transmission.
  public var bytes: [UInt8] { (0..<6).map { UInt8(truncatingIfNeeded: value >> UInt64(40 - 8 * $0)) } }

  /// Whether it addresses a group: the lowest bit of the first byte.
  public var isMulticast: Bool { value >> 40 & 1 == 1 }

  /// Whether it was chosen locally and not by a vendor: the second lowest bit of the first byte.
  public var isLocal: Bool { value >> 41 & 1 == 1 }
}

extension MAC: Comparable {
  public static func < (left: MAC, right: MAC) -> Bool { left.value < right.value }
}

extension MAC: CustomStringConvertible {
  /// Six pairs of lower-case digits between colons: `02:00:5e:10:00:01`.
  public var description: String {
    TextWriter.text(capacity: 17) { writer in
      for (index, byte) in bytes.enumerated() {
        if index > 0 { writer.write(UInt8(ascii: ":")) }
        writer.write(hex: UInt32(byte), width: 2)
      }
    }
  }
}

extension MAC {
  /// Parses `02:00:5e:10:00:01` or `02-00-5E-10-00-01`; nil for anything else.
  @inlinable
  public init?(_ text: some StringProtocol) {
    guard let mac = withBytes(of: text, MAC.parse) else { return nil }
    self = mac
  }

  /// mac = 6 pairs of hexadecimal digits, between them always ":" or always "-"
  @usableFromInline
  static func parse(_ bytes: TextBytes) -> MAC? {
    guard bytes.count == 17 else { return nil }
    let separator: Unicode.Scalar = bytes[2] == UInt8(ascii: "-") ? "-" : ":"
    var cursor = TextCursor(bytes)
    var value: UInt64 = 0
    for index in 0..<6 {
      if index > 0 { guard cursor.take(separator) else { return nil } }
      guard let (byte, digits) = cursor.takeHex(upTo: 2), digits == 2 else { return nil }
      value = value << 8 | UInt64(byte)
    }
    return cursor.isAtEnd ? MAC(value: value) : nil
  }
}
