import Net
import Transport
import Wire

/// What a recorder has of connections, told in frames of Ethernet in the order of time.
struct WireFrames {
  /// One thing that shows on the wire, and when: nanoseconds since 1970.
  private struct Event {
    let time: Int64
    let order: Int
    let conversation: Int
    /// The step's number in its recording.
    let step: Int
    let change: Change
  }

  private enum Change {
    case ask, answer, refuse
    case carry(Step)
    case skip(sent: Int, received: Int)
    case end(isOurs: Bool)
    /// Their end, announced by TLS and not read by anybody.
    case supposedEnd
    case reset(isOurs: Bool)
    case unreachable
  }

  private enum Conversation {
    case tcp(TCPConversation, isOurs: Bool)
    /// Datagrams by their other ends.
    case udp([ConversationEnds: UDPConversation])
  }

  private var events: [Event] = []
  /// The names of this session's own sockets of datagrams.
  private var ownUDP: Set<Endpoint> = []
  private var conversations: [Conversation] = []
  /// The number of the step that is being read.
  private var current = 0
  /// What to say at the first frame of each.
  private var titles: [String?] = []
  /// Lines as SSLKEYLOGFILE has them.
  private(set) var secrets: [UInt8] = []
  /// Connections that are in it, and those that are not: over Unix sockets or by probes, or the other end of one that is.
  private(set) var connections: [Int] = []
  private(set) var unframed: [Int] = []
  private(set) var mirrored: [Int] = []
  /// Bytes that went over the wire and were not kept.
  private(set) var missing = 0

  /// The SYNs that are known, by the ends as who accepted sees them.
  private let syns: [ConversationEnds: Packet]

  init(_ recordings: [(id: Int, recording: Recording)], syns: [ConversationEnds: Packet] = [:]) {
    self.syns = syns
    var known: [ConversationEnds: Bool] = [:]
    let all = recordings.map { (id: $0.id, recording: $0.recording, steps: $0.recording.steps) }
    for one in all where !one.steps.contains(where: { $0.kind == .accept }) {
      for ends in Self.ends(one.steps) { known[ends] = true }
    }
    for one in all {
      guard let transport = one.steps.first(where: { $0.kind != .resolve })?.transport else { continue }
      let ends = Self.ends(one.steps)
      if one.steps.contains(where: { $0.kind == .accept }), let first = ends.first?.mirrored, known[first] != nil {
        mirrored.append(one.id)
        continue
      }
      let count = events.count
      switch transport {
      case .tcp: addTCP(one.id, one.steps, one.recording, ends.first)
      case .udp: addUDP(one.id, one.steps)
      default: break
      }
      if events.count > count {
        connections.append(one.id)
        for step in one.steps { secrets += step.secrets }
      } else if one.steps.contains(where: { $0.byteCount > 0 }) {
        unframed.append(one.id)
      }
    }
    events = events.filter { !isToldElsewhere($0) }.sorted { ($0.time, $0.order) < ($1.time, $1.order) }
  }

  var isEmpty: Bool { events.isEmpty }
  /// Whether the first conversation begins with a SYN that is known.
  var hasSYN: Bool {
    if case .tcp(let conversation, _)? = conversations.first { conversation.hasSYN } else { false }
  }

  /// Makes the frames, one event after the other; `body` is told the number of the step, in its recording, that a frame is of.
  mutating func each(_ body: (SyntheticFrame, Int) throws -> Void) rethrows {
    for event in events {
      for var frame in frames(of: event) {
        if let title = titles[event.conversation] {
          frame.comment = frame.comment.map { "\(title); \($0)" } ?? title
          titles[event.conversation] = nil
        }
        try body(frame, event.step)
      }
    }
  }

  // MARK: From steps to events

  /// The ends that a connection over TCP had, as its steps name them.
  private static func ends(_ steps: [Step]) -> [ConversationEnds] {
    steps.compactMap { step in
      guard step.kind == .connect || step.kind == .accept, step.error == nil, let local = step.local?.endpoint,
        let remote = step.remote?.endpoint, let from = local.address, let to = remote.address
      else { return nil }
      return ConversationEnds(local: from, localPort: local.port, remote: to, remotePort: remote.port)
    }
  }

  private mutating func add(_ time: Int64, _ change: Change) {
    events.append(
      Event(time: time, order: events.count, conversation: conversations.count - 1, step: current, change: change))
  }

