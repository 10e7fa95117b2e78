extension NetlinkRequest {
  /// SOCK_DIAG_BY_FAMILY (linux/sock_diag.h), the type of questions and answers about sockets.
  public static let socketsByFamily: UInt16 = 20

  /// Asks for the sockets of a family and protocol in certain states, each a bit by its number (struct inet_diag_req_v2).
  public static func sockets(family: AddressFamily, transport: UInt8, states: UInt32) -> NetlinkRequest {
    // INET_DIAG_INFO 2, CONG 4, TOS 5, SKMEMINFO 7, SHUTDOWN 8, each as the bit below its number.
    let wanted: UInt8 = 1 << 1 | 1 << 3 | 1 << 4 | 1 << 6 | 1 << 7
    var body: [UInt8] = [family.rawValue, transport, wanted, 0]
    body.append(native: states)
    // No socket in particular; INET_DIAG_NOCOOKIE is all ones.
    body += [UInt8](repeating: 0, count: 40) + [UInt8](repeating: 0xff, count: 8)
    return NetlinkRequest(socketsByFamily, .dump, body: body)
  }

  /// Asks for all Unix sockets in certain states (struct unix_diag_req).
  public static func unixSockets(states: UInt32) -> NetlinkRequest {
    var body: [UInt8] = [AddressFamily.unix.rawValue, 0, 0, 0]
    body.append(native: states)
    body.append(native: UInt32(0))
    // UDIAG_SHOW_NAME, PEER, RQLEN and UID
    body.append(native: UInt32(0x1 | 0x4 | 0x10 | 0x40))
    body += [UInt8](repeating: 0xff, count: 8)
    return NetlinkRequest(socketsByFamily, .dump, body: body)
  }

  /// Asks for all netlink sockets of all subjects (struct netlink_diag_req).
  public static func netlinkSockets() -> NetlinkRequest {
    // NDIAG_PROTO_ALL
    var body: [UInt8] = [AddressFamily.netlink.rawValue, 255, 0, 0]
    body.append(native: UInt32(0))
    // NDIAG_SHOW_MEMINFO and GROUPS
    body.append(native: UInt32(0x1 | 0x2))
    body += [UInt8](repeating: 0xff, count: 8)
    return NetlinkRequest(socketsByFamily, .dump, body: body)
  }

  /// Asks for all packet sockets (struct packet_diag_req).
  public static func packetSockets() -> NetlinkRequest {
    var body: [UInt8] = [AddressFamily.packet.rawValue, 0, 0, 0]
    body.append(native: UInt32(0))
    // PACKET_SHOW_INFO and MEMINFO; the user comes with the first.
    body.append(native: UInt32(0x1 | 0x10))
    body += [UInt8](repeating: 0xff, count: 8)
    return NetlinkRequest(socketsByFamily, .dump, body: body)
  }
}
