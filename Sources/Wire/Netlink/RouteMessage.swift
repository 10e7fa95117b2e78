import Net

/// A route, or the answer to which way a packet would go: RTM_NEWROUTE (RFC 3549 §3.1.3, linux/rtnetlink.h).
public struct RouteMessage: Sendable, Hashable {
  public let family: AddressFamily
  /// Where it leads; the whole family (/0) for a default route.
  public let destination: Network?
  /// From where packets must come for it, where it says so.
  public let source: Network?
  public let typeOfService: UInt8
  public let table: UInt32
  /// Who made it, RTPROT_…
  public let origin: UInt8
  public let scope: UInt8
  /// RTN_…
  public let type: UInt8
  /// RTM_F_… and RTNH_F_…
  public let flags: UInt32
  public let gateway: Address?
  public let outgoing: UInt32?
  public let incoming: UInt32?
  /// The source address that packets get which have none yet.
  public let preferredSource: Address?
  public let priority: UInt32?
  public let mark: UInt32?
  public let user: UInt32?
  public let hops: [NextHop]
  public let nextHopObject: UInt32?
  /// RFC 4191 §2.1: `low`, `medium` or `high`.
  public let preference: String?
  /// Seconds until it goes.
  public let expires: Int32?
  /// The errno that it answers with, for a route that refuses.
  public let error: UInt32?
  /// RTAX_… by their names.
  public let metrics: [Metric]

  /// A property of the path, RTAX_…: a number, or of `congestion` a text.
  public struct Metric: Sendable, Hashable {
    public let name: String
    public let number: UInt32?
    public let text: String?
  }

  enum Attribute {
    static let (destination, source, outgoing, gateway, mark) = (
      UInt16(1), UInt16(2), UInt16(4), UInt16(5), UInt16(16)
    )
  }

  init(_ payload: ArraySlice<UInt8>) throws(NetlinkError) {
    let fixed = Array(payload.prefix(8))
    guard fixed.count == 8, let flags = payload.native(UInt32.self, at: 8) else {
      throw NetlinkError(.cutOff("rtmsg"), offset: payload.count)
    }
    let attributes = try NetlinkAttributes(payload, after: 12)
    family = AddressFamily(rawValue: fixed[0])
    destination = Self.network(attributes.address(1), fixed[1], family)
    source = fixed[2] == 0 ? nil : Self.network(attributes.address(2), fixed[2], family)
    typeOfService = fixed[3]
    table = attributes.u32(15) ?? UInt32(fixed[4])
    origin = fixed[5]
    scope = fixed[6]
    type = fixed[7]
    self.flags = flags
    gateway = Self.gateway(attributes)
    outgoing = attributes.u32(4)
    incoming = attributes.u32(3)
    preferredSource = attributes.address(7)
    priority = attributes.u32(6)
    mark = attributes.u32(16)
    user = attributes.u32(25)
    hops = try NextHop.parse(attributes[9] ?? [])
    nextHopObject = attributes.u32(30)
    preference = attributes.u8(20).map { Wire.name($0, [0: "medium", 1: "high", 3: "low"]) }
    // rta_cacheinfo: the ticks until it expires, and its error. Ticks are 1/100 s (USER_HZ) on every machine of Linux.
    let cache = attributes[12]
    let ticks = cache?.native(UInt32.self, at: 8).map { Int32(bitPattern: $0) } ?? 0
    expires = ticks == 0 ? nil : ticks / 100
    error = cache?.native(UInt32.self, at: 12).flatMap { $0 == 0 ? nil : 0 &- $0 }
    metrics = try Self.metrics(attributes.nested(8))
  }

  private static func network(_ address: Address?, _ prefix: UInt8, _ family: AddressFamily) -> Network? {
    let whole: Address? =
      switch family {
      case .inet: Address(v4: 0)
      case .inet6: Address(v6High: 0, low: 0)
      default: nil
      }
    return (address ?? whole).flatMap { Network(address: $0, prefix: Int(prefix)) }
  }

  /// RTA_GATEWAY, or RTA_VIA for a gateway of the other family (RFC 5549): its family, and the address.
  static func gateway(_ attributes: NetlinkAttributes) -> Address? {
    attributes.address(5) ?? attributes[18].flatMap { Address(bytes: $0.dropFirst(2)) }
  }

  private static func metrics(_ attributes: NetlinkAttributes) -> [Metric] {
    let names = [
      "lock", "mtu", "window", "rtt", "rttvar", "ssthresh", "cwnd", "advmss", "reordering", "hoplimit", "initcwnd",
      "features", "rto_min", "initrwnd", "quickack", "congestion", "fastopen_no_cookie",
    ]
    return attributes.all.compactMap { attribute in
      let index = Int(attribute.type) - 1
      guard names.indices.contains(index) else { return nil }
      let name = names[index]
      if name == "congestion" {
        let text = String(decoding: attribute.value.prefix { $0 != 0 }, as: UTF8.self)
        return Metric(name: name, number: nil, text: text)
      }
      // The kernel keeps times of the path in eighths and quarters of a millisecond.
      let unit: UInt32 = name == "rtt" ? 8 : name == "rttvar" ? 4 : 1
      return attribute.value.native(UInt32.self, at: 0).map { Metric(name: name, number: $0 / unit, text: nil) }
    }
  }
}
