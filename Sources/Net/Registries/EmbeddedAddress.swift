/// An IPv4 address inside an IPv6 address, by the way in which it got there.
public enum EmbeddedAddress: Hashable, Sendable {
  /// ::ffff:a.b.c.d, how programs see IPv4 through a socket for IPv6 (RFC 4291 §2.5.5.2).
  case mapped(Address)
  /// ::a.b.c.d, deprecated (RFC 4291 §2.5.5.1).
  case compatible(Address)
  /// 2002:aabb:ccdd::/48: the site behind this address (RFC 3056 §2).
  case sixToFour(Address)
  /// A client behind a NAT at this address and port, found through this server (RFC 4380 §4).
  case teredo(server: Address, client: Address, port: UInt16, isConeNAT: Bool)
  /// A translator's address for an IPv4 host (RFC 6052 §2.2), and the prefix it was translated with.
  case nat64(Address, prefix: Network)
}

extension Address {
  /// The IPv4 address that an IPv6 address carries by a prefix that everybody knows; nil if it carries none.
  public var embedded: EmbeddedAddress? {
    guard !isIPv4 else { return nil }
    let (high, low) = halves
    let lowest = Address(v4: UInt32(truncatingIfNeeded: low))
    if let mapped = mappedIPv4 { return .mapped(mapped) }
    if high >> 48 == 0x2002 { return .sixToFour(Address(v4: UInt32(truncatingIfNeeded: high >> 16))) }
    if high >> 32 == 0x2001_0000 {
      return .teredo(
        server: Address(v4: UInt32(truncatingIfNeeded: high)),
        // The NAT's port and address stand there with all bits turned over, so that no NAT on the way rewrites them.
        client: Address(v4: ~UInt32(truncatingIfNeeded: low)), port: ~UInt16(truncatingIfNeeded: low >> 32),
        isConeNAT: low >> 63 == 1)
    }
    if let prefix = Network.wellKnownNAT64, let found = prefix.translated(self) { return .nat64(found, prefix: prefix) }
    if kind == .compatible { return .compatible(lowest) }
    return nil
  }
}

/// Translation of IPv4 addresses into IPv6 and back (RFC 6052 §2.2).
extension Network {
  /// 64:ff9b::/96, the prefix that every translator may use (RFC 6052 §2.1).
  public static let wellKnownNAT64 = Network("64:ff9b::/96")

  /// Whether a translator can use the network: IPv6 with one of the six prefix lengths of RFC 6052 §2.2.
  public var isNAT64: Bool { !address.isIPv4 && [32, 40, 48, 56, 64, 96].contains(prefix) }

  /// Gives the IPv4 address behind the prefix; nil if the address is not of this network, the network is none for translation, or bits 64 to 71 are
  /// not zero.
  public func translated(_ other: Address) -> Address? {
    guard isNAT64, contains(other) else { return nil }
    guard prefix < 96 else { return Address(v4: UInt32(truncatingIfNeeded: other.halves.low)) }
    let bytes = other.bytes
    guard bytes[8] == 0 else { return nil }
    return Address(bytes: Self.places(behind: prefix).map { bytes[$0] })
  }

  /// Gives the IPv6 address for an IPv4 address; nil if the network is none for translation or the address none of IPv4.
  public func translating(_ inner: Address) -> Address? {
    guard isNAT64, inner.isIPv4 else { return nil }
    var bytes = first.bytes
    for (place, byte) in zip(Self.places(behind: prefix), inner.bytes) { bytes[place] = byte }
    return Address(bytes: bytes)
  }

  /// Gives the four bytes that follow the prefix, without byte 8, which is always zero (RFC 6052 §2.2).
  private static func places(behind prefix: Int) -> [Int] {
    prefix == 96 ? [12, 13, 14, 15] : Array((prefix / 8...prefix / 8 + 4).filter { $0 != 8 }.prefix(4))
  }
}
