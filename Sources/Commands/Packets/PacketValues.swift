import Interpreter
import Net
import Wire

/// The record that a packet is in the language: a record for each header, from which it can be built again, and remarks.
enum PacketValues {
  /// Gives a packet's record; `bytes` are those that it was parsed from.
  static func record(of packet: Packet, _ bytes: [UInt8]) -> Record {
    var pairs: [(String, Value)] = []
    if let header = packet.ethernet { pairs.append(("ethernet", .record(ethernet(header)))) }
    switch packet.network {
    case nil: break
    case .arp(let message)?: pairs.append(("arp", .record(arp(message))))
    case .ip(.v4(let header))?: pairs.append(("ip", .record(ip(header))))
    case .ip(.v6(let header, let extensions))?: pairs.append(("ip", .record(ip(header, extensions))))
    }
    switch packet.transport {
    case nil: break
    case .tcp(let header)?: pairs.append(("tcp", .record(tcp(header))))
    case .udp(let header)?: pairs.append(("udp", .record(udp(header))))
    case .icmp(let message)?:
      pairs.append((message.kind.version == .v4 ? "icmp" : "icmpv6", .record(icmp(message))))
    }
    pairs.append(("data", .bytes(packet.data)))
    if !packet.surplus.isEmpty { pairs.append(("surplus", .bytes(packet.surplus))) }
    if !packet.trailer.isEmpty { pairs.append(("trailer", .bytes(packet.trailer))) }
    if let quoted = quoted(packet) { pairs.append(("quoted", .record(quoted))) }
    let layers = packet.layers
    pairs.append(("layers", .list(layers.map { .record(row($0)) })))
    pairs.append(("fields", .list(fields(layers))))
    pairs.append(("problem", packet.problem.map { .string($0.headline) } ?? .null))
    if packet.missing > 0 { pairs.append(("missing", .int(packet.missing))) }
    return Record(pairs: pairs, face: { [.string(PacketText(packet, bytes, width: 80).lines.joined(separator: "\n"))] })
  }

  /// The packet that an ICMP error is about, as much of it as was quoted.
  private static func quoted(_ packet: Packet) -> Record? {
    guard case .icmp(let message)? = packet.transport, message.kind.isError,
      let inner = try? Packet(parsing: packet.data[...], from: .ip)
    else { return nil }
    // What is quoted is no error itself (RFC 1122 §3.2.2), so that quotes do not stand in quotes.
    if case .icmp(let other)? = inner.transport, other.kind.isError { return nil }
    return record(of: inner, packet.data)
  }

  /// A layer as a row: where it stands, and whether its checksum is right.
  private static func row(_ layer: PacketLayer) -> Record {
    Record([
      "layer": .string(layer.name), "from": .int(layer.range.lowerBound), "bytes": .int(layer.range.count),
      "checksum": layer.checksum.map { .string("\($0)") } ?? .null,
    ])
  }

  /// A row for each field, with its place in the packet.
  static func fields(_ layers: [PacketLayer]) -> [Value] {
    layers.flatMap { layer in
      layer.fields.map { field in
        let row = field.record(at: layer.range.lowerBound * 8)
        guard field.name == "checksum", let verdict = layer.checksum else { return .record(row) }
        return .record(row.setting("meaning", to: .string("\(verdict)")))
      }
    }
  }

  private static func ethernet(_ header: EthernetHeader) -> Record {
    var pairs: [(String, Value)] = [
      ("destination", .mac(header.destination)), ("source", .mac(header.source)), ("type", .int(Int(header.type))),
    ]
    if !header.tags.isEmpty {
      let tags = header.tags.map { tag in
        Value.record(
          Record([
            "type": .int(Int(tag.type)), "priority": .int(Int(tag.priority)),
            "drop-eligible": .bool(tag.isDropEligible),
            "vlan": .int(Int(tag.network)),
          ]))
      }
      pairs.append(("tags", .list(tags)))
    }
    return Record(pairs: pairs)
  }

