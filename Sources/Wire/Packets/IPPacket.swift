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
}
