import Net

extension Packet {
  /// Divides the packet so that no part is longer than a link takes; one that fits stays whole.
  ///
  /// By RFC 791 §3.2 and RFC 8200 §4.5. Parts have their own lengths and header checksums; the transport's is that of the whole.
  ///
  /// - Parameters:
  ///   - mtu: the bytes that an IP packet may have.
  ///   - identification: the number that the parts of an IPv6 packet have in common.
  ///
  /// Error: `packet-unwritable` if it may not be divided, or a part could not carry 8 bytes.
  public func fragments(mtu: Int, identification: UInt32) throws(PacketError) -> [[UInt8]] {
    guard case .ip(let header)? = network else {
      throw PacketError("IP", .unwritable("only an IP packet can be divided"))
    }
    guard try bytes(ofLayers: .ip).count - trailer.count > mtu else { return [try bytes()] }
    let payload = try transportBytes()
    let parts: [[UInt8]]
    switch header {
    case .v4(let header): parts = try Self.divide(header, payload, mtu)
    case .v6(let header, let extensions): parts = try Self.divide(header, extensions, payload, mtu, identification)
    }
    return parts.map { (ethernet?.bytes ?? []) + $0 }
  }

  private static func divide(_ header: IPv4Header, _ payload: [UInt8], _ mtu: Int) throws(PacketError) -> [[UInt8]] {
    guard !header.dontFragment else { throw PacketError("IPv4", .unwritable("DF forbids to divide it")) }
    var parts: [[UInt8]] = []
    var part = header
    var start = 0
    while start < payload.count {
      let room = (mtu - part.length) / 8 * 8
      guard room >= 8 else { throw tooSmall("IPv4", mtu) }
      let rest = payload.count - start
      let count = rest <= mtu - part.length ? rest : room
      part.moreFragments = header.moreFragments || count < rest
      let offset = Int(header.fragmentOffset) + start / 8
      guard offset < 0x2000 else { throw PacketError("IPv4", .unwritable("it ends beyond 65535 bytes")) }
      part.fragmentOffset = UInt16(offset)
      parts.append(try IPPacket.Header.v4(part).packet(Array(payload[start..<start + count])))
      start += count
      part.options = copiedOptions(header.options)
    }
    return parts
  }

  /// Gives the options that every part has: those whose first bit says so (RFC 791 §3.1), filled up with zeros.
  private static func copiedOptions(_ options: [UInt8]) -> [UInt8] {
    var copied: [UInt8] = []
    var rest = options[...]
    while let kind = rest.first, kind != 0 {
      let length = kind == 1 ? 1 : Int(rest.dropFirst().first ?? 0)
      guard length >= 1, kind == 1 || length >= 2, length <= rest.count else { break }
      if kind & 0x80 != 0 { copied += rest.prefix(length) }
      rest = rest.dropFirst(length)
    }
    return copied + [UInt8](repeating: 0, count: (4 - copied.count % 4) % 4)
  }

  private static func divide(
    _ header: IPv6Header, _ extensions: [IPv6ExtensionHeader], _ payload: [UInt8], _ mtu: Int, _ identification: UInt32
  ) throws(PacketError) -> [[UInt8]] {
    guard !extensions.contains(where: { $0.kind == .fragment }) else {
      throw PacketError("IPv6", .unwritable("it has a fragment header already, and routers divide nothing"))
    }
    // What every node on the way reads stands in each part: all up to a routing header, or else hop-by-hop options.
    let split =
      extensions.lastIndex { $0.kind == .routing }.map { $0 + 1 } ?? (extensions.first?.kind == .hopByHop ? 1 : 0)
    var front = Array(extensions[..<split])
    let behind = extensions[split...].flatMap(\.bytes)
    let whole = behind + payload
    let next = extensions[split...].first?.kind ?? front.last?.next ?? header.nextHeader
    var first = header
    if let last = front.last {
      front[split - 1] = IPv6ExtensionHeader(
        kind: last.kind, bytes: [IPProtocol.fragment.rawValue] + last.bytes.dropFirst())
    } else {
      first.nextHeader = .fragment
    }
    let room = (mtu - IPv6Header.length - front.reduce(8) { $0 + $1.bytes.count }) / 8 * 8
    guard room >= 8 else { throw tooSmall("IPv6", mtu) }
    // RFC 7112 §5: all headers stand in the first part.
    guard behind.count <= room else {
      throw PacketError("IPv6", .unwritable("its headers do not fit in the first of parts of \(mtu) bytes"))
    }
    return try stride(from: 0, to: whole.count, by: room).map { start throws(PacketError) in
      let end = min(start + room, whole.count)
      let fragment = IPv6ExtensionHeader.fragment(
        next, offset: UInt16(start / 8), more: end < whole.count, identification: identification)
      return try IPPacket.Header.v6(first, front + [fragment]).packet(Array(whole[start..<end]))
    }
  }

  private static func tooSmall(_ header: String, _ mtu: Int) -> PacketError {
    PacketError(header, .unwritable("\(mtu) bytes do not hold the header and 8 bytes more"))
  }
}
