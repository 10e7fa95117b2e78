/// An IPv4 or IPv6 address; an IPv6 address may carry the zone (RFC 4007) it is meant in.
///
/// Addresses are ordered: IPv4 before IPv6, then by number, then by the bytes of the zone, none first.
/// An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) is an IPv6 address and differs from its IPv4 address.
public struct Address: Hashable, Sendable {
  /// Keeps the common addresses without an allocation and the whole within 17 bytes.
  enum Storage: Hashable, Sendable {
    case v4(UInt32)
    case v6(high: UInt64, low: UInt64)
    case scoped(ScopedAddress)
  }

  let storage: Storage

  public init(v4 number: UInt32) { storage = .v4(number) }

  /// Makes an IPv6 address from its two halves; a zone that cannot name an interface (see `isZone`) is left out.
  public init(v6High high: UInt64, low: UInt64, zone: String? = nil) {
    if let zone, Address.isZone(zone) {
      storage = .scoped(ScopedAddress(high: high, low: low, zone: zone))
    } else {
      storage = .v6(high: high, low: low)
    }
  }

  /// Makes an address from its 4 or 16 bytes in network order; nil for any other number of bytes.
  public init?(bytes: some Collection<UInt8>) {
    switch bytes.count {
    case 4: self.init(v4: bytes.reduce(0) { $0 << 8 | UInt32($1) })
    case 16:
      let number = bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
      self.init(v6High: UInt64(truncatingIfNeeded: number >> 64), low: UInt64(truncatingIfNeeded: number))
    default: return nil
    }
  }

  /// Makes the address with this number in the family and zone of another; nil if the family has no such number.
  public init?(value: UInt128, like other: Address) {
    if other.isIPv4 {
      guard let number = UInt32(exactly: value) else { return nil }
      self.init(v4: number)
    } else {
      let (high, low) = (UInt64(truncatingIfNeeded: value >> 64), UInt64(truncatingIfNeeded: value))
      self.init(v6High: high, low: low, zone: other.zone)
    }
  }

  public var isIPv4: Bool {
    if case .v4 = storage { true } else { false }
  }

  /// 4 or 6.
  public var version: Int { isIPv4 ? 4 : 6 }

  /// 32 or 128.
  public var bitCount: Int { isIPv4 ? 32 : 128 }

  /// The zone after `%`, such as `eth0`; always nil for IPv4.
  public var zone: String? {
    if case .scoped(let scoped) = storage { scoped.zone } else { nil }
  }

  /// Says whether the zones have the same bytes; no zone is the same as none.
  func hasSameZone(as other: Address) -> Bool { (zone ?? "").utf8.elementsEqual((other.zone ?? "").utf8) }

  /// The same address without its zone.
  public var withoutZone: Address {
    guard case .scoped(let scoped) = storage else { return self }
    return Address(v6High: scoped.high, low: scoped.low)
  }

  /// The two halves of an IPv6 address; an IPv4 address stands in the lower one.
  var halves: (high: UInt64, low: UInt64) {
    switch storage {
    case .v4(let number): (0, UInt64(number))
    case .v6(let high, let low): (high, low)
    case .scoped(let scoped): (scoped.high, scoped.low)
    }
  }

  /// The address as a number of 32 or 128 bits.
  public var value: UInt128 {
    let (high, low) = halves
    return UInt128(high) << 64 | UInt128(low)
  }

  /// The 4 or 16 bytes in network order.
  public var bytes: [UInt8] {
    let (high, low) = halves
    if isIPv4 { return (0..<4).map { UInt8(truncatingIfNeeded: low >> UInt64(24 - 8 * $0)) } }
    return (0..<16).map { index in
      UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> UInt64(56 - 8 * (index % 8)))
    }
  }

  /// Says whether a text can be a zone: 1 to 15 bytes as the kernel allows in the name of an interface (dev_valid_name in
  /// net/core/dev.c), and none of the bytes that end an address in text.
  public static func isZone(_ text: some StringProtocol) -> Bool {
    withBytes(of: text, isZone)
  }

  static func isZone(_ bytes: TextBytes) -> Bool {
    guard (1...15).contains(bytes.count) else { return false }
    return bytes.allSatisfy { byte in
      switch byte {
      case 0...0x20, 0x7f, UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "%"), UInt8(ascii: "["),
        UInt8(ascii: "]"):
        false
      default: true
      }
    }
  }
}

/// An IPv6 address together with its zone, kept aside because few addresses have one.
final class ScopedAddress: Hashable, Sendable {
  let high: UInt64
  let low: UInt64
  let zone: String

  init(high: UInt64, low: UInt64, zone: String) {
    self.high = high
    self.low = low
    self.zone = zone
  }

  /// Zones are compared by their bytes: the kernel knows no canonical equivalence.
  static func == (left: ScopedAddress, right: ScopedAddress) -> Bool {
    left.high == right.high && left.low == right.low && left.zone.utf8.elementsEqual(right.zone.utf8)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(high)
    hasher.combine(low)
    for byte in zone.utf8 { hasher.combine(byte) }
  }
}
