import Net

/// An address of an interface, as RTM_NEWADDR tells of it (RFC 3549 §3.1.2, linux/if_addr.h).
public struct AddressMessage: Sendable, Hashable {
  public let family: AddressFamily
  public let interface: UInt32
  public let prefix: UInt8
  /// RT_SCOPE_…
  public let scope: UInt8
  /// IFA_F_…
  public let flags: UInt32
  /// The address itself.
  public let local: Address?
  /// The other end of a point-to-point link, where there is one.
  public let peer: Address?
  public let broadcast: Address?
  public let anycast: Address?
  public let label: String?
  public let priority: UInt32?
  /// Who gave it, IFAPROT_…
  public let origin: UInt8?
  /// Seconds for which it is valid and preferred (RFC 4862 §5.5.4); nil for ever.
  public let valid: UInt32?
  public let preferred: UInt32?

  init(_ payload: ArraySlice<UInt8>) throws(NetlinkError) {
    guard let family = payload.native(UInt8.self, at: 0), let prefix = payload.native(UInt8.self, at: 1),
      let flags = payload.native(UInt8.self, at: 2), let scope = payload.native(UInt8.self, at: 3),
      let interface = payload.native(UInt32.self, at: 4)
    else { throw NetlinkError(.cutOff("ifaddrmsg"), offset: payload.count) }
    let attributes = try NetlinkAttributes(payload, after: 8)
    self.family = AddressFamily(rawValue: family)
    self.interface = interface
    self.prefix = prefix
    self.scope = scope
    // IFA_FLAGS has those that no longer fit 8 bits.
    self.flags = attributes.u32(8) ?? UInt32(flags)
    // IFA_ADDRESS is the peer's of a point-to-point link; IFA_LOCAL is ours, and missing where both are the same (IPv6).
    let address = attributes.address(1)
    local = attributes.address(2) ?? address
    peer = address == local ? nil : address
    broadcast = attributes.address(4)
    anycast = attributes.address(5)
    label = attributes.text(3)
    priority = attributes.u32(9)
    origin = attributes.u8(11)
    let times = attributes[6]
    preferred = times?.native(UInt32.self, at: 0).flatMap { $0 == .max ? nil : $0 }
    valid = times?.native(UInt32.self, at: 4).flatMap { $0 == .max ? nil : $0 }
  }

  /// The names of the flags as ip(8) has them; the lowest bit means `temporary` (RFC 8981) in IPv6 and `secondary` in IPv4.
  public var flagNames: [String] {
    let names: [String?] = [
      family == .inet6 ? "temporary" : "secondary", "nodad", "optimistic", "dadfailed", "home", "deprecated",
      "tentative", "permanent", "mngtmpaddr", "noprefixroute", "autojoin", "stable-privacy",
    ]
    return Wire.flagNames(flags, names)
  }

  public var originName: String? {
    origin.flatMap { $0 == 0 ? nil : Wire.name($0, [1: "kernel_lo", 2: "kernel_ra", 3: "kernel_ll"]) }
  }

  /// How far the address is known, as ip(8) names it (rtnetlink(7)).
  public var scopeName: String { Self.scopeName(scope) }

  static func scopeName(_ scope: UInt8) -> String {
    Wire.name(scope, [0: "global", 200: "site", 253: "link", 254: "host", 255: "nowhere"])
  }
}
