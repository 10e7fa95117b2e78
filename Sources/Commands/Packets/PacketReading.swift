import Interpreter
import Net
import Wire

/// Reads a packet from a record of its layers.
struct PacketReading {
  private(set) var packet = Packet()

  private static let layers = [
    "ethernet", "arp", "ip", "tcp", "udp", "icmp", "icmpv6", "data", "surplus", "trailer",
  ]
  /// What `packet parse` says of a packet beside its layers.
  private static let remarks = ["layers", "fields", "problem", "missing", "quoted", "time", "comment"]

  init(_ record: Record) throws {
    for name in record.names where !(Self.layers + Self.remarks).contains(name) {
      throw ValueError(
        "bad-record", "`\(name)` is no layer of a packet", hint: "layers are \(Self.layers.joined(separator: ", "))",
        layer: .packet)
    }
    func layer(_ name: String) -> Value? { record[name].flatMap { $0.isNull ? nil : $0 } }
    func bytes(_ name: String) throws -> [UInt8] { try layer(name).map { try [UInt8].convert($0) } ?? [] }
    packet.data = try bytes("data")
    packet.surplus = try bytes("surplus")
    packet.trailer = try bytes("trailer")
    let transports = ["tcp", "udp", "icmp", "icmpv6"].filter { layer($0) != nil }
    guard transports.count <= 1, layer("arp") == nil || (layer("ip") == nil && transports.isEmpty) else {
      throw ValueError("bad-record", "a packet has one of arp, tcp, udp, icmp and icmpv6", layer: .packet)
    }
    let isIPv6 = try layer("ip").map { try !Self.isIPv4($0) } ?? false
    if let value = layer("tcp") { try readTCP(value) }
    if let value = layer("udp") { try readUDP(value) }
    if let value = layer("icmp") { try readICMP(value, "icmp", isIPv6 ? .v6 : .v4) }
    if let value = layer("icmpv6") { try readICMP(value, "icmpv6", .v6) }
    if let value = layer("ip") { try isIPv6 ? readIPv6(value) : readIPv4(value) }
    if let value = layer("arp") { try readARP(value) }
    // ARP is at home in frames only, so that a frame needs no telling.
    if let value = layer("ethernet") ?? layer("arp").map({ _ in .record(.empty) }) { try readEthernet(value) }
  }

  private static func isIPv4(_ value: Value) throws -> Bool {
    guard let source = try Record.convert(value)["source"] else {
      throw ValueError("bad-record", "`ip.source` is missing: an address", layer: .packet)
    }
    return try Address.convert(source).isIPv4
  }

  // MARK: The link

  private mutating func readEthernet(_ value: Value) throws {
    let fields = try PacketFields(value, of: "ethernet", known: ["destination", "source", "type", "tags"])
    var (destination, source): (MAC?, MAC?)
    var type: UInt16?
    switch packet.network {
    case .arp(let message)?:
      type = EthernetHeader.arp
      source = MAC(bytes: message.senderHardware)
      destination = message.operation == 1 ? MAC(value: 0xFFFF_FFFF_FFFF) : MAC(bytes: message.targetHardware)
    case .ip(.v4)?: type = EthernetHeader.ip4
    case .ip(.v6)?: type = EthernetHeader.ip6
    case nil: break
    }
    destination = try fields.mac("destination") ?? destination
    source = try fields.mac("source") ?? source
    type = try fields.number("type") ?? type
    guard let destination, let source, let type else {
      throw ValueError(
        "bad-record", "`ethernet` needs destination, source and, where nothing says it, type", layer: .packet)
    }
    var header = EthernetHeader(destination: destination, source: source, type: type)
    for tag in try fields["tags"].map({ try List.convert($0).items }) ?? [] {
      let fields = try PacketFields(tag, of: "ethernet.tags", known: ["type", "priority", "drop-eligible", "vlan"])
      let priority: UInt16 = try fields.number("priority", bits: 3) ?? 0
      let network: UInt16 = try fields.number("vlan", bits: 12) ?? 0
      let isDropEligible = try fields.flag("drop-eligible") ?? false
      header.tags.append(
        EthernetHeader.Tag(
          type: try fields.number("type") ?? 0x8100, control: priority << 13 | (isDropEligible ? 0x1000 : 0) | network))
    }
    packet.ethernet = header
  }

