/// A message of netlink(7): the fields of its header (RFC 3549 §2.3.2) and what stands behind it.
public struct NetlinkMessage: Sendable, Hashable {
  public let type: UInt16
  public let flags: UInt16
  /// The sequence number of the request that it answers; 0 for news.
  public let sequence: UInt32
  public let payload: ArraySlice<UInt8>

  /// NLM_F_MULTI: more messages of the same answer follow.
  public var isPartOfMany: Bool { flags & 0x2 != 0 }
  /// NLM_F_REPLACE of news: it takes the place of what was there.
  public var replaces: Bool { flags & 0x100 != 0 }
  /// NLM_F_DUMP_INTR: what is listed changed while it was listed, so that the list may be wrong.
  public var wasDumpInterrupted: Bool { flags & 0x10 != 0 }

  /// The types that belong to netlink itself (linux/netlink.h).
  public enum Control {
    public static let error: UInt16 = 2
    public static let done: UInt16 = 3
    public static let overrun: UInt16 = 4
  }

  /// The bytes of a header: length, type, flags, sequence number and port.
  static let headerSize = 16

  /// Parses all messages of a datagram; each begins at a multiple of four bytes.
  public static func parse(_ datagram: [UInt8]) throws(NetlinkError) -> [NetlinkMessage] {
    var messages: [NetlinkMessage] = []
    var offset = 0
    let bytes = datagram[...]
    while offset < bytes.count {
      guard let length = bytes.native(UInt32.self, at: offset), let type = bytes.native(UInt16.self, at: offset + 4),
        let flags = bytes.native(UInt16.self, at: offset + 6),
        let sequence = bytes.native(UInt32.self, at: offset + 8), bytes.count - offset >= headerSize
      else { throw NetlinkError(.cutOff("the header of a message"), offset: offset) }
      let size = Int(length)
      guard size >= headerSize, let whole = bytes.piece(at: offset, count: size) else {
        throw NetlinkError(.badLength(length), offset: offset)
      }
      messages.append(
        NetlinkMessage(type: type, flags: flags, sequence: sequence, payload: whole.dropFirst(headerSize)))
      // At most three bytes beyond `size`, which is at most the array's count.
      offset += (size + 3) & ~3
    }
    return messages
  }

  /// What an error message or the end of a list says: an errno, 0 for an acknowledgement, and the kernel's words.
  public struct Outcome: Sendable, Hashable {
    public let errno: Int32
    public let text: String?
  }

  /// Parses the payload of NLMSG_ERROR or NLMSG_DONE (RFC 3549 §2.3.2.1) with the attributes of NETLINK_EXT_ACK.
  public func outcome() throws(NetlinkError) -> Outcome {
    guard let raw = payload.native(UInt32.self, at: 0) else {
      // NLMSG_DONE may come without its number.
      if type == Control.done { return Outcome(errno: 0, text: nil) }
      throw NetlinkError(.cutOff("an error message"), offset: 0)
    }
    let code = Int32(bitPattern: raw)
    let errno = code == .min ? Int32.max : abs(code)
    // NLM_F_ACK_TLVS: attributes follow the number, or the header of the request, or with NLM_F_CAPPED unset all of it.
    guard flags & 0x200 != 0 else { return Outcome(errno: errno, text: nil) }
    var start = 4
    if type == Control.error {
      guard let length = payload.native(UInt32.self, at: 4) else { return Outcome(errno: errno, text: nil) }
      start += flags & 0x100 != 0 ? Self.headerSize : Int(length)
    }
    guard start <= payload.count else { return Outcome(errno: errno, text: nil) }
    let attributes = try NetlinkAttributes(payload.dropFirst((start + 3) & ~3))
    // NLMSGERR_ATTR_MSG
    return Outcome(errno: errno, text: attributes.text(1))
  }
}
