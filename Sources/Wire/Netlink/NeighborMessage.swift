import Net

/// A neighbor on a link: an address and the link address behind it, as RTM_NEWNEIGH tells of it (RFC 3549 §3.1.4).
public struct NeighborMessage: Sendable, Hashable {
  public let family: AddressFamily
  public let interface: UInt32
  /// NUD_… and NTF_… (linux/neighbour.h).
  public let state: UInt16
  public let flags: UInt8
  public let address: Address?
  public let linkAddress: [UInt8]
  public let probes: UInt32?
  public let origin: UInt8?
  /// Ticks of 1/100 s since it was confirmed, used and updated, and how many hold it (struct nda_cacheinfo).
  public let confirmed: UInt32?
  public let used: UInt32?
  public let updated: UInt32?
  public let references: UInt32?

  init(_ payload: ArraySlice<UInt8>) throws(NetlinkError) {
    guard let family = payload.native(UInt8.self, at: 0), let interface = payload.native(UInt32.self, at: 4),
      let state = payload.native(UInt16.self, at: 8), let flags = payload.native(UInt8.self, at: 10),
      payload.count >= 12
    else { throw NetlinkError(.cutOff("ndmsg"), offset: payload.count) }
    let attributes = try NetlinkAttributes(payload, after: 12)
    self.family = AddressFamily(rawValue: family)
    self.interface = interface
    self.state = state
    self.flags = flags
    address = attributes.address(1)
    linkAddress = attributes.bytes(2) ?? []
    probes = attributes.u32(4)
    origin = attributes.u8(12)
    let cache = attributes[3]
    confirmed = cache?.native(UInt32.self, at: 0)
    used = cache?.native(UInt32.self, at: 4)
    updated = cache?.native(UInt32.self, at: 8)
    references = cache?.native(UInt32.self, at: 12)
  }

  /// The state of RFC 4861 §7.3.2 as Linux has it: `REACHABLE`, `STALE`…; `NONE` for none.
  public var stateName: String {
    let names: [String?] = [
      "INCOMPLETE", "REACHABLE", "STALE", "DELAY", "PROBE", "FAILED", "NOARP", "PERMANENT",
    ]
    return state == 0 ? "NONE" : Wire.flagNames(UInt32(state), names).joined(separator: ",")
  }

  /// Whether it has been asked for at all: neither NUD_NONE nor NUD_NOARP.
  public var isResolved: Bool { state & ~0x40 != 0 }

  public var flagNames: [String] {
    Wire.flagNames(
      UInt32(flags), ["use", "self", "master", "proxy", "extern_learn", "offload", "sticky", "router"])
  }
}
