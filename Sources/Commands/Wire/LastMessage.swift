import Net
import Transport
import Wire

/// The last bytes that went one way over a connection without an answer between them, and the steps that carried them.
struct LastMessage {
  let connection: Int
  let transport: Layer
  /// Whether this side sent it.
  let isOurs: Bool
  /// What the application sent or got, as far as it was kept.
  let data: [UInt8]
  /// What went over the wire, where TLS sealed it.
  let sealed: [UInt8]?
  /// The numbers of its steps in the recording.
  let steps: Set<Int>
  /// Bytes that were not kept.
  let missing: Int
  let count: Int

  /// Nil if nothing was sent or received in the steps that count.
  init?(_ id: Int, _ recording: Recording, where counts: (Step) -> Bool) {
    let steps = recording.steps
    func moves(_ step: Step) -> Bool { step.byteCount > 0 && step.error == nil && Self.isOurs(step) != nil }
    let isProtected = steps.contains { $0.kind == .seal || $0.kind == .open }
    // Under TLS the plain bytes say which was the last message: what comes behind may be its end alone.
    let plain: Set<Step.Kind> = isProtected ? [.seal, .open] : [.send, .recv]
    guard let last = steps.lastIndex(where: { moves($0) && plain.contains($0.kind) && counts($0) }),
      let isOurs = Self.isOurs(steps[last])
    else { return nil }
    let isDatagram = steps[last].transport == .udp
    var first = last
    if !isDatagram { while first > 0, Self.isOurs(steps[first - 1]) ?? isOurs == isOurs { first -= 1 } }
    // A message of ours under TLS leaves behind its plain bytes, with nothing of the handshake before.
    if isProtected, isOurs { first = (first...last).first { steps[$0].kind == .seal } ?? first }
    var end = last
    if isProtected, isOurs { while end + 1 < steps.count, steps[end + 1].kind == .send { end += 1 } }
    let chosen = (first...end).filter { moves(steps[$0]) }
    let texts = chosen.filter { plain.contains(steps[$0].kind) }
    connection = id
    transport = steps[last].transport
    self.isOurs = isOurs
    data = texts.flatMap { steps[$0].bytes + steps[$0].lastBytes }
    count = texts.reduce(0) { $0 + steps[$1].byteCount }
    missing = count - data.count
    let wire = chosen.filter { steps[$0].kind == .send || steps[$0].kind == .recv }
    sealed = isProtected ? wire.flatMap { steps[$0].bytes + steps[$0].lastBytes } : nil
    self.steps = Set(wire)
  }

  /// Which way a step moved bytes; nil for one that moved none of the application's.
  private static func isOurs(_ step: Step) -> Bool? {
    switch step.kind {
    case .send, .seal: true
    case .recv, .open: false
    default: nil
    }
  }

  /// What the bytes are, in a phrase.
  var title: String {
    let line = data.prefix { $0 != 0x0D && $0 != 0x0A }.prefix(60)
    let text = String(decoding: line, as: UTF8.self)
    if text.hasPrefix("HTTP/") || text.contains(" HTTP/1.") { return "HTTP: \(text)" }
    if transport == .udp, let message = try? Message(data) {
      let question = message.questions.first.map { "\($0.name) \($0.type)" } ?? ""
      return message.flags.isResponse ? "DNS answer: \(message.code) for \(question)" : "DNS query: \(question)"
    }
    return ""
  }
}