  private mutating func readARP(_ value: Value) throws {
    let fields = try PacketFields(
      value, of: "arp",
      known: ["operation", "sender-mac", "sender-ip", "target-mac", "target-ip", "hardware-type", "protocol-type"])
    let operation: UInt16 =
      switch fields["operation"]?.scalarText {
      case nil, "request"?: 1
      case "reply"?: 2
      default: try fields.number("operation") ?? 1
      }
    /// An address as it is, or the bytes of one of another kind.
    func address(_ name: String, _ fallback: [UInt8]) throws -> [UInt8] {
      guard let value = fields[name] else { return fallback }
      if case .bytes(let bytes) = value { return bytes }
      return name.hasSuffix("mac") ? try fields.mac(name)?.bytes ?? [] : try fields.address(name).bytes
    }
    var message = ARPMessage(operation: operation)
    message.hardwareType = try fields.number("hardware-type") ?? message.hardwareType
    message.protocolType = try fields.number("protocol-type") ?? message.protocolType
    message.senderHardware = try address("sender-mac", message.senderHardware)
    message.senderProtocol = try address("sender-ip", message.senderProtocol)
    message.targetHardware = try address("target-mac", message.targetHardware)
    message.targetProtocol = try address("target-ip", message.targetProtocol)
    packet.network = .arp(message)
  }

  // MARK: IP

  /// The protocol that stands inside, said or implied.
  private func inside(_ fields: PacketFields) throws -> IPProtocol {
    if let given = try fields.protocolNumber("protocol") { return given }
    switch packet.transport {
    case .tcp?: return .tcp
    case .udp?: return .udp
    case .icmp(let message)?: return message.kind.version == .v4 ? .icmp : .icmpv6
    case nil:
      throw ValueError(
        "bad-record", "`ip.protocol` is missing: it says what the data is",
        hint: "253 is for experiments (RFC 3692 §2.1)",
        layer: .packet)
    }
  }

  private mutating func readIPv4(_ value: Value) throws {
    let fields = try PacketFields(
      value, of: "ip",
      known: [
        "version", "source", "destination", "ttl", "protocol", "dscp", "ecn", "identification", "reserved",
        "dont-fragment", "more-fragments", "fragment-offset", "header-length", "total-length", "checksum", "options",
      ])
    var header = IPv4Header(
      protocolNumber: try inside(fields), source: try fields.address("source"),
      destination: try fields.address("destination"))
    guard header.destination.isIPv4 else {
      throw fields.wrong("destination", "an IPv4 address", .address(header.destination))
    }
    header.ttl = try fields.number("ttl") ?? header.ttl
    header.dscp = try fields.number("dscp", bits: 6) ?? 0
    header.ecn = try fields.number("ecn", bits: 2) ?? 0
    header.identification = try fields.number("identification") ?? 0
    header.reserved = try fields.flag("reserved") ?? false
    header.dontFragment = try fields.flag("dont-fragment") ?? false
    header.moreFragments = try fields.flag("more-fragments") ?? false
    header.fragmentOffset = try fields.number("fragment-offset", bits: 13) ?? 0
    header.options = try fields.bytes("options") ?? []
    // RFC 791 §3.1: the end of the options fills the last word up.
    header.options += [UInt8](repeating: 0, count: (4 - header.options.count % 4) % 4)
    if let words: UInt8 = try fields.number("header-length", bits: 4) {
      header.statedWords = words
      packet.keptInNetwork.insert(.headerLength)
    }
    if let length: UInt16 = try fields.number("total-length") {
      header.totalLength = length
      packet.keptInNetwork.insert(.length)
    }
    if let checksum: UInt16 = try fields.number("checksum") {
      header.checksum = checksum
      packet.keptInNetwork.insert(.checksum)
    }
    packet.network = .ip(.v4(header))
  }