  private mutating func begin(_ conversation: Conversation, _ title: String) {
    conversations.append(conversation)
    titles.append(title)
  }

  private mutating func addTCP(_ id: Int, _ steps: [Step], _ recording: Recording, _ ends: ConversationEnds?) {
    var isOpen = false
    var isAnnounced = false
    for (index, step) in steps.enumerated() {
      current = index
      if index == recording.frontCount, recording.droppedSteps > 0, isOpen {
        let (sent, received) = recording.droppedTraffic
        missing += sent + received
        add(step.wallStart, .skip(sent: sent, received: received))
      }
      switch step.kind {
      case .connect where step.error != nil: addFailure(id, step)
      case .connect, .accept:
        guard let ends, step.error == nil, !isOpen else { continue }
        isOpen = true
        let syn = (step.kind == .connect ? ends.mirrored : ends).flatMap { syns[$0] }
        begin(
          .tcp(TCPConversation(ends, syn: syn), isOurs: step.kind == .connect),
          "nsh connection \(id): the bytes, times and ports are true, the headers around them are made up"
            + (syn == nil ? "" : " but for the SYN and the sequence numbers that begin with it"))
        add(step.kind == .connect ? step.wallStart : step.wallClock, .ask)
        add(step.wallClock, .answer)
      case .send, .recv:
        guard isOpen else { continue }
        if step.byteCount > 0 { add(step.wallClock, .carry(step)) }
        if step.byteCount == 0, step.error == nil, step.kind == .recv, !step.isPeek {
          add(step.wallClock, .end(isOurs: false))
        }
        if step.isReset { add(step.wallClock, .reset(isOurs: false)) }
        missing += step.byteCount - step.bytes.count - step.lastBytes.count
      case .handshake where step.detail.hasPrefix("←"):
        isAnnounced = isAnnounced || TLSAlert(step.bytes)?.number == 0
      case .shutdown where step.error == nil && isOpen: add(step.wallClock, .end(isOurs: true))
      // A connecting that lost a race is closed too, before the winner is told of or behind it.
      case .close where isOpen && !step.detail.hasSuffix("had not answered yet"):
        if isAnnounced { add(step.wallClock, .supposedEnd) }
        add(step.wallClock, step.detail.contains("reset") ? .reset(isOurs: true) : .end(isOurs: true))
      default: continue
      }
    }
  }

  /// An attempt that was refused, or that nobody answered; which port it came from nobody noted.
  private mutating func addFailure(_ id: Int, _ step: Step) {
    guard let remote = step.remote?.endpoint, let to = remote.address else { return }
    let loopback = to.isIPv4 ? Address(v4: 0x7F00_0001) : Address(v6High: 0, low: 1)
    let from = step.local?.endpoint?.address ?? (to.isLoopback ? loopback : Address.documentation(isIPv4: to.isIPv4))
    let port = step.local?.endpoint?.port ?? UInt16(49_152 + conversations.count % 16_384)
    guard let ends = ConversationEnds(local: from, localPort: port, remote: to, remotePort: remote.port) else { return }
    let code = step.error?.layers.last?.code ?? ""
    begin(
      .tcp(TCPConversation(ends), isOurs: true),
      "nsh connection \(id): an attempt that failed with \(code); its source is made up, the times are true")
    add(step.wallStart, .ask)
    if code == "ECONNREFUSED" { add(step.wallClock, .refuse) }
  }

  /// Whether a datagram that came was sent by another socket of this session, which has it already.
  private func isToldElsewhere(_ event: Event) -> Bool {
    guard case .carry(let step) = event.change, step.transport == .udp, step.kind == .recv,
      let from = step.remote?.endpoint, let address = from.address
    else { return false }
    return ownUDP.contains { own in
      own.port == from.port && own != step.local?.endpoint
        && (own.address == address || own.address?.isUnspecified ?? false)
    }
  }

