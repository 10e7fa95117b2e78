/// A netlink socket of the machine: struct netlink_diag_msg (sock_diag(7), linux/netlink_diag.h).
public struct NetlinkSocketMessage: Sendable, Hashable {
  /// SOCK_DGRAM 2 or SOCK_RAW 3, which are the same here.
  public let type: UInt8
  /// What it speaks of, NETLINK_…
  public let subject: UInt8
  /// 1 where it is connected to a peer.
  public let state: UInt8
  /// The number that is its address; 0 is the kernel's own end.
  public let port: UInt32
  public let peer: UInt32
  /// The number of the group that it sends to, 0 for none.
  public let peerGroup: UInt32
  public let inode: UInt32
  /// The numbers of the groups that it hears, from 1.
  public let groups: [Int]
  public let memory: SocketMemory?

  public init(_ payload: ArraySlice<UInt8>) throws(NetlinkError) {
    guard let type = payload.native(UInt8.self, at: 1), let subject = payload.native(UInt8.self, at: 2),
      let state = payload.native(UInt8.self, at: 3), let port = payload.native(UInt32.self, at: 4),
      let peer = payload.native(UInt32.self, at: 8), let peerGroup = payload.native(UInt32.self, at: 12),
      let inode = payload.native(UInt32.self, at: 16), payload.count >= 28
    else { throw NetlinkError(.cutOff("netlink_diag_msg"), offset: payload.count) }
    let attributes = try NetlinkAttributes(payload, after: 28)
    self.type = type
    self.subject = subject
    self.state = state
    self.port = port
    self.peer = peer
    self.peerGroup = peerGroup
    self.inode = inode
    memory = attributes[0].flatMap { SocketMemory($0) }
    groups = (attributes[1] ?? []).prefix(Self.mostGroups / 8).enumerated().flatMap { index, bits in
      (0..<8).filter { bits >> UInt8($0) & 1 == 1 }.map { index * 8 + $0 + 1 }
    }
  }

  /// Families of generic netlink have some dozens of groups; more bits than this are not looked at.
  private static let mostGroups = 4_096

  /// What it speaks of, by the names of netlink(7).
  public var subjectName: String {
    let names = [
      0: "route", 2: "usersock", 3: "firewall", 4: "sock-diag", 5: "nflog", 6: "xfrm", 7: "selinux", 8: "iscsi",
      9: "audit", 10: "fib-lookup", 11: "connector", 12: "netfilter", 13: "ip6-fw", 14: "dnrtmsg", 15: "kobject-uevent",
      16: "generic", 18: "scsitransport", 19: "ecryptfs", 20: "rdma", 21: "crypto", 22: "smc",
    ]
    return Wire.name(subject, names)
  }
}
