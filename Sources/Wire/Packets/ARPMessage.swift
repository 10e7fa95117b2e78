import Net

/// A message of ARP (RFC 826): who has this protocol address, and who says so.
public struct ARPMessage: Hashable, Sendable {
  /// 1 for Ethernet.
  public var hardwareType: UInt16 = 1
  /// 0x0800 for IPv4.
  public var protocolType: UInt16 = EthernetHeader.ip4
  /// 1 asks, 2 answers.
  public var operation: UInt16
  /// Addresses as they stand: those of hardware all of one length, those of the protocol as well, each below 256 bytes.
  public var senderHardware: [UInt8]
  public var senderProtocol: [UInt8]
  public var targetHardware: [UInt8]
  public var targetProtocol: [UInt8]

  /// Makes a message whose addresses, of Ethernet and IPv4, are all zero yet.
  public init(operation: UInt16) {
    self.operation = operation
    senderHardware = [UInt8](repeating: 0, count: 6)
    senderProtocol = [UInt8](repeating: 0, count: 4)
    targetHardware = senderHardware
    targetProtocol = senderProtocol
  }

  /// Reads the message at the start of what a frame carries. Error: `packet-truncated`.
  public init(parsing bytes: ArraySlice<UInt8>) throws(PacketError) {
    var reader = PacketReader(bytes, header: "ARP")
    hardwareType = try reader.uint16()
    protocolType = try reader.uint16()
    let hardware = Int(try reader.byte())
    let network = Int(try reader.byte())
    operation = try reader.uint16()
    senderHardware = Array(try reader.take(hardware))
    senderProtocol = Array(try reader.take(network))
    targetHardware = Array(try reader.take(hardware))
    targetProtocol = Array(try reader.take(network))
  }

  public var length: Int { 8 + 2 * (senderHardware.count + senderProtocol.count) }

  /// The bytes of the message; nil if the lengths of its addresses differ or need more than a byte.
  public var bytes: [UInt8]? {
    guard senderHardware.count == targetHardware.count, senderProtocol.count == targetProtocol.count,
      let hardware = UInt8(exactly: senderHardware.count), let network = UInt8(exactly: senderProtocol.count)
    else { return nil }
    var bytes: [UInt8] = []
    bytes.append(number: hardwareType)
    bytes.append(number: protocolType)
    bytes += [hardware, network]
    bytes.append(number: operation)
    return bytes + senderHardware + senderProtocol + targetHardware + targetProtocol
  }

  /// The fields in their order on the wire.
  public var fields: [HeaderField] {
    func field(_ name: String, _ bit: Int, _ width: Int, _ content: HeaderField.Content, _ meaning: String = "")
      -> HeaderField
    { HeaderField("arp", name, bit: bit, width: width, content, meaning) }
    func hardware(_ bytes: [UInt8]) -> HeaderField.Content { MAC(bytes: bytes).map { .mac($0) } ?? .bytes(bytes) }
    func network(_ bytes: [UInt8]) -> HeaderField.Content {
      Address(bytes: bytes).map { .address($0) } ?? .bytes(bytes)
    }
    var fields = [
      field("hardware-type", 0, 16, .number(UInt64(hardwareType)), hardwareType == 1 ? "Ethernet" : ""),
      field("protocol-type", 16, 16, .number(UInt64(protocolType)), protocolType == EthernetHeader.ip4 ? "IPv4" : ""),
      field("hardware-length", 32, 8, .number(UInt64(senderHardware.count)), "bytes of a hardware address"),
      field("protocol-length", 40, 8, .number(UInt64(senderProtocol.count)), "bytes of a protocol address"),
      field(
        "operation", 48, 16, .number(UInt64(operation)),
        operation == 1 ? "request: who has the target's address?" : operation == 2 ? "reply: the sender has it" : ""),
    ]
    var bit = 64
    for (name, content, count) in [
      ("sender-mac", hardware(senderHardware), senderHardware.count),
      ("sender-ip", network(senderProtocol), senderProtocol.count),
      ("target-mac", hardware(targetHardware), targetHardware.count),
      ("target-ip", network(targetProtocol), targetProtocol.count),
    ] {
      fields.append(field(name, bit, count * 8, content))
      bit += count * 8
    }
    return fields
  }
}