  private mutating func readIPv6(_ value: Value) throws {
    let fields = try PacketFields(
      value, of: "ip",
      known: [
        "version", "source", "destination", "hop-limit", "ttl", "protocol", "next-header", "dscp", "ecn", "flow-label",
        "payload-length", "extensions",
      ])
    let given = try fields["extensions"].map { try List.convert($0).items } ?? []
    let kinds = try given.map { try IPv6ExtensionReading.kind($0) }
    // A part after the first has a fragment's header and no other, whatever is inside.
    let inside =
      try packet.transport == nil && !kinds.isEmpty ? fields.protocolNumber("protocol") ?? .none : self.inside(fields)
    let nexts = kinds.dropFirst() + [inside]
    let extensions = try zip(given, nexts).map { try IPv6ExtensionReading.header($0, next: $1) }
    var header = IPv6Header(
      nextHeader: try fields.protocolNumber("next-header") ?? kinds.first ?? inside,
      source: try fields.address("source"),
      destination: try fields.address("destination"))
    guard !header.destination.isIPv4 else {
      throw fields.wrong("destination", "an IPv6 address", .address(header.destination))
    }
    header.hopLimit = try fields.number("hop-limit", fields["hop-limit", "ttl"]) ?? header.hopLimit
    let dscp: UInt8 = try fields.number("dscp", bits: 6) ?? 0
    header.trafficClass = dscp << 2 | (try fields.number("ecn", bits: 2) ?? 0)
    header.flowLabel = try fields.number("flow-label", bits: 20) ?? 0
    if let length: UInt16 = try fields.number("payload-length") {
      header.payloadLength = length
      packet.keptInNetwork.insert(.length)
    }
    packet.network = .ip(.v6(header, extensions))
  }

  // MARK: The transport

  private mutating func readTCP(_ value: Value) throws {
    let fields = try PacketFields(
      value, of: "tcp",
      known: [
        "source", "destination", "source-port", "destination-port", "sequence", "acknowledgement", "data-offset",
        "flags", "reserved", "window", "urgent-pointer", "checksum", "options",
      ])
    var header = TCPHeader(sourcePort: try fields.port("source"), destinationPort: try fields.port("destination"))
    header.sequence = try fields.number("sequence") ?? 0
    header.acknowledgement = try fields.number("acknowledgement") ?? 0
    header.window = try fields.number("window") ?? header.window
    header.urgent = try fields.number("urgent-pointer") ?? 0
    header.options = try fields["options"].map { try TCPOptionValues.options($0) } ?? []
    if let value = fields["flags"] {
      let items = if case .list(let list) = value { list.items } else { [value] }
      let names = try items.flatMap { try String.convert($0).split { " ,+|".contains($0) }.map(String.init) }
      guard let bits = TCPHeader.bits(of: names) else {
        throw ValueError(
          "bad-record", "one of “\(names.joined(separator: " "))” is no control bit of TCP",
          hint: "they are AE, CWR, ECE, URG, ACK, PSH, RST, SYN and FIN", layer: .packet)
      }
      header.bits = bits
    }
    if let words: UInt16 = try fields.number("data-offset", bits: 4) {
      header.statedWords = words
      packet.keptInTransport.insert(.headerLength)
    }
    header.bits |= (try fields.number("reserved", bits: 3) ?? 0) << 9
    if let checksum: UInt16 = try fields.number("checksum") {
      header.checksum = checksum
      packet.keptInTransport.insert(.checksum)
    }
    packet.transport = .tcp(header)
  }

  private mutating func readUDP(_ value: Value) throws {
    let fields = try PacketFields(
      value, of: "udp", known: ["source", "destination", "source-port", "destination-port", "length", "checksum"])
    var header = UDPHeader(sourcePort: try fields.port("source"), destinationPort: try fields.port("destination"))
    if let length: UInt16 = try fields.number("length") {
      header.datagramLength = length
      packet.keptInTransport.insert(.length)
    }
    if let checksum: UInt16 = try fields.number("checksum") {
      header.checksum = checksum
      packet.keptInTransport.insert(.checksum)
    }
    packet.transport = .udp(header)
  }

  private mutating func readICMP(_ value: Value, _ layer: String, _ version: ICMPKind.Version) throws {
    let fields = try PacketFields(
      value, of: layer, known: ["type", "code", "title", "checksum", "identifier", "sequence", "mtu", "rest"])
    var type: UInt8 = version == .v4 ? 8 : 128
    if let value = fields["type"] {
      guard let known = value.scalarText.flatMap({ ICMPKind.type($0, version) }) else {
        throw fields.wrong("type", "a type's name or number", value)
      }
      type = known
    }
    let identifier: UInt32 = try fields.number("identifier", bits: 16) ?? 0
    let sequence: UInt32 = try fields.number("sequence", bits: 16) ?? 0
    let rest: UInt32? = try fields.number("mtu") ?? fields.number("rest")
    var message = ICMPMessage(
      ICMPKind(version, type: type, code: try fields.number("code") ?? 0), rest: rest ?? identifier << 16 | sequence)
    if let checksum: UInt16 = try fields.number("checksum") {
      message.checksum = checksum
      packet.keptInTransport.insert(.checksum)
    }
    packet.transport = .icmp(message)
  }
}
