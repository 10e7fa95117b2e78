import Interpreter
import Net
import Transport
import Wire

/// Steps on the wire as people see them: a row each, and their bytes below.
public struct WireView {
  private let steps: [Step]

  init(_ steps: [Step]) { self.steps = steps }

  /// Takes what a session's recorder has of all connections since a moment of the monotonic clock; nil if nothing happened.
  public init?(of machine: Machine, since start: Int64) {
    let recorder = machine.network.recorder
    steps = recorder.connections.flatMap { recorder.steps(ofConnection: $0) }.filter { $0.end >= start }
      .sorted { $0.start < $1.start }
    guard !steps.isEmpty else { return nil }
  }

  /// How many steps there were, and how many bytes moved.
  public var summary: String {
    func sum(_ kind: Step.Kind) -> Int { steps.reduce(0) { $0 + ($1.kind == kind ? $1.byteCount : 0) } }
    let count = steps.count == 1 ? "1 step" : "\(steps.count) steps"
    return "on the wire: \(count), \(sum(.send)) bytes sent, \(sum(.recv)) received"
  }

  /// A row for each step: when it began, what it was, how long it took, how many bytes moved.
  public var rows: [Record] {
    let start = steps.first?.start ?? 0
    return steps.map { row($0, since: start) }
  }

  /// Gives the kept bytes of the steps under headings, of each step no more than so many.
  public func dump(atMost limit: Int = .max) -> String {
    steps.compactMap { dump($0, atMost: limit) }.joined(separator: "\n")
  }

  private func row(_ step: Step, since start: Int64) -> Record {
    Record([
      "at": .duration(TimeSpan(nanoseconds: step.start - start)), "connection": .int(step.connection),
      "step": .string(step.kind.rawValue), "took": .duration(TimeSpan(nanoseconds: step.end - step.start)),
      "bytes": step.byteCount > 0 ? .int(step.byteCount) : .null,
      "detail": .string(step.sentence),
    ])
  }

  /// The kept bytes of a step under a heading; nil for a step that moved none.
  private func dump(_ step: Step, atMost limit: Int) -> String? {
    guard step.byteCount > 0 else { return nil }
    // A message of TLS says itself which way it went, and what it is.
    let message: Substring
    switch step.kind {
    case .handshake: message = step.detail.prefix { $0 != ":" }
    case .send, .seal: message = "→"
    default: message = "←"
    }
    var lines = ["\(step.kind.rawValue) \(step.byteCount) bytes \(message) connection \(step.connection)"]
    lines += Hexdump(Array(step.bytes.prefix(limit))).lines
    if step.bytes.count > limit {
      return (lines + ["… \(step.byteCount - limit) more bytes …"]).joined(separator: "\n")
    }
    let missing = step.byteCount - step.bytes.count - step.lastBytes.count
    if missing > 0 { lines.append("… \(missing) bytes are not kept (`wire keep all` keeps them) …") }
    if !step.lastBytes.isEmpty { lines += Hexdump(step.lastBytes, offset: step.byteCount - step.lastBytes.count).lines }
    return lines.joined(separator: "\n")
  }
}

extension Step {
  /// What there is to say of it: whom it went to, what failed.
  var sentence: String {
    if let error { return error.layers.last.map(\.message) ?? "" }
    if !detail.isEmpty { return detail }
    switch kind {
    case .send: return remote.map { "to \($0)" } ?? ""
    case .recv: return byteCount == 0 ? "the end of the stream" : remote.map { "from \($0)" } ?? ""
    default: return remote.map { "\($0)" } ?? local.map { "\($0)" } ?? ""
    }
  }
}
