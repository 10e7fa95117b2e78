import Net

/// A frame of Ethernet made up around bytes that really went over the wire: its addresses, ports, time and data are true, the rest of
/// its headers is as the protocols would have had it.
public struct SyntheticFrame: Sendable {
  public let bytes: [UInt8]
  /// How long it was, where not all of its data was kept.
  public let length: Int
  /// Nanoseconds since 1970.
  public let time: Int64
  /// Whether this side sent it.
  public let isOurs: Bool
  /// How many bytes of data it carries.
  public let dataCount: Int
  /// What else there is to say of it.
  public var comment: String?
}

/// The two ends of a conversation as packets name them.
public struct ConversationEnds: Hashable, Sendable {
  public let local: Address
  public let localPort: UInt16
  public let remote: Address
  public let remotePort: UInt16

  /// Nil for ends of different families, which no packet connects.
  public init?(local: Address, localPort: UInt16, remote: Address, remotePort: UInt16) {
    guard local.isIPv4 == remote.isIPv4 else { return nil }
    self.local = local.withoutZone
    self.localPort = localPort
    self.remote = remote.withoutZone
    self.remotePort = remotePort
  }

  /// The same conversation as the other end sees it.
  public var mirrored: ConversationEnds? {
    ConversationEnds(local: remote, localPort: remotePort, remote: local, remotePort: localPort)
  }

  /// The bytes of an IP packet that a link of Ethernet takes (RFC 894).
  public static let mtu = 1_500

  // Chosen locally, so that nobody takes them for a vendor's.
  private static let ourMAC = MAC(bytes: [2, 0, 0, 0, 0, 1])
  private static let theirMAC = MAC(bytes: [2, 0, 0, 0, 0, 2])

  /// Gives a packet from one of them, without its transport and data; `number` is the identification of IPv4.
  func packet(isOurs: Bool, _ protocolNumber: IPProtocol, number: UInt16, dontFragment: Bool = true) -> Packet {
    var packet = Packet()
    let (source, destination) = isOurs ? (local, remote) : (remote, local)
    if let ours = Self.ourMAC, let theirs = Self.theirMAC {
      packet.ethernet = EthernetHeader(
        destination: isOurs ? theirs : ours, source: isOurs ? ours : theirs,
        type: local.isIPv4 ? EthernetHeader.ip4 : EthernetHeader.ip6)
    }
    if local.isIPv4 {
      var header = IPv4Header(protocolNumber: protocolNumber, source: source, destination: destination)
      header.identification = number
      header.dontFragment = dontFragment
      packet.network = .ip(.v4(header))
    } else {
      let header = IPv6Header(nextHeader: protocolNumber, source: source, destination: destination)
      packet.network = .ip(.v6(header, []))
    }
    return packet
  }
}
