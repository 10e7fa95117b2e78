import Net

/// One of several ways that a route has (struct rtnexthop, linux/rtnetlink.h).
public struct NextHop: Sendable, Hashable {
  public let gateway: Address?
  public let interface: UInt32
  /// How many of the packets take it beside the others, from 1.
  public let weight: Int
  public let flags: UInt8

  /// Parses RTA_MULTIPATH: length, flags, hops and interface each, then attributes.
  static func parse(_ bytes: ArraySlice<UInt8>) throws(NetlinkError) -> [NextHop] {
    var hops: [NextHop] = []
    var offset = 0
    while bytes.count - offset >= 8 {
      guard let length = bytes.native(UInt16.self, at: offset), let flags = bytes.native(UInt8.self, at: offset + 2),
        let more = bytes.native(UInt8.self, at: offset + 3), let interface = bytes.native(UInt32.self, at: offset + 4)
      else { break }
      guard length >= 8, let whole = bytes.piece(at: offset, count: Int(length)) else {
        throw NetlinkError(.badLength(UInt32(length)), offset: offset)
      }
      let attributes = try NetlinkAttributes(whole, after: 8)
      hops.append(
        NextHop(
          gateway: RouteMessage.gateway(attributes), interface: interface, weight: Int(more) + 1, flags: flags))
      offset += (Int(length) + 3) & ~3
    }
    return hops
  }

  /// The names of RTNH_F_…
  public var flagNames: [String] {
    Wire.flagNames(UInt32(flags), ["dead", "pervasive", "onlink", "offload", "linkdown", "unresolved", "trap"])
  }
}
