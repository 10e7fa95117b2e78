import Net

extension Packet {
  /// Gives the packet's bytes: lengths and checksums are computed where they are not kept. Error: `packet-unwritable`.
  public func bytes() throws(PacketError) -> [UInt8] { try bytes(ofLayers: Start.ethernet) }

  /// Gives the bytes from one layer on.
  func bytes(ofLayers start: Start) throws(PacketError) -> [UInt8] {
    var packet: [UInt8]
    switch network {
    case nil: packet = try transportBytes()
    case .arp(let message)?:
      guard let bytes = message.bytes else {
        throw PacketError("ARP", .unwritable("its addresses differ in length, or are longer than 255 bytes"))
      }
      packet = bytes + data
    case .ip(let header)?: packet = try header.packet(try transportBytes(), keeping: keptInNetwork)
    }
    packet += trailer
    guard start == .ethernet, let ethernet else { return packet }
    return ethernet.bytes + packet
  }

  /// Gives the bytes of the transport's header and the data.
  func transportBytes() throws(PacketError) -> [UInt8] {
    switch transport {
    case nil: return data + surplus
    case .icmp(var message)?:
      message.data = data
      if message.kind.version == .v6, addresses == nil, !keptInTransport.contains(.checksum) {
        throw Self.noAddresses("ICMPv6")
      }
      return message.bytes(from: addresses?.source, to: addresses?.destination, keeping: keptInTransport)
    case .tcp(let header)?:
      guard let addresses else { throw Self.noAddresses("TCP") }
      guard
        let bytes = header.segment(data, from: addresses.source, to: addresses.destination, keeping: keptInTransport)
      else { throw PacketError("TCP", .unwritable("its options have more than 40 bytes")) }
      return bytes
    case .udp(let header)?:
      guard let addresses else { throw Self.noAddresses("UDP") }
      guard
        let bytes = header.datagram(
          data, from: addresses.source, to: addresses.destination, keeping: keptInTransport, surplus: surplus)
      else { throw PacketError("UDP", .unwritable("a datagram carries at most 65527 bytes, and not \(data.count)")) }
      return bytes
    }
  }

  private static func noAddresses(_ header: String) -> PacketError {
    PacketError(header, .unwritable("its checksum counts the addresses of an IP header, and there is none"))
  }
}

extension IPPacket.Header {
  /// Gives a packet with this header around a payload. Error: `packet-unwritable`.
  func packet(_ payload: [UInt8], keeping kept: KeptFields = []) throws(PacketError) -> [UInt8] {
    switch self {
    case .v4(let header):
      guard let bytes = header.bytes(payload: payload.count, keeping: kept) else {
        throw PacketError("IPv4", .unwritable("a field or the length does not fit (\(payload.count) bytes inside)"))
      }
      return bytes + payload
    case .v6(let header, let extensions):
      let rest = extensions.flatMap(\.bytes) + payload
      guard let bytes = header.bytes(payload: rest.count, keeping: kept) else {
        throw PacketError("IPv6", .unwritable("a field or the length does not fit (\(rest.count) bytes inside)"))
      }
      return bytes + rest
    }
  }
}
