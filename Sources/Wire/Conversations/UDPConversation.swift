import Net

/// Datagrams between two ends told in frames; what a link of Ethernet does not take is divided (RFC 791 §3.2, RFC 8200 §4.5).
public struct UDPConversation: Sendable {
  public let ends: ConversationEnds
  private var number: UInt16 = 0
  /// The datagram that this side sent last, as IP packet.
  private var sent: [UInt8] = []

  public init(_ ends: ConversationEnds) { self.ends = ends }

  /// Carries a datagram of which the first bytes are kept.
  public mutating func carry(isOurs: Bool, _ data: [UInt8], missing: Int = 0, at time: Int64) -> [SyntheticFrame] {
    number &+= 1
    let size = data.count + max(0, missing) + UDPHeader.length + (ends.local.isIPv4 ? 20 : 40)
    var packet = ends.packet(isOurs: isOurs, .udp, number: number, dontFragment: size <= ConversationEnds.mtu)
    packet.transport = .udp(
      UDPHeader(
        sourcePort: isOurs ? ends.localPort : ends.remotePort,
        destinationPort: isOurs ? ends.remotePort : ends.localPort))
    packet.data = data
    guard missing > 0 else {
      let frames = (try? packet.fragments(mtu: ConversationEnds.mtu, identification: UInt32(number))) ?? []
      if isOurs { sent = frames.first.map { Array($0.dropFirst(14)) } ?? [] }
      return frames.enumerated().map { index, bytes in
        SyntheticFrame(
          bytes: bytes, length: bytes.count, time: time, isOurs: isOurs, dataCount: index == 0 ? data.count : 0)
      }
    }
    // Of what is not kept nobody knows the checksum: the frame ends where the kept bytes do, as a capture that was cut off.
    packet.data += [UInt8](repeating: 0, count: min(missing, 65_527 - min(65_527, data.count)))
    guard let whole = try? packet.bytes() else { return [] }
    let kept = whole.count - (packet.data.count - data.count)
    return [
      SyntheticFrame(
        bytes: Array(whole.prefix(kept)), length: whole.count, time: time, isOurs: isOurs, dataCount: data.count,
        comment: "\(missing) bytes of this datagram were not kept by nsh")
    ]
  }

  /// Says by ICMP that nobody listens at the port (RFC 792, RFC 4443 §3.1), with the datagram that it is about.
  public mutating func refuse(at time: Int64) -> [SyntheticFrame] {
    guard !sent.isEmpty else { return [] }
    number &+= 1
    let isIPv4 = ends.local.isIPv4
    var packet = ends.packet(isOurs: false, isIPv4 ? .icmp : .icmpv6, number: number)
    packet.transport = .icmp(
      ICMPMessage(isIPv4 ? ICMPKind(.v4, type: 3, code: 3) : ICMPKind(.v6, type: 1, code: 4)))
    // As much as fits in 576 bytes (RFC 1812 §4.3.2.3), or in the smallest MTU of IPv6 (RFC 4443 §2.4).
    packet.data = Array(sent.prefix(isIPv4 ? 576 - 28 : 1_280 - 48))
    guard let bytes = try? packet.bytes() else { return [] }
    return [
      SyntheticFrame(
        bytes: bytes, length: bytes.count, time: time, isOurs: false, dataCount: 0,
        comment: "the error is true, its sender is supposed to be the host itself")
    ]
  }
}
