import Net

/// A conversation over TCP told in frames: what one end did and saw, with the segments, acknowledgements and sequence numbers that
/// RFC 9293 has for it.
///
/// Nothing is lost and nothing is late in it. Bytes that were not kept leave a gap in the sequence numbers.
public struct TCPConversation: Sendable {
  /// One end: the next sequence number that it will send, and how far the other has acknowledged.
  private struct End {
    var next: UInt32
    var hasEnded = false
  }

  public let ends: ConversationEnds
  private var ours = End(next: 1_000_000)
  private var theirs = End(next: 2_000_000)
  private var number: UInt16 = 0
  private var isOver = false
  private var frames: [SyntheticFrame] = []

  /// Bytes of data that one segment takes (RFC 9293 §3.7.1): what the link takes without the headers.
  private var mss: Int { ConversationEnds.mtu - 20 - (ends.local.isIPv4 ? 20 : 40) }

  /// The options of a SYN: with this scale no window is ever full (RFC 7323 §2.2).
  private var opening: [TCPOption.Content] { [.maximumSegmentSize(UInt16(mss)), .noOperation, .windowScale(8)] }

  /// The packet that asked for it, as it came.
  private let syn: Packet?

  /// - Parameter syn: the SYN that opened it, if it is known: its headers are told as they were, and the sequence numbers of who sent
  ///   it count on from there.
  public init(_ ends: ConversationEnds, syn: Packet? = nil) {
    self.ends = ends
    self.syn = syn
  }

  public var hasSYN: Bool { syn != nil }

  /// Gives the frames since it was last asked.
  public mutating func takeFrames() -> [SyntheticFrame] {
    defer { frames = [] }
    return frames
  }

  /// Asks for the connection.
  public mutating func ask(isOurs: Bool, at time: Int64, note: String? = nil) {
    if var packet = syn, case .tcp(let header)? = packet.transport {
      if isOurs { ours.next = header.sequence } else { theirs.next = header.sequence }
      packet.ethernet = ends.packet(isOurs: isOurs, .tcp, number: 0).ethernet
      // What does not leave the machine has no checksum yet; what came over a link has the same one.
      packet.keptInTransport = []
      skip(isOurs, 1)
      number &+= 1
      guard let bytes = try? packet.bytes() else { return }
      frames.append(
        SyntheticFrame(bytes: bytes, length: bytes.count, time: time, isOurs: isOurs, dataCount: 0, comment: Self.truth)
      )
      return
    }
    add(isOurs, ["SYN"], options: opening, at: time, note: note)
  }

  private static let truth = "the headers of IP and TCP are those of the SYN as the kernel kept it (TCP_SAVED_SYN)"

  /// Answers who asked, and is acknowledged.
  public mutating func answer(isOurs: Bool, at time: Int64) {
    add(isOurs, ["SYN", "ACK"], options: opening, at: time)
    add(!isOurs, ["ACK"], at: time)
  }

  /// Refuses who asked (RFC 9293 §3.5.2).
  public mutating func refuse(isOurs: Bool, at time: Int64) {
    add(isOurs, ["RST", "ACK"], at: time)
    isOver = true
  }

  /// Carries bytes: the first and perhaps the last of them, and how many between them were not kept.
  public mutating func carry(
    isOurs: Bool, _ first: [UInt8], missing: Int = 0, _ last: [UInt8] = [], isUrgent: Bool = false, at time: Int64
  ) {
    guard missing > 0 || last.isEmpty else {
      return carry(isOurs: isOurs, first + last, isUrgent: isUrgent, at: time)
    }
    guard !isOver, !first.isEmpty || missing > 0 else { return }
    segment(isOurs, first, isLast: last.isEmpty, isUrgent: isUrgent, at: time, note: nil)
    if missing > 0 {
      skip(isOurs, missing)
      // The gap is told at the frame behind it, which there may not be.
      let note = "\(missing) bytes before this were not kept by nsh (`wire keep all` keeps them): the gap is no loss"
      if last.isEmpty {
        add(!isOurs, ["ACK"], at: time, note: note)
        return
      }
      segment(isOurs, last, isLast: true, isUrgent: isUrgent, at: time, note: note)
    }
    add(!isOurs, ["ACK"], at: time)
  }

  /// Moves on over bytes of both directions that were not kept.
  public mutating func skip(ours: Int, theirs: Int, at time: Int64) {
    guard !isOver, ours > 0 || theirs > 0 else { return }
    skip(true, ours)
    skip(false, theirs)
    add(true, ["ACK"], at: time, note: "\(ours) bytes sent and \(theirs) received before this were not kept by nsh")
    add(false, ["ACK"], at: time)
  }

  private mutating func skip(_ isOurs: Bool, _ count: Int) {
    let count = UInt32(truncatingIfNeeded: max(0, count))
    if isOurs { ours.next &+= count } else { theirs.next &+= count }
  }

  private mutating func segment(
    _ isOurs: Bool, _ data: [UInt8], isLast: Bool, isUrgent: Bool, at time: Int64, note: String?
  ) {
    for start in stride(from: 0, to: data.count, by: mss) {
      let end = min(start + mss, data.count)
      var flags = ["ACK"]
      if isLast, end == data.count { flags.append("PSH") }
      let urgent = isUrgent && end == data.count
      if urgent { flags.append("URG") }
      add(
        isOurs, flags, Array(data[start..<end]), urgent: urgent ? UInt16(end - start) : 0, at: time,
        note: start == 0 ? note : nil)
    }
  }

  /// Ends a direction; the other end acknowledges it.
  public mutating func end(isOurs: Bool, at time: Int64, note: String? = nil) {
    guard !isOver, !(isOurs ? ours : theirs).hasEnded else { return }
    add(isOurs, ["FIN", "ACK"], at: time, note: note)
    if isOurs { ours.hasEnded = true } else { theirs.hasEnded = true }
    add(!isOurs, ["ACK"], at: time)
  }

  /// Breaks the connection off.
  public mutating func reset(isOurs: Bool, at time: Int64) {
    guard !isOver else { return }
    add(isOurs, ["RST", "ACK"], at: time)
    isOver = true
  }

  private mutating func add(
    _ isOurs: Bool, _ flags: [String], _ data: [UInt8] = [], options: [TCPOption.Content] = [], urgent: UInt16 = 0,
    at time: Int64, note: String? = nil
  ) {
    guard !isOver else { return }
    number &+= 1
    var packet = ends.packet(isOurs: isOurs, .tcp, number: number)
    var header = TCPHeader(
      sourcePort: isOurs ? ends.localPort : ends.remotePort, destinationPort: isOurs ? ends.remotePort : ends.localPort)
    header.bits = TCPHeader.bits(of: flags) ?? 0
    header.sequence = isOurs ? ours.next : theirs.next
    if flags.contains("ACK") { header.acknowledgement = isOurs ? theirs.next : ours.next }
    header.options = TCPOption.list(options)
    header.urgent = urgent
    packet.transport = .tcp(header)
    packet.data = data
    // SYN and FIN count as one byte each (RFC 9293 §3.4).
    skip(isOurs, data.count + (flags.contains("SYN") ? 1 : 0) + (flags.contains("FIN") ? 1 : 0))
    guard let bytes = try? packet.bytes() else { return }
    frames.append(
      SyntheticFrame(
        bytes: bytes, length: bytes.count, time: time, isOurs: isOurs, dataCount: data.count, comment: note))
  }
}
