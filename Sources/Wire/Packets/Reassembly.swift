import Net

/// Puts packets together again that were divided (RFC 791 §3.2, RFC 8200 §4.5), within bounds.
///
/// At most 64 packets wait for parts; then the oldest is given up and counted. Overlapping parts are refused with all that
/// belongs to them: for IPv6 by RFC 5722 §3, for IPv4 because nothing honest makes them (RFC 3128); the very same part twice is no overlap.
public struct Reassembly: Sendable {
  private struct Name: Hashable {
    let source: Address
    let destination: Address
    let protocolNumber: UInt8
    let identification: UInt32
  }

  private struct Pending {
    var parts: [(start: Int, bytes: [UInt8])] = []
    var total: Int?
    /// The packet with the first part, whose headers the whole will have.
    var first: IPPacket?
    var isRefused = false

    var count: Int { parts.reduce(0) { $0 + $1.bytes.count } }
  }

  private static let mostPending = 64

  private var pending: [Name: Pending] = [:]
  private var order: [Name] = []
  /// How many packets were given up to stay within bounds.
  public private(set) var givenUp = 0

  public init() {}

  /// How many packets wait for parts.
  public var waiting: Int { pending.count }

  /// Takes an IP packet; gives the whole packet if this is one or completes one, nil while parts are missing.
  ///
  /// Errors: `packet-truncated`; `packet-malformed` for parts that overlap, end beyond 65,535 bytes or contradict each other.
  public mutating func add(_ bytes: ArraySlice<UInt8>) throws(PacketError) -> [UInt8]? {
    let packet = try IPPacket(parsing: bytes)
    guard let part = packet.fragment else { return Array(bytes.prefix(packet.statedLength)) }
    let name = Name(
      source: packet.source, destination: packet.destination,
      protocolNumber: packet.source.isIPv4 ? packet.protocolNumber.rawValue : 0, identification: part.identification)
    var whole = take(name)
    do throws(PacketError) {
      guard !whole.isRefused else { throw Self.error(packet, "it belongs to parts that were refused") }
      try Self.add(part, of: packet, to: &whole)
    } catch {
      whole = Pending(isRefused: true)
      pending[name] = whole
      throw error
    }
    guard let total = whole.total, let first = whole.first, whole.count == total else {
      pending[name] = whole
      return nil
    }
    forget(name)
    return try first.unfragmented(whole.parts.flatMap(\.bytes))
  }

  /// Gives what is pending under a name, making room for a new one.
  private mutating func take(_ name: Name) -> Pending {
    if let known = pending[name] { return known }
    order.append(name)
    if order.count > Self.mostPending {
      givenUp += 1
      forget(order[0])
    }
    return Pending()
  }

  private mutating func forget(_ name: Name) {
    pending[name] = nil
    order.removeAll { $0 == name }
  }

  private static func add(_ part: IPPacket.Fragment, of packet: IPPacket, to whole: inout Pending) throws(PacketError) {
    let end = part.start + part.bytes.count
    guard !part.bytes.isEmpty else { throw error(packet, "a part is empty") }
    guard !part.more || part.bytes.count % 8 == 0 else {
      throw error(packet, "a part that is not the last has \(part.bytes.count) bytes, no multiple of 8")
    }
    guard end <= 65_535 else { throw error(packet, "a part ends beyond 65535 bytes") }
    if !part.more {
      guard whole.total == nil || whole.total == end else {
        throw error(packet, "two last parts end at different places")
      }
      whole.total = end
    }
    let index = whole.parts.firstIndex { $0.start >= part.start } ?? whole.parts.count
    if index < whole.parts.count, whole.parts[index] == (part.start, part.bytes) { return }
    let before = index > 0 ? whole.parts[index - 1].start + whole.parts[index - 1].bytes.count : 0
    let after = index < whole.parts.count ? whole.parts[index].start : whole.total ?? 65_535
    guard before <= part.start, end <= after else {
      throw error(packet, "parts overlap at byte \(before > part.start ? part.start : after)")
    }
    if let total = whole.total, let last = whole.parts.last, last.start + last.bytes.count > total {
      throw error(packet, "a part ends behind the last one")
    }
    whole.parts.insert((part.start, part.bytes), at: index)
    if part.start == 0 { whole.first = packet }
  }

  private static func error(_ packet: IPPacket, _ what: String) -> PacketError {
    PacketError(packet.source.isIPv4 ? "IPv4" : "IPv6", .malformed(what))
  }
}
