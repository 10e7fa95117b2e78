/// What an address is for, in one word.
public enum AddressKind: String, Sendable, CaseIterable {
  case global, multicast, reserved
  case unspecified
  case thisNetwork = "this-network"
  case loopback
  case linkLocal = "link-local"
  case `private`
  case uniqueLocal = "unique-local"
  case shared
  case broadcast
  case documentation, benchmarking
  case `protocol`
  case anycast, dummy, discard
  case nat64Discovery = "nat64-discovery"
  case as112, amt
  case sixToFourRelay = "6to4-relay"
  case mapped = "ipv4-mapped"
  case compatible = "ipv4-compatible"
  case nat64, teredo
  case sixToFour = "6to4"
  case orchid
  case droneID = "drone-id"
  case srv6
  case siteLocal = "site-local"
  /// Only of a network: addresses of several kinds.
  case mixed
}

extension Address {
  /// What the address is for: the kind of the most special block that has it.
  ///
  /// What no block has is global, but for the part of IPv6 that IANA has not opened: everything outside of 2000::/3 (RFC 4291 §2.4 and the registry
  /// "Internet Protocol Version 6 Address Space").
  public var kind: AddressKind { specialBlock?.kind ?? (isIPv4 || halves.high >> 61 == 1 ? .global : .reserved) }

  /// Whether it can be reached from anywhere; nil where the registry says neither.
  public var isGlobal: Bool? {
    if isMulticast { return scope == .global }
    if let block = specialBlock { return block.isGlobal }
    return kind == .global
  }
}
