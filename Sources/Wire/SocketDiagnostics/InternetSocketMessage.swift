import Net

/// A TCP, UDP or raw socket of the machine: struct inet_diag_msg (sock_diag(7), linux/inet_diag.h).
public struct InternetSocketMessage: Sendable, Hashable {
  public let family: AddressFamily
  /// By the numbers of TCP's states, whatever the protocol.
  public let state: UInt8
  public let local: Address
  public let localPort: UInt16
  public let remote: Address
  public let remotePort: UInt16
  /// The interface that it is bound to; 0 for none.
  public let interface: UInt32
  public let cookie: UInt64
  /// What it waits for: 0 nothing, 1 retransmission, 2 keepalive, 3 TIME-WAIT, 4 window probe; and for how long (ms).
  public let timer: UInt8
  public let expires: UInt32
  public let retransmits: UInt8
  /// Bytes that came and were not taken; of a listener, connections that wait to be accepted.
  public let receiveQueue: UInt32
  /// Bytes that are not acknowledged; of a listener, how many connections may wait.
  public let sendQueue: UInt32
  public let user: UInt32
  public let inode: UInt32
  public let isOnlyIPv6: Bool?
  public let congestionControl: String?
  public let typeOfService: UInt8?
  /// What was shut down: bit 0 receiving, bit 1 sending.
  public let shutdown: UInt8?
  public let memory: SocketMemory?
  public let info: TCPInfo?

  public init(_ payload: ArraySlice<UInt8>) throws(NetlinkError) {
    guard let family = payload.native(UInt8.self, at: 0), let state = payload.native(UInt8.self, at: 1),
      let timer = payload.native(UInt8.self, at: 2), let retransmits = payload.native(UInt8.self, at: 3),
      let localPort = payload.bigEndian(UInt16.self, at: 4), let remotePort = payload.bigEndian(UInt16.self, at: 6),
      let interface = payload.native(UInt32.self, at: 40), let cookie = payload.native(UInt64.self, at: 44),
      let expires = payload.native(UInt32.self, at: 52), let receiveQueue = payload.native(UInt32.self, at: 56),
      let sendQueue = payload.native(UInt32.self, at: 60), let user = payload.native(UInt32.self, at: 64),
      let inode = payload.native(UInt32.self, at: 68)
    else { throw NetlinkError(.cutOff("inet_diag_msg"), offset: payload.count) }
    let length = family == AddressFamily.inet.rawValue ? 4 : 16
    guard let source = payload.piece(at: 8, count: length), let target = payload.piece(at: 24, count: length),
      let local = Address(bytes: source), let remote = Address(bytes: target)
    else { throw NetlinkError(.cutOff("inet_diag_msg"), offset: payload.count) }
    let attributes = try NetlinkAttributes(payload, after: 72)
    self.family = AddressFamily(rawValue: family)
    self.state = state
    self.timer = timer
    self.retransmits = retransmits
    self.local = local
    self.localPort = localPort
    self.remote = remote
    self.remotePort = remotePort
    self.interface = interface
    self.cookie = cookie
    self.expires = expires
    self.receiveQueue = receiveQueue
    self.sendQueue = sendQueue
    self.user = user
    self.inode = inode
    info = attributes[2].flatMap { TCPInfo($0) }
    congestionControl = attributes.text(4)
    typeOfService = attributes.u8(5)
    memory = attributes[7].flatMap { SocketMemory($0) }
    shutdown = attributes.u8(8)
    isOnlyIPv6 = attributes.u8(11).map { $0 != 0 }
  }
}

/// How much memory a socket takes (SK_MEMINFO_…, linux/sock_diag.h), in bytes.
public struct SocketMemory: Sendable, Hashable {
  public let received: UInt32
  public let receiveLimit: UInt32
  /// What was sent and has not left yet.
  public let sent: UInt32
  public let queued: UInt32
  public let sendLimit: UInt32
  public let drops: UInt32

  init?(_ bytes: ArraySlice<UInt8>) {
    let numbers = (0..<9).compactMap { bytes.native(UInt32.self, at: $0 * 4) }
    guard numbers.count == 9 else { return nil }
    received = numbers[0]
    receiveLimit = numbers[1]
    sent = numbers[2]
    sendLimit = numbers[3]
    queued = numbers[5]
    drops = numbers[8]
  }
}