  private mutating func addUDP(_ id: Int, _ steps: [Step]) {
    begin(.udp([:]), "nsh connection \(id): the bytes, times and ports are true, the headers around them are made up")
    var local: Endpoint?
    var remote: Endpoint?
    for (index, step) in steps.enumerated() {
      current = index
      if let name = step.local?.endpoint { local = name }
      if step.kind == .connect, let name = step.remote?.endpoint { remote = name }
      guard step.kind == .send || step.kind == .recv, !step.isPeek, let local else { continue }
      guard step.error == nil else {
        if step.error?.layers.last?.code == "ECONNREFUSED" { add(step.wallClock, .unreachable) }
        continue
      }
      guard let other = step.remote?.endpoint ?? remote else { continue }
      ownUDP.insert(local)
      var told = step
      told.local = .endpoint(local)
      told.remote = .endpoint(other)
      missing += step.byteCount - step.bytes.count - step.lastBytes.count
      add(step.wallClock, .carry(told))
    }
  }

  // MARK: From events to frames

  private mutating func frames(of event: Event) -> [SyntheticFrame] {
    switch conversations[event.conversation] {
    case .tcp(var conversation, let isOurs):
      Self.tell(event, &conversation, isOurs)
      let frames = conversation.takeFrames()
      conversations[event.conversation] = .tcp(conversation, isOurs: isOurs)
      return frames
    case .udp(var pairs):
      defer { conversations[event.conversation] = .udp(pairs) }
      return Self.tell(event, &pairs)
    }
  }

  private static func tell(_ event: Event, _ conversation: inout TCPConversation, _ isOurs: Bool) {
    switch event.change {
    case .ask: conversation.ask(isOurs: isOurs, at: event.time)
    case .answer: conversation.answer(isOurs: !isOurs, at: event.time)
    case .refuse: conversation.refuse(isOurs: !isOurs, at: event.time)
    case .skip(let sent, let received): conversation.skip(ours: sent, theirs: received, at: event.time)
    case .end(let isOurs): conversation.end(isOurs: isOurs, at: event.time)
    case .reset(let isOurs): conversation.reset(isOurs: isOurs, at: event.time)
    case .supposedEnd:
      conversation.end(
        isOurs: false, at: event.time,
        note: "supposed: TLS announced this end (close_notify), and nobody read as far as the FIN")
    case .unreachable: break
    case .carry(let step):
      conversation.carry(
        isOurs: step.kind == .send, step.bytes, missing: step.byteCount - step.bytes.count - step.lastBytes.count,
        step.lastBytes, isUrgent: step.detail.hasPrefix("urgent"), at: event.time)
    }
  }

  private static func tell(_ event: Event, _ pairs: inout [ConversationEnds: UDPConversation]) -> [SyntheticFrame] {
    switch event.change {
    case .carry(let step):
      guard let local = step.local?.endpoint, let remote = step.remote?.endpoint, let to = remote.address else {
        return []
      }
      // A socket bound to no address in particular sends to loopback from there.
      let bound = local.address ?? to
      let from =
        bound.isUnspecified && to.isLoopback
        ? to : bound.isIPv4 == to.isIPv4 ? bound : Address.unspecified(isIPv4: to.isIPv4)
      guard let ends = ConversationEnds(local: from, localPort: local.port, remote: to, remotePort: remote.port) else {
        return []
      }
      return pairs[ends, default: UDPConversation(ends)].carry(
        isOurs: step.kind == .send, step.bytes, missing: step.byteCount - step.bytes.count, at: event.time)
    case .unreachable:
      // Only a socket with one peer is told of it (udp(7)).
      guard pairs.count == 1, let ends = pairs.keys.first else { return [] }
      return pairs[ends]?.refuse(at: event.time) ?? []
    default: return []
    }
  }
}

extension Address {
  /// An address that stands for one that is not known (RFC 5737, RFC 3849).
  fileprivate static func documentation(isIPv4: Bool) -> Address {
    isIPv4 ? Address(v4: 0xC000_0201) : Address(v6High: 0x2001_0DB8_0000_0000, low: 1)
  }

  fileprivate static func unspecified(isIPv4: Bool) -> Address { isIPv4 ? Address(v4: 0) : Address(v6High: 0, low: 0) }
}

extension Step {
  /// When it began, by the wall clock: nanoseconds since 1970.
  var wallStart: Int64 { wallClock &- max(0, end &- start) }

  /// Whether it only looked at what waits.
  var isPeek: Bool { detail.hasPrefix("MSG_PEEK") }

  /// Whether it failed because the peer reset the connection.
  var isReset: Bool { ["ECONNRESET", "EPIPE"].contains(error?.layers.last?.code ?? "") }
}
