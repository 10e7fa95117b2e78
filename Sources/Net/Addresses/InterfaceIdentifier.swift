/// Interface identifiers made of MAC addresses (modified EUI-64, RFC 4291 §2.5.1 and appendix A).
extension MAC {
  /// The 64 bits: `ff:fe` in the middle, and the bit for "chosen locally" turned over.
  public var interfaceIdentifier: UInt64 {
    let (upper, lower) = (value >> 24, value & 0xff_ffff)
    return (upper << 40 | 0xff_fe00_0000 | lower) ^ 1 << 57
  }
}

extension Address {
  /// The MAC that the interface identifier was made of, if it has `ff:fe` in the middle; nil for IPv4 and multicast.
  public var interfaceMAC: MAC? {
    let low = halves.low
    guard !isIPv4, !isMulticast, low >> 24 & 0xffff == 0xfffe else { return nil }
    let original = low ^ 1 << 57
    return MAC(value: (original >> 40) << 24 | original & 0xff_ffff)
  }

  /// ff02::1:ffXX:XXXX with the last 24 bits (RFC 4291 §2.7.1): whom a neighbour solicitation asks. Nil where nobody asks: for IPv4, multicast,
  /// the unspecified address and loopback.
  public var solicitedNode: Address? {
    guard !isIPv4, !isMulticast, !isUnspecified, !isLoopback else { return nil }
    return Address(v6High: 0xff02 << 48, low: 1 << 32 | 0xff00_0000 | halves.low & 0xff_ffff, zone: zone)
  }
}

extension Network {
  /// Gives the address of an interface in this network (stateless autoconfiguration, RFC 4862 §5.5.3); nil unless it is IPv6 with a prefix
  /// that leaves 64 bits.
  public func address(of mac: MAC) -> Address? {
    guard !address.isIPv4, prefix <= 64 else { return nil }
    return Address(v6High: first.halves.high, low: mac.interfaceIdentifier, zone: address.zone)
  }
}
