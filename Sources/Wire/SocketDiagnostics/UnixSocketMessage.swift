/// A Unix socket of the machine: struct unix_diag_msg (sock_diag(7), linux/unix_diag.h).
public struct UnixSocketMessage: Sendable, Hashable {
  /// SOCK_STREAM 1, SOCK_DGRAM 2 or SOCK_SEQPACKET 5.
  public let type: UInt8
  /// 1 connected, 7 not connected, 10 listening.
  public let state: UInt8
  public let inode: UInt32
  /// Its path; an abstract name with `@` in place of its first byte, which is NUL (unix(7)).
  public let name: String?
  /// The inode of the other end.
  public let peer: UInt32?
  public let receiveQueue: UInt32
  public let sendQueue: UInt32
  public let shutdown: UInt8?
  public let user: UInt32?

  public init(_ payload: ArraySlice<UInt8>) throws(NetlinkError) {
    guard let type = payload.native(UInt8.self, at: 1), let state = payload.native(UInt8.self, at: 2),
      let inode = payload.native(UInt32.self, at: 4), payload.count >= 16
    else { throw NetlinkError(.cutOff("unix_diag_msg"), offset: payload.count) }
    let attributes = try NetlinkAttributes(payload, after: 16)
    self.type = type
    self.state = state
    self.inode = inode
    name = attributes[0].flatMap(Self.name)
    peer = attributes.u32(2)
    receiveQueue = attributes[4]?.native(UInt32.self, at: 0) ?? 0
    sendQueue = attributes[4]?.native(UInt32.self, at: 4) ?? 0
    shutdown = attributes.u8(6)
    user = attributes.u32(7)
  }

  private static func name(_ bytes: ArraySlice<UInt8>) -> String? {
    guard let first = bytes.first else { return nil }
    guard first == 0 else { return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
    return "@" + String(decoding: bytes.dropFirst().map { $0 == 0 ? UInt8(ascii: "@") : $0 }, as: UTF8.self)
  }

  public var typeName: String { Wire.name(type, [1: "stream", 2: "datagram", 5: "packets"]) }
}
