/// A packet socket of the machine, which sees frames (packet(7)): struct packet_diag_msg (sock_diag(7), linux/packet_diag.h).
public struct PacketSocketMessage: Sendable, Hashable {
  /// SOCK_DGRAM 2, without the link's header, or SOCK_RAW 3.
  public let type: UInt8
  /// The EtherType that it takes, 3 (ETH_P_ALL) for all, 0 for none yet.
  public let etherType: UInt16
  public let inode: UInt32
  /// The interface that it is bound to; 0 for all.
  public let interface: UInt32
  public let user: UInt32?
  public let memory: SocketMemory?

  public init(_ payload: ArraySlice<UInt8>) throws(NetlinkError) {
    guard let type = payload.native(UInt8.self, at: 1), let etherType = payload.native(UInt16.self, at: 2),
      let inode = payload.native(UInt32.self, at: 4), payload.count >= 16
    else { throw NetlinkError(.cutOff("packet_diag_msg"), offset: payload.count) }
    let attributes = try NetlinkAttributes(payload, after: 16)
    self.type = type
    self.etherType = etherType
    self.inode = inode
    // struct packet_diag_info begins with the interface.
    interface = attributes.u32(0) ?? 0
    user = attributes.u32(5)
    memory = attributes[6].flatMap { SocketMemory($0) }
  }

  /// `frames` with the link's header, `packets` without it.
  public var typeName: String { Wire.name(type, [2: "packets", 3: "frames", 10: "old"]) }

  /// `all`, `ipv4`, `arp`, or the number in hexadecimal (the IANA registry of EtherTypes).
  public var etherTypeName: String {
    let names: [UInt16: String] = [
      0: "none", 3: "all", 0x0800: "ipv4", 0x0806: "arp", 0x86dd: "ipv6", 0x8100: "vlan", 0x888e: "eapol",
      0x88cc: "lldp",
    ]
    return names[etherType] ?? "0x" + String(etherType, radix: 16)
  }
}
