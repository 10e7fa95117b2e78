import Net

/// An IP packet of either version: its header, and what it carries.
public struct IPPacket: Hashable, Sendable {
  public enum Header: Hashable, Sendable {
    case v4(IPv4Header)
    case v6(IPv6Header, [IPv6ExtensionHeader])
  }

  public let header: Header
  /// What the payload is.
  public let protocolNumber: IPProtocol
  public let payload: [UInt8]

  /// Reads a packet; bytes beyond the length that its header states are left out, as an Ethernet frame's padding is.
  ///
  /// A packet that an ICMP message quotes may be cut off after its headers: `isQuoted` accepts that (RFC 1812 §4.3.2.3,
  /// RFC 4443 §2.4 c). Errors: `packet-truncated`, `packet-malformed`.
  public init(parsing bytes: ArraySlice<UInt8>, isQuoted: Bool = false) throws(PacketError) {
    guard let first = bytes.first else { throw PacketError("IP", .truncated) }
    let length: Int
    let rest: ArraySlice<UInt8>
    if first >> 4 == 6 {
      let fixed = try IPv6Header(parsing: bytes)
      length = IPv6Header.length + Int(fixed.payloadLength)
      rest = bytes.prefix(length).dropFirst(IPv6Header.length)
      let chain = try IPv6ExtensionHeader.chain(from: fixed.nextHeader, rest)
      header = .v6(fixed, chain.headers)
      protocolNumber = chain.protocolNumber
      payload = Array(chain.payload)
    } else {
      let read = try IPv4Header(parsing: bytes)
      length = Int(read.totalLength)
      header = .v4(read)
      protocolNumber = read.protocolNumber
      payload = Array(bytes.prefix(length).dropFirst(read.length))
    }
    guard isQuoted || bytes.count >= length else { throw PacketError("IP", .truncated) }
  }

  public var source: Address {
    switch header {
    case .v4(let header): header.source
    case .v6(let header, _): header.source
    }
  }

  public var destination: Address {
    switch header {
    case .v4(let header): header.destination
    case .v6(let header, _): header.destination
    }
  }

  /// The time to live, or the hop limit.
  public var ttl: UInt8 {
    switch header {
    case .v4(let header): header.ttl
    case .v6(let header, _): header.hopLimit
    }
  }

  /// The bytes that its header says it has, itself included.
  var statedLength: Int {
    switch header {
    case .v4(let header): Int(header.totalLength)
    case .v6(let header, _): IPv6Header.length + Int(header.payloadLength)
    }
  }

  /// A part of a packet that was divided: where it begins in the whole, and what stands behind the fragment's header.
  struct Fragment {
    let start: Int
    let more: Bool
    let identification: UInt32
    let bytes: [UInt8]
  }

  /// What part of a divided packet it is; nil for a whole packet.
  var fragment: Fragment? {
    switch header {
    case .v4(let header):
      guard header.isFragment else { return nil }
      return Fragment(
        start: Int(header.fragmentOffset) * 8, more: header.moreFragments,
        identification: UInt32(header.identification), bytes: payload)
    case .v6(_, let extensions):
      guard let index = extensions.firstIndex(where: { $0.kind == .fragment }), let part = extensions[index].fragment
      else { return nil }
      return Fragment(
        start: Int(part.offset) * 8, more: part.more, identification: part.identification,
        bytes: extensions[(index + 1)...].flatMap(\.bytes) + payload)
    }
  }

  /// Whether it is a part that begins after the first, without the header of the transport.
  var isLaterFragment: Bool { (fragment?.start ?? 0) > 0 }

  /// Gives the whole packet of which this is the first part, with all that stands behind the fragment's header.
  func unfragmented(_ whole: [UInt8]) throws(PacketError) -> [UInt8] {
    switch header {
    case .v4(var header):
      header.moreFragments = false
      header.fragmentOffset = 0
      return try Header.v4(header).packet(whole)
    case .v6(var header, let extensions):
      let index = extensions.firstIndex { $0.kind == .fragment } ?? extensions.endIndex
      var front = Array(extensions[..<index])
      let next = index < extensions.endIndex ? extensions[index].next : protocolNumber
      // What pointed to the fragment's header points to what stood behind it.
      if let last = front.popLast() {
        front.append(IPv6ExtensionHeader(kind: last.kind, bytes: [next.rawValue] + last.bytes.dropFirst()))
      } else {
        header.nextHeader = next
      }
      return try Header.v6(header, front).packet(whole)
    }
  }
}
