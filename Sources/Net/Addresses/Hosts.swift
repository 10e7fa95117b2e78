/// The addresses of a network that its hosts can have.
extension Network {
  /// 255.255.255.255 less the mask: the bits that tell hosts apart, as access lists write them.
  public var wildcard: Address { Address(value: hostMask, like: address.withoutZone) ?? address }

  /// The address of all hosts; nil for IPv6 and for /31 and /32, which have none (RFC 3021 §2.1).
  public var broadcast: Address? { address.isIPv4 && prefix < 31 ? last : nil }

  /// The lowest address that a host can have. The address of the network itself names no host in IPv4 (RFC 1122 §3.2.1.3) and every router in
  /// IPv6 (RFC 4291 §2.6.1); links between two (/31 RFC 3021, /127 RFC 6164) and single hosts use all addresses.
  public var firstHost: Address {
    prefix >= address.bitCount - 1 ? first : first.advanced(by: 1) ?? first
  }

  /// The highest address that a host can have.
  public var lastHost: Address { broadcast.flatMap { $0.advanced(by: -1) } ?? last }

  /// How many addresses hosts can have; fits even for all of IPv6.
  public var hostCount: UInt128 { lastHost.value - firstHost.value + 1 }

  /// Gives the address at an index, from the end if it is negative (-1 is the last); nil if the network has no such address.
  public func address(at index: Int128) -> Address? {
    guard let found = index < 0 ? last.advanced(by: index + 1) : first.advanced(by: index) else { return nil }
    return contains(found) ? found : nil
  }

  /// Gives an address that a host can have, each equally likely.
  public func randomHost(using random: inout some RandomNumberGenerator) -> Address {
    let value = UInt128.random(in: firstHost.value...lastHost.value, using: &random)
    return Address(value: value, like: first) ?? first
  }
}
