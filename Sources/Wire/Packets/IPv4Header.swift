import Net

/// The header of an IPv4 packet (RFC 791 §3.1), with the fields of RFC 2474 and RFC 3168 in place of the type of service.
public struct IPv4Header: Hashable, Sendable {
  /// The differentiated services code point (RFC 2474 §3), 6 bits.
  public var dscp: UInt8 = 0
  /// Explicit congestion notification (RFC 3168 §5), 2 bits.
  public var ecn: UInt8 = 0
  /// Bytes of header and payload together.
  public var totalLength: UInt16 = 0
  public var identification: UInt16 = 0
  /// The bit before DF, which must be zero (RFC 791 §3.1).
  public var reserved = false
  public var dontFragment = false
  public var moreFragments = false
  /// Where this fragment begins in the whole, in units of 8 bytes; 13 bits.
  public var fragmentOffset: UInt16 = 0
  public var ttl: UInt8 = 64
  public var protocolNumber: IPProtocol
  public var checksum: UInt16 = 0
  public var source: Address
  public var destination: Address
  /// The options as they stand, a multiple of 4 bytes, 40 at most.
  public var options: [UInt8] = []
  /// The length of the header that is written if it is kept, in words of 4 bytes; 4 bits.
  public var statedWords: UInt8 = 5

  public init(protocolNumber: IPProtocol, source: Address, destination: Address) {
    self.protocolNumber = protocolNumber
    self.source = source
    self.destination = destination
  }

  public var length: Int { 20 + options.count }

  /// Reads the header at the start of a packet; what follows it is from `length` on.
  ///
  /// Errors: `packet-truncated`; `packet-malformed` for another version, or lengths that contradict each other.
  public init(parsing packet: ArraySlice<UInt8>) throws(PacketError) {
    var reader = PacketReader(packet, header: "IPv4")
    let first = try reader.byte()
    guard first >> 4 == 4 else { throw PacketError("IPv4", .malformed("its version is \(first >> 4)")) }
    let length = Int(first & 0x0F) * 4
    // RFC 791 §3.1: "the minimum value for a correct header is 5" (words of 32 bits).
    guard length >= 20 else { throw PacketError("IPv4", .malformed("its length is \(length) bytes")) }
    let service = try reader.byte()
    dscp = service >> 2
    ecn = service & 3
    totalLength = try reader.uint16()
    identification = try reader.uint16()
    let fragment = try reader.uint16()
    reserved = fragment & 0x8000 != 0
    dontFragment = fragment & 0x4000 != 0
    moreFragments = fragment & 0x2000 != 0
    fragmentOffset = fragment & 0x1FFF
    ttl = try reader.byte()
    protocolNumber = IPProtocol(rawValue: try reader.byte())
    checksum = try reader.uint16()
    source = Address(v4: try reader.uint32())
    destination = Address(v4: try reader.uint32())
    options = Array(try reader.take(length - 20))
    guard Int(totalLength) >= length else {
      throw PacketError("IPv4", .malformed("\(totalLength) bytes in all are less than its \(length)"))
    }
  }

  /// Gives the bytes of the header for so many bytes of payload; nil if they do not fit. Its length and checksum are computed, unless kept.
  public func bytes(payload count: Int, keeping kept: KeptFields = []) -> [UInt8]? {
    let total = kept.contains(.length) ? Int(totalLength) : length + count
    guard options.count <= 40, options.count % 4 == 0, count >= 0, total <= 65_535 else { return nil }
    guard source.isIPv4, destination.isIPv4, dscp < 64, ecn < 4, fragmentOffset < 0x2000 else { return nil }
    let words = kept.contains(.headerLength) ? statedWords & 0xF : UInt8(length / 4)
    var bytes: [UInt8] = [0x40 | words, dscp << 2 | ecn]
    bytes.append(number: UInt16(total))
    bytes.append(number: identification)
    let flags: UInt16 = (reserved ? 0x8000 : 0) | (dontFragment ? 0x4000 : 0) | (moreFragments ? 0x2000 : 0)
    bytes.append(number: flags | fragmentOffset)
    bytes += [ttl, protocolNumber.rawValue, 0, 0]
    bytes += source.bytes + destination.bytes + options
    bytes.set(kept.contains(.checksum) ? checksum : InternetChecksum.of(bytes), at: 10)
    return bytes
  }

  /// The checksum that the header should have as it stands.
  public var rightChecksum: UInt16 {
    bytes(payload: 0, keeping: .length)?[...].bigEndian(UInt16.self, at: 10) ?? 0
  }

  /// Whether it begins or continues a packet that was divided (RFC 791 §3.2).
  public var isFragment: Bool { moreFragments || fragmentOffset > 0 }
}