  private static func arp(_ message: ARPMessage) -> Record {
    func mac(_ bytes: [UInt8]) -> Value { MAC(bytes: bytes).map { .mac($0) } ?? .bytes(bytes) }
    func address(_ bytes: [UInt8]) -> Value { Address(bytes: bytes).map { .address($0) } ?? .bytes(bytes) }
    return Record([
      "operation": message.operation == 1
        ? .string("request") : message.operation == 2 ? .string("reply") : .int(Int(message.operation)),
      "sender-mac": mac(message.senderHardware), "sender-ip": address(message.senderProtocol),
      "target-mac": mac(message.targetHardware), "target-ip": address(message.targetProtocol),
      "hardware-type": .int(Int(message.hardwareType)), "protocol-type": .int(Int(message.protocolType)),
    ])
  }

  private static func ip(_ header: IPv4Header) -> Record {
    var pairs: [(String, Value)] = [
      ("version", .int(4)), ("source", .address(header.source)), ("destination", .address(header.destination)),
      ("ttl", .int(Int(header.ttl))), ("protocol", .string("\(header.protocolNumber)")),
      ("dscp", .int(Int(header.dscp))), ("ecn", .int(Int(header.ecn))),
      ("total-length", .int(Int(header.totalLength))), ("identification", .int(Int(header.identification))),
    ]
    if header.reserved { pairs.append(("reserved", .bool(true))) }
    pairs += [
      ("dont-fragment", .bool(header.dontFragment)), ("more-fragments", .bool(header.moreFragments)),
      ("fragment-offset", .int(Int(header.fragmentOffset))), ("checksum", .int(Int(header.checksum))),
    ]
    if !header.options.isEmpty { pairs.append(("options", .bytes(header.options))) }
    return Record(pairs: pairs)
  }

  private static func ip(_ header: IPv6Header, _ extensions: [IPv6ExtensionHeader]) -> Record {
    var pairs: [(String, Value)] = [
      ("version", .int(6)), ("source", .address(header.source)), ("destination", .address(header.destination)),
      ("hop-limit", .int(Int(header.hopLimit))), ("next-header", .string("\(header.nextHeader)")),
      ("protocol", .string("\(extensions.last?.next ?? header.nextHeader)")),
      ("dscp", .int(Int(header.trafficClass >> 2))), ("ecn", .int(Int(header.trafficClass & 3))),
      ("flow-label", .int(Int(header.flowLabel))), ("payload-length", .int(Int(header.payloadLength))),
    ]
    if !extensions.isEmpty {
      pairs.append(("extensions", .list(extensions.map { .record(IPv6ExtensionReading.record($0)) })))
    }
    return Record(pairs: pairs)
  }

  private static func tcp(_ header: TCPHeader) -> Record {
    var pairs: [(String, Value)] = [
      ("source", .int(Int(header.sourcePort))), ("destination", .int(Int(header.destinationPort))),
      ("sequence", .int(Int(header.sequence))), ("acknowledgement", .int(Int(header.acknowledgement))),
      ("flags", .list(header.flags.map { .string($0) })), ("window", .int(Int(header.window))),
      ("urgent-pointer", .int(Int(header.urgent))), ("checksum", .int(Int(header.checksum))),
      ("options", .list(header.options.map { .record(TCPOptionValues.record($0)) })),
    ]
    if header.bits >> 9 != 0 { pairs.append(("reserved", .int(Int(header.bits >> 9)))) }
    return Record(pairs: pairs)
  }

  private static func udp(_ header: UDPHeader) -> Record {
    Record([
      "source": .int(Int(header.sourcePort)), "destination": .int(Int(header.destinationPort)),
      "length": .int(Int(header.datagramLength)), "checksum": .int(Int(header.checksum)),
    ])
  }

  private static func icmp(_ message: ICMPMessage) -> Record {
    let first: [(String, Value)] = [
      ("type", .int(Int(message.kind.type))), ("code", .int(Int(message.kind.code))),
      ("title", .string(message.kind.title)), ("checksum", .int(Int(message.checksum))),
    ]
    if message.hasIdentifier {
      return Record(
        pairs: first + [("identifier", .int(Int(message.identifier))), ("sequence", .int(Int(message.sequence)))])
    }
    let isMTU = message.kind.isTooBig && (message.kind.version == .v6 || message.rest >> 16 == 0)
    return Record(pairs: first + [(isMTU ? "mtu" : "rest", .int(Int(message.rest)))])
  }
}
