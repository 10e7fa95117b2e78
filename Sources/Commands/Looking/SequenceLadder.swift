import Net
import Transport
import Wire

/// What passed between two ends, as rows from top to bottom; of TCP with both ends' states, which follow from the diagram of RFC 9293 §3.3.2.
///
/// One end sees no acknowledgements, so those of the handshakes are drawn as the protocol has them.
struct SequenceLadder {
  enum Direction { case out, back, none }

  struct Row {
    /// Nanoseconds since the first step; nil for what follows from the row before.
    var at: Int64?
    var direction: Direction
    var label: String
    /// The states after it, where they changed.
    var ours: TCPState?
    var theirs: TCPState?
    /// Whether it is what recv(2) brought, of which nobody has said yet what it is.
    var isRaw = false
  }

  private(set) var rows: [Row] = []
  /// Our state as the kernel has it, which may not be where the drawing ends: an acknowledgement may still be on its way.
  var now: String?
  private let isTCP: Bool
  /// Whether TLS protects it: then its messages and the plain bytes are drawn, and not the records that carry them.
  private var isProtected = false
  private var ours = TCPState.closed
  private var theirs = TCPState.closed
  /// The states before the first row.
  private var first: (ours: TCPState, theirs: TCPState)?
  private var start: Int64?

  init(of transport: Layer) { isTCP = transport == .tcp }

  /// Whether a step shows in a ladder: something passed, or a state changed.
  static func isDrawn(_ step: Step) -> Bool {
    switch step.kind {
    case .connect, .accept, .send, .shutdown, .close, .handshake, .seal, .open: true
    // A peek takes nothing.
    case .recv: !step.isPeek && (step.error == nil || step.isReset)
    case .resolve, .map, .socket, .bind, .listen, .request, .response, .chunk: false
    }
  }

  /// Drops what was drawn so far and keeps the states.
  mutating func forgetRows() {
    rows = []
    first = (ours, theirs)
  }

  // MARK: Steps

  /// Draws steps, or only the last so many: those before are gone through all the same, since the states follow from them.
  mutating func add(_ steps: [Step], last: Int? = nil) {
    let relevant = steps.filter { Self.isDrawn($0) }
    let shown = last.map { max(0, $0) } ?? .max
    for (index, step) in relevant.enumerated() {
      if relevant.count - index == shown { forgetRows() }
      add(step)
    }
  }

  mutating func add(_ step: Step) {
    if start == nil { start = step.start }
    guard isTCP else { return addPlain(step) }
    switch step.kind {
    case .handshake, .seal, .open: addProtected(step)
    case .send where step.error == nil && isProtected: break
    case .connect: addConnect(step)
    case .accept:
      begin(.listen, .closed)
      add(step, .back, "SYN", ours: .synReceived, theirs: .synSent)
      follow(.out, "SYN, ACK", theirs: .established)
      follow(.back, "ACK", ours: .established)
    case .send where step.error == nil: add(step, .out, Self.data(step))
    case .recv where step.error == nil && step.byteCount > 0: add(step, .back, Self.data(step), isRaw: true)
    case .recv where step.error == nil: addTheirEnd(step)
    // TLS announced our end to a peer that had closed, which resets (see Connection.shutdownWrite).
    case .shutdown where !step.detail.isEmpty: add(step, .back, "RST", ours: .closed, theirs: .closed)
    case .shutdown where step.error == nil: addOurEnd(step)
    case .close: addClose(step)
    default: if step.isReset { add(step, .back, "RST", ours: .closed, theirs: .closed) }
    }
  }

  private mutating func begin(_ ours: TCPState, _ theirs: TCPState) {
    (self.ours, self.theirs) = (ours, theirs)
    if first == nil { first = (ours, theirs) }
  }

  private mutating func addConnect(_ step: Step) {
    guard let error = step.error else {
      begin(.closed, .listen)
      add(step, .out, "SYN", ours: .synSent, theirs: .synReceived)
      follow(.back, "SYN, ACK", ours: .established)
      follow(.out, "ACK", theirs: .established)
      return
    }
    begin(.closed, .closed)
    add(step, .out, "SYN", ours: .synSent)
    let code = error.layers.last?.code ?? ""
    follow(code == "ECONNREFUSED" ? .back : .none, code == "ECONNREFUSED" ? "RST, ACK" : code, ours: .closed)
  }

