/// An interface of the machine, as RTM_NEWLINK tells of it (RFC 3549 §3.1.1, linux/if_link.h).
public struct LinkMessage: Sendable, Hashable {
  public let index: UInt32
  /// The hardware type, ARPHRD_… (linux/if_arp.h).
  public let hardware: UInt16
  /// IFF_… (netdevice(7)).
  public let flags: UInt32
  public let name: String
  /// The address on the link, of 6 bytes for Ethernet, and that of everybody on it.
  public let address: [UInt8]
  public let broadcast: [UInt8]
  public let permanentAddress: [UInt8]
  public let mtu: UInt32?
  public let minimalMTU: UInt32?
  public let maximalMTU: UInt32?
  public let queueLength: UInt32?
  public let discipline: String?
  /// Its state by RFC 2863: `UP`, `DOWN`, `UNKNOWN`, `LOWERLAYERDOWN`…
  public let operationalState: String
  public let mode: String
  public let group: UInt32
  /// The interface below this one, such as a VLAN's, or the other end of a veth; in another namespace if so numbered.
  public let lower: UInt32?
  public let lowerNamespace: UInt32?
  /// The bridge or bond that it is a port of.
  public let master: UInt32?
  /// What it is where it is no device: `veth`, `bridge`, `vlan`, `tun`; and what kind of port.
  public let kind: String?
  public let portKind: String?
  public let vlan: UInt16?
  public let alias: String?
  public let alternativeNames: [String]
  public let promiscuity: UInt32?
  public let allMulticast: UInt32?
  public let sendQueues: UInt32?
  public let receiveQueues: UInt32?
  public let hasCarrier: Bool?
  public let carrierChanges: UInt32?
  /// How IPv6 addresses are made: `eui64`, `none`, `stable_secret`, `random`.
  public let generation: String?
  public let parentDevice: String?
  public let parentBus: String?
  public let statistics: LinkStatistics?

  init(_ payload: ArraySlice<UInt8>) throws(NetlinkError) {
    guard let hardware = payload.native(UInt16.self, at: 2), let index = payload.native(UInt32.self, at: 4),
      let flags = payload.native(UInt32.self, at: 8), payload.count >= 16
    else { throw NetlinkError(.cutOff("ifinfomsg"), offset: payload.count) }
    let attributes = try NetlinkAttributes(payload, after: 16)
    self.index = index
    self.hardware = hardware
    self.flags = flags
    name = attributes.text(3) ?? ""
    address = attributes.bytes(1) ?? []
    broadcast = attributes.bytes(2) ?? []
    permanentAddress = attributes.bytes(54) ?? []
    mtu = attributes.u32(4)
    minimalMTU = attributes.u32(50)
    maximalMTU = attributes.u32(51)
    queueLength = attributes.u32(13)
    discipline = attributes.text(6)
    operationalState = Wire.name(attributes.u8(16) ?? 0, Self.states)
    mode = attributes.u8(17) == 1 ? "DORMANT" : "DEFAULT"
    group = attributes.u32(27) ?? 0
    lower = attributes.u32(5)
    lowerNamespace = attributes.u32(37)
    master = attributes.u32(10)
    let info = try attributes.nested(18)
    kind = info.text(1)
    portKind = info.text(4)
    vlan = kind == "vlan" ? try info.nested(2).u16(1) : nil
    alias = attributes.text(20)
    alternativeNames = try attributes.nested(52).all.filter { $0.type == 53 }.map {
      String(decoding: $0.value.prefix { $0 != 0 }, as: UTF8.self)
    }
    promiscuity = attributes.u32(30)
    allMulticast = attributes.u32(61)
    sendQueues = attributes.u32(31)
    receiveQueues = attributes.u32(32)
    hasCarrier = attributes.u8(33).map { $0 != 0 }
    carrierChanges = attributes.u32(35)
    // IFLA_AF_SPEC, AF_INET6, IFLA_INET6_ADDR_GEN_MODE
    let internet = try attributes.nested(26).nested(UInt16(AddressFamily.inet6.rawValue))
    generation = internet.u8(8).map { Wire.name($0, [0: "eui64", 1: "none", 2: "stable_secret", 3: "random"]) }
    parentDevice = attributes.text(56)
    parentBus = attributes.text(57)
    statistics = attributes[23].flatMap { LinkStatistics($0) }
  }

  /// RFC 2863 §3.1.14, by the numbers of linux/if.h.
  private static let states = [
    0: "UNKNOWN", 1: "NOTPRESENT", 2: "DOWN", 3: "LOWERLAYERDOWN", 4: "TESTING", 5: "DORMANT", 6: "UP",
  ]

  /// The names of the flags as ip(8) shows them: `UP`, `LOWER_UP`…; `NO-CARRIER` first where it is up without one.
  public var flagNames: [String] {
    // IFF_UP without IFF_RUNNING
    let missing = flags & 0x41 == 0x1 ? ["NO-CARRIER"] : []
    let names: [String?] = [
      "UP", "BROADCAST", "DEBUG", "LOOPBACK", "POINTOPOINT", "NOTRAILERS", nil, "NOARP", "PROMISC", "ALLMULTI",
      "MASTER", "SLAVE", "MULTICAST", "PORTSEL", "AUTOMEDIA", "DYNAMIC", "LOWER_UP", "DORMANT", "ECHO",
    ]
    // IFF_RUNNING is what the state says already.
    return missing + Wire.flagNames(flags & ~0x40, names)
  }

  public var isUp: Bool { flags & 1 == 1 }

  /// What kind of link the hardware type is: `ether`, `loopback`…, as ip(8) names the common ones.
  public var hardwareName: String {
    let names = [
      0: "netrom", 1: "ether", 24: "ieee1394", 32: "infiniband", 256: "slip", 280: "can", 512: "ppp", 768: "ipip",
      769: "tunnel6", 772: "loopback", 776: "sit", 778: "gre", 801: "ieee802.11", 803: "ieee802.11/radiotap",
      804: "ieee802.15.4", 823: "gre6", 824: "netlink", 0xfffe: "none", 0xffff: "void",
    ]
    return Wire.name(hardware, names)
  }
}

/// What an interface has counted (struct rtnl_link_stats64).
public struct LinkStatistics: Sendable, Hashable {
  /// The names of the counters, in their order.
  public static let names = [
    "received", "sent", "bytes-received", "bytes-sent", "receive-errors", "send-errors", "receive-dropped",
    "send-dropped", "multicast", "collisions",
  ]
  public let counters: [UInt64]

  init?(_ bytes: ArraySlice<UInt8>) {
    let counters = Self.names.indices.compactMap { bytes.native(UInt64.self, at: $0 * 8) }
    guard counters.count == Self.names.count else { return nil }
    self.counters = counters
  }
}
