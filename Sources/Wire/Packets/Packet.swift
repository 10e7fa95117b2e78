import Net

/// A packet as a stack of headers: from the frame, or from IP, down to the data that the innermost header carries.
public struct Packet: Hashable, Sendable {
  /// With what the bytes of a packet begin.
  public enum Start: String, Sendable, CaseIterable { case ethernet, ip }

  public enum Network: Hashable, Sendable {
    case arp(ARPMessage)
    case ip(IPPacket.Header)
  }

  public enum Transport: Hashable, Sendable {
    case tcp(TCPHeader)
    case udp(UDPHeader)
    /// Only its header: what it carries is the packet's data.
    case icmp(ICMPMessage)
  }

  public var ethernet: EthernetHeader?
  public var network: Network?
  public var transport: Transport?
  public var data: [UInt8] = []
  /// Bytes of a UDP packet that the datagram's length does not count (RFC 9868 §6).
  public var surplus: [UInt8] = []
  /// Bytes behind the packet, such as the padding of a short frame.
  public var trailer: [UInt8] = []
  /// Which fields are written as they are, and not computed.
  public var keptInNetwork: KeptFields = []
  public var keptInTransport: KeptFields = []
  /// How many bytes that the header of IP counts are not there.
  public private(set) var missing = 0
  /// Why an inner header could not be read; its bytes are the data then.
  public private(set) var problem: PacketError?

  public init() {}

  /// Reads a packet. Written again, it has the same bytes.
  ///
  /// What stands inside of the outermost header is read as far as it goes: `problem` says what stopped it.
  ///
  /// - Parameter start: what it begins with; nil takes it for IP if that fits, else for a frame of Ethernet.
  ///
  /// Errors: `packet-truncated`, `packet-malformed` for the outermost header.
  public init(parsing bytes: ArraySlice<UInt8>, from start: Start? = nil) throws(PacketError) {
    keptInNetwork = .all
    keptInTransport = .all
    switch start ?? Self.start(of: bytes) {
    case .ip: try readIP(bytes)
    case .ethernet: try readFrame(bytes)
    }
  }

  /// Guesses what bytes begin with: a header of IP whose length and checksum fit, or else a frame.
  public static func start(of bytes: ArraySlice<UInt8>) -> Start {
    if let header = try? IPv4Header(parsing: bytes), header.totalLength <= bytes.count,
      header.checksum == header.rightChecksum
    {
      return .ip
    }
    if let header = try? IPv6Header(parsing: bytes), IPv6Header.length + Int(header.payloadLength) <= bytes.count {
      return .ip
    }
    if let header = try? EthernetHeader(parsing: bytes), header.typeName != nil { return .ethernet }
    return bytes.first.map { $0 >> 4 == 4 || $0 >> 4 == 6 } ?? true ? .ip : .ethernet
  }

  private mutating func readFrame(_ bytes: ArraySlice<UInt8>) throws(PacketError) {
    let header = try EthernetHeader(parsing: bytes)
    ethernet = header
    let rest = bytes.dropFirst(header.length)
    do throws(PacketError) {
      switch header.type {
      case EthernetHeader.arp:
        let message = try ARPMessage(parsing: rest)
        network = .arp(message)
        trailer = Array(rest.dropFirst(message.length))
      case EthernetHeader.ip4, EthernetHeader.ip6:
        let version = header.type == EthernetHeader.ip4 ? 4 : 6
        guard let first = rest.first, first >> 4 == version else {
          throw PacketError("IPv\(version)", rest.isEmpty ? .truncated : .malformed("it begins with another version"))
        }
        try readIP(rest)
      default: data = Array(rest)
      }
    } catch {
      problem = error
      data = Array(rest)
    }
  }

  private mutating func readIP(_ bytes: ArraySlice<UInt8>) throws(PacketError) {
    let packet = try IPPacket(parsing: bytes, isQuoted: true)
    network = .ip(packet.header)
    let length = packet.statedLength
    missing = max(0, length - bytes.count)
    trailer = Array(bytes.dropFirst(length))
    // Only the first fragment has the header of the transport.
    guard !packet.isLaterFragment else {
      data = packet.payload
      return
    }
    do throws(PacketError) {
      try readTransport(packet)
    } catch {
      problem = error
      transport = nil
      data = packet.payload
    }
  }

  private mutating func readTransport(_ packet: IPPacket) throws(PacketError) {
    let payload = packet.payload[...]
    switch (packet.protocolNumber, packet.source.isIPv4) {
    case (.tcp, _):
      let header = try TCPHeader(parsing: payload)
      transport = .tcp(header)
      data = Array(payload.dropFirst(header.length))
    case (.udp, _):
      let header = try UDPHeader(parsing: payload)
      transport = .udp(header)
      data = Array(payload.prefix(Int(header.datagramLength)).dropFirst(UDPHeader.length))
      surplus = Array(payload.dropFirst(Int(header.datagramLength)))
    case (.icmp, true), (.icmpv6, false):
      var message = try ICMPMessage(parsing: payload, version: packet.source.isIPv4 ? .v4 : .v6)
      data = message.data
      message.data = []
      transport = .icmp(message)
    default: data = packet.payload
    }
  }

  /// The addresses that checksums count: of IP, the destination being the last one of a route (RFC 8200 §8.1).
  public var addresses: (source: Address, destination: Address)? {
    guard case .ip(let header)? = network else { return nil }
    switch header {
    case .v4(let header): return (header.source, header.destination)
    case .v6(let header, let extensions):
      return (header.source, extensions.lazy.compactMap(\.finalDestination).first ?? header.destination)
    }
  }

  /// Whether it is a part of a packet that was divided.
  public var isFragment: Bool {
    guard case .ip(let header)? = network else { return false }
    switch header {
    case .v4(let header): return header.isFragment
    case .v6(_, let extensions):
      return extensions.contains { $0.fragment.map { $0.more || $0.offset > 0 } ?? false }
    }
  }
}