  /// The peer's FIN came, and we acknowledge it.
  private mutating func addTheirEnd(_ step: Step) {
    guard theirs != .closed else { return }
    // A peer that had our FIN answers with the last one.
    let isLast = theirs == .closeWait
    add(step, .back, "FIN, ACK", ours: isLast ? .timeWait : .closeWait, theirs: isLast ? .lastAck : .finWait1)
    follow(.out, "ACK", theirs: isLast ? .closed : .finWait2)
  }

  private mutating func addOurEnd(_ step: Step) {
    let isLast = ours == .closeWait
    guard isLast || ours == .established else { return }
    add(step, .out, "FIN, ACK", ours: isLast ? .lastAck : .finWait1, theirs: isLast ? .timeWait : .closeWait)
    follow(.back, "ACK", ours: isLast ? .closed : .finWait2)
  }

  private mutating func addClose(_ step: Step) {
    if step.detail.contains("reset") { return add(step, .out, "RST", ours: .closed, theirs: .closed) }
    addOurEnd(step)
  }

  /// A message of TLS, or the plain bytes inside: they stand for the records just received that carried them.
  private mutating func addProtected(_ step: Step) {
    isProtected = true
    let isOurs = step.kind == .seal || step.detail.hasPrefix("→")
    if !isOurs { while rows.last?.isRaw == true { rows.removeLast() } }
    // A message's detail begins with its direction and a space.
    let label = step.kind == .handshake ? String(step.detail.dropFirst(2)) : "in TLS, " + Self.data(step)
    add(step, isOurs ? .out : .back, label)
  }

  /// What has no states: datagrams and Unix sockets.
  private mutating func addPlain(_ step: Step) {
    switch step.kind {
    case .send where step.error == nil: add(step, .out, Self.data(step))
    case .recv where step.byteCount > 0: add(step, .back, Self.data(step))
    case .recv where step.error == nil: add(step, .back, "the end")
    case .handshake, .seal, .open: addProtected(step)
    case .shutdown: add(step, .out, "the end")
    case .connect, .accept, .close: add(step, .none, step.kind.rawValue)
    default: break
    }
  }

  private mutating func add(
    _ step: Step, _ direction: Direction, _ label: String, ours: TCPState? = nil, theirs: TCPState? = nil,
    isRaw: Bool = false
  ) {
    // What came is told when it came, what was sent when it left.
    let time = direction == .back ? max(step.end, step.start) : step.start
    append(
      Row(at: time - (start ?? time), direction: direction, label: label, ours: ours, theirs: theirs, isRaw: isRaw))
  }

  private mutating func follow(
    _ direction: Direction, _ label: String, ours: TCPState? = nil, theirs: TCPState? = nil
  ) { append(Row(at: nil, direction: direction, label: label, ours: ours, theirs: theirs)) }

  private mutating func append(_ row: Row) {
    if let ours = row.ours { self.ours = ours }
    if let theirs = row.theirs { self.theirs = theirs }
    rows.append(row)
  }

  /// How many bytes, and how they begin.
  private static func data(_ step: Step) -> String {
    let beginning = step.bytes.prefix { $0 != 0x0d && $0 != 0x0a }.prefix(60)
    let count = counted(step.byteCount, "byte")
    guard !beginning.isEmpty, beginning.allSatisfy({ (0x20..<0x7f).contains($0) }) else { return count }
    return count + ": " + String(decoding: beginning, as: UTF8.self)
  }

  /// Our state where it is not what the drawing came to.
  var difference: String? { isTCP && !rows.isEmpty ? now.flatMap { $0 == ours.name ? nil : $0 } : nil }

  /// The states before the first row, to be shown at the top.
  var opening: (ours: String, theirs: String) {
    guard isTCP, let first else { return ("", "") }
    return (first.ours.name, first.theirs.name)
  }
}
