/// A block of addresses (RFC 4632 §3.1, RFC 4291 §2.3): an address and how many of its first bits all members share.
///
/// The bits of the address after the prefix are kept as written, so that `10.1.2.3/8` also names a host in its network.
public struct Network: Hashable, Sendable {
  /// The address as written.
  public let address: Address
  private let length: UInt8

  /// Makes a network; nil if the prefix is not 0 to 32 (IPv4) or 128 (IPv6).
  public init?(address: Address, prefix: Int) {
    guard prefix >= 0, prefix <= address.bitCount else { return nil }
    self.address = address
    length = UInt8(prefix)
  }

  /// The number of bits that all members share: 0 to 32 or 128.
  public var prefix: Int { Int(length) }

  /// The number of bits that tell the members apart.
  private var hostBits: Int { address.bitCount - prefix }

  var hostMask: UInt128 { hostBits == 128 ? .max : (UInt128(1) << hostBits) - 1 }

  /// The lowest address, with all bits after the prefix 0.
  public var first: Address { Address(value: address.value & ~hostMask, like: address) ?? address }

  /// The highest address, with all bits after the prefix 1; in IPv4 the broadcast address.
  public var last: Address { Address(value: address.value | hostMask, like: address) ?? address }

  /// The network mask as an address, such as 255.0.0.0 for /8.
  public var mask: Address {
    Address(value: ~hostMask & (address.isIPv4 ? UInt128(UInt32.max) : .max), like: address.withoutZone) ?? address
  }

  /// The same network without host bits.
  public var masked: Network { Network(address: first, prefix: prefix) ?? self }

  /// How many addresses the network has; nil for all of IPv6, which 128 bits cannot count.
  public var addressCount: UInt128? { hostBits == 128 ? nil : UInt128(1) << hostBits }

  /// Says whether an address of the same family lies in the network. A network without a zone has the addresses of
  /// every zone, one with a zone only its own.
  public func contains(_ other: Address) -> Bool {
    switch (address.storage, other.storage) {
    case (.v4(let network), .v4(let address)): return (network ^ address) >> UInt32(hostBits) == 0
    case (.v4, _), (_, .v4): return false
    default: break
    }
    if address.zone != nil, !address.hasSameZone(as: other) { return false }
    let (network, address) = (address.halves, other.halves)
    if length <= 64 { return (network.high ^ address.high) >> UInt64(64 - prefix) == 0 }
    return network.high == address.high && (network.low ^ address.low) >> UInt64(128 - prefix) == 0
  }

  /// Says whether all addresses of another network lie in this one.
  public func contains(_ other: Network) -> Bool { other.length >= length && contains(other.address) }

  /// Says whether the two have addresses in common; of two networks that do, one contains the other.
  public func overlaps(_ other: Network) -> Bool { contains(other) || other.contains(self) }
}

extension Network: Comparable {
  /// Orders by the address as written, then the wider network first.
  public static func < (left: Network, right: Network) -> Bool {
    left.address == right.address ? left.length < right.length : left.address < right.address
  }
}

extension Network: CustomStringConvertible {
  /// The address as written, `/` and the prefix.
  public var description: String { "\(address)/\(prefix)" }
}

extension Network {
  /// Parses `10.1.2.3/8`, `2001:db8::/32` or `10.0.0.0/255.0.0.0`; nil for anything else.
  @inlinable
  public init?(_ text: some StringProtocol) {
    guard let network = withBytes(of: text, Network.parse) else { return nil }
    self = network
  }

  /// network = address "/" (prefix without leading zeros / IPv4 mask)
  @usableFromInline
  static func parse(_ bytes: TextBytes) -> Network? {
    // No address is longer than 61 bytes; the bound keeps a huge text cheap.
    guard let slash = bytes.prefix(64).firstIndex(of: UInt8(ascii: "/")) else { return nil }
    guard let address = Address.parse(TextBytes(rebasing: bytes[..<slash])) else { return nil }
    let rest = TextBytes(rebasing: bytes[(slash + 1)...])
    if address.isIPv4, case .v4(let mask)? = Address.parse(rest)?.storage {
      let prefix = mask.leadingZeroBitCount == 0 ? (~mask).leadingZeroBitCount : 0
      guard mask << UInt32(prefix) == 0 else { return nil }
      return Network(address: address, prefix: prefix)
    }
    var cursor = TextCursor(rest)
    guard let (prefix, digits) = cursor.takeDecimal(upTo: 3), cursor.isAtEnd else { return nil }
    guard digits == 1 || rest.first != UInt8(ascii: "0") else { return nil }
    return Network(address: address, prefix: Int(prefix))
  }
}
