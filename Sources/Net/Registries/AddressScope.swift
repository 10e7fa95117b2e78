/// How far an address means something (RFC 4007 §4 for unicast, RFC 7346 §2 for multicast).
public enum AddressScope: String, Sendable, CaseIterable {
  /// This host alone, as Linux names what never leaves it.
  case host
  case interfaceLocal = "interface-local"
  case linkLocal = "link-local"
  case realmLocal = "realm-local"
  case adminLocal = "admin-local"
  case siteLocal = "site-local"
  case organizationLocal = "organization-local"
  case global
  case reserved, unassigned

  /// The scope of a multicast group by the four bits in its second byte; share/nsh/data/ipv6-multicast-scopes.tsv holds the same.
  public init(multicast field: UInt8) {
    self =
      switch field {
      case 0, 15: .reserved
      case 1: .interfaceLocal
      case 2: .linkLocal
      case 3: .realmLocal
      case 4: .adminLocal
      case 5: .siteLocal
      case 8: .organizationLocal
      case 14: .global
      default: .unassigned
      }
  }
}

extension Address {
  /// How far the address means something; nil for the unspecified one, which means nothing.
  ///
  /// The scope is about meaning, not about reach: private and unique local addresses have global scope too (RFC 4193 §3.3), and `ip addr` says so.
  public var scope: AddressScope? {
    guard !isUnspecified else { return nil }
    if isMulticast { return isIPv4 ? ipv4MulticastScope : AddressScope(multicast: bytes[1] & 0xf) }
    if isLoopback { return .host }
    switch kind {
    case .linkLocal, .broadcast: return .linkLocal
    case .siteLocal: return .siteLocal
    default: return .global
    }
  }

  /// 224.0.0.0/24 stays on the link (RFC 5771 §4); 239.0.0.0/8 is scoped by whoever runs it, and two parts of it have names (RFC 2365 §6).
  private var ipv4MulticastScope: AddressScope {
    let number = halves.low
    if number >> 8 == 0xe0_0000 { return .linkLocal }
    if number >> 16 == 0xefff { return .siteLocal }
    if number >> 18 == 0xefc0 >> 2 { return .organizationLocal }
    return number >> 24 == 0xef ? .adminLocal : .global
  }
}
