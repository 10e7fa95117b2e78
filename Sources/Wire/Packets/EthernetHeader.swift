import Net

/// The header of an Ethernet frame (IEEE 802.3 §3), with the tags of virtual networks (IEEE 802.1Q §9) before the type.
public struct EthernetHeader: Hashable, Sendable {
  /// A tag: who defines it (0x8100, or 0x88A8 for an outer one), and priority, drop eligibility and network in 16 bits.
  public struct Tag: Hashable, Sendable {
    public var type: UInt16
    public var control: UInt16

    public init(type: UInt16 = 0x8100, control: UInt16) {
      self.type = type
      self.control = control
    }

    /// The virtual network's number, 12 bits.
    public var network: UInt16 { control & 0x0FFF }
    public var priority: UInt16 { control >> 13 }
    public var isDropEligible: Bool { control & 0x1000 != 0 }
  }

  public static let ip4: UInt16 = 0x0800
  public static let arp: UInt16 = 0x0806
  public static let ip6: UInt16 = 0x86DD

  public var destination: MAC
  public var source: MAC
  public var tags: [Tag] = []
  /// What follows: a protocol from 0x0600 on, below that a length (IEEE 802.3 §3.2.6).
  public var type: UInt16

  /// How many tags a frame may have here; the standard knows of two.
  private static let mostTags = 8

  public init(destination: MAC, source: MAC, type: UInt16) {
    self.destination = destination
    self.source = source
    self.type = type
  }

  public var length: Int { 14 + 4 * tags.count }

  /// Reads the header at the start of a frame. Errors: `packet-truncated`; `packet-malformed` for more than 8 tags.
  public init(parsing frame: ArraySlice<UInt8>) throws(PacketError) {
    var reader = PacketReader(frame, header: "Ethernet")
    guard let destination = MAC(bytes: try reader.take(6)), let source = MAC(bytes: try reader.take(6)) else {
      throw PacketError("Ethernet", .truncated)
    }
    self.destination = destination
    self.source = source
    type = try reader.uint16()
    while type == 0x8100 || type == 0x88A8 {
      guard tags.count < Self.mostTags else { throw PacketError("Ethernet", .malformed("it has more than 8 tags")) }
      tags.append(Tag(type: type, control: try reader.uint16()))
      type = try reader.uint16()
    }
  }

  public var bytes: [UInt8] {
    var bytes = destination.bytes + source.bytes
    for tag in tags {
      bytes.append(number: tag.type)
      bytes.append(number: tag.control)
    }
    bytes.append(number: type)
    return bytes
  }

  /// `IPv4`, `ARP`; nil for a type without a name here.
  public var typeName: String? {
    switch type {
    case Self.ip4: "IPv4"
    case Self.ip6: "IPv6"
    case Self.arp: "ARP"
    case 0..<0x0600: "the length of what follows"
    default: nil
    }
  }

  /// The fields in their order on the wire.
  public var fields: [HeaderField] {
    func field(_ name: String, _ bit: Int, _ width: Int, _ content: HeaderField.Content, _ meaning: String = "")
      -> HeaderField
    { HeaderField("ethernet", name, bit: bit, width: width, content, meaning) }
    func kind(_ mac: MAC) -> String {
      mac.value == 0xFFFF_FFFF_FFFF
        ? "everybody on the link" : mac.isMulticast ? "a group" : mac.isLocal ? "chosen locally" : ""
    }
    var fields = [
      field("destination", 0, 48, .mac(destination), kind(destination)),
      field("source", 48, 48, .mac(source), kind(source)),
    ]
    for (index, tag) in tags.enumerated() {
      let bit = 96 + 32 * index
      fields.append(field("tag-type", bit, 16, .number(UInt64(tag.type)), "a tag of IEEE 802.1Q follows"))
      fields.append(field("priority", bit + 16, 3, .number(UInt64(tag.priority))))
      fields.append(field("drop-eligible", bit + 19, 1, .flag(tag.isDropEligible)))
      fields.append(field("vlan", bit + 20, 12, .number(UInt64(tag.network))))
    }
    fields.append(field("type", 96 + 32 * tags.count, 16, .number(UInt64(type)), typeName ?? ""))
    return fields
  }
}
