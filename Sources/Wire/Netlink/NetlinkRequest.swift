import Net

/// A message to the kernel, as bytes: the header (RFC 3549 §2.3.2), the fixed part and attributes.
public struct NetlinkRequest: Sendable {
  private let type: UInt16
  private let flags: UInt16
  private var body: [UInt8]

  /// NLM_F_REQUEST and what goes with it (linux/netlink.h).
  public enum Kind: UInt16, Sendable {
    /// One question, one answer.
    case one = 0x1
    /// NLM_F_ROOT and NLM_F_MATCH: everything there is.
    case dump = 0x301
    /// NLM_F_ACK: a change, which the kernel confirms.
    case change = 0x5
    /// NLM_F_CREATE and NLM_F_EXCL too: something new.
    case creation = 0x605
  }

  public init(_ type: UInt16, _ kind: Kind, body: [UInt8]) {
    self.type = type
    flags = kind.rawValue
    self.body = body
    self.body.alignToFour()
  }

  public mutating func add(_ type: UInt16, _ value: [UInt8]) {
    // Values are addresses and numbers: a longer one would have no length that can be written.
    guard value.count <= Int(UInt16.max) - 4 else { return }
    body.append(native: UInt16(value.count + 4))
    body.append(native: type)
    body += value
    body.alignToFour()
  }

  public mutating func add(_ type: UInt16, _ number: UInt32) {
    var value: [UInt8] = []
    value.append(native: number)
    add(type, value)
  }

  public mutating func add(_ type: UInt16, _ address: Address) { add(type, address.bytes) }

  /// The fixed part and the attributes, as they stand inside another attribute.
  var content: [UInt8] { body }

  /// Gives the whole message with its sequence number.
  public func bytes(sequence: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(native: UInt32(truncatingIfNeeded: NetlinkMessage.headerSize + body.count))
    bytes.append(native: type)
    bytes.append(native: flags)
    bytes.append(native: sequence)
    bytes.append(native: UInt32(0))
    return bytes + body
  }
}

extension NetlinkRequest {
  /// Asks for everything of a kind in a family, AF_UNSPEC (0) for all families.
  public static func list(_ kind: RoutingMessage.Kind, family: UInt8 = 0) -> NetlinkRequest {
    // The family is the first byte of every fixed part, and no kind has more than ifinfomsg's 16.
    NetlinkRequest(kind.get, .dump, body: [family] + [UInt8](repeating: 0, count: kind.fixedSize - 1))
  }

  /// Asks which way a packet to an address would go, RTM_GETROUTE; perhaps from an address, and by an interface.
  public static func route(
    to address: Address, from source: Address? = nil, out interface: UInt32? = nil, mark: UInt32? = nil
  ) -> NetlinkRequest {
    let family = address.isIPv4 ? AddressFamily.inet : AddressFamily.inet6
    let bits = UInt8(address.bitCount)
    var request = NetlinkRequest(
      RoutingMessage.Kind.route.get, .one,
      body: [family.rawValue, bits, source == nil ? 0 : bits, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    request.add(RouteMessage.Attribute.destination, address)
    if let source { request.add(RouteMessage.Attribute.source, source) }
    if let interface { request.add(RouteMessage.Attribute.outgoing, interface) }
    if let mark { request.add(RouteMessage.Attribute.mark, mark) }
    return request
  }
}
