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
    return "on the wire: \(counted(steps.count, "step")), \(sum(.send)) bytes sent, \(sum(.recv)) received"
  }

  /// A row for each step: its number, when it began, what it was, how long it took, how many bytes moved.
  public var rows: [Record] {
    let ends = ends
    let start = start
    return steps.indices.map { row($0, since: start, ends) }
  }

  /// All that is known of a step; its number counts from 1 and is one of those there are.
  func step(_ number: Int) -> Record {
    let step = steps[number - 1]
    let known = ends[step.connection]
    var pairs = row(number - 1, since: start, ends).pairs.map { ($0.name, $0.value) }
    pairs += [
      ("transport", .string(step.transport.rawValue)),
      ("local", (step.local ?? known?.local).map { Value($0) } ?? .null),
      ("remote", (step.remote ?? known?.remote).map { Value($0) } ?? .null),
      ("ended", .time(Timestamp(nanoseconds: step.wallClock))),
      ("error", step.error.map { .string($0.layers.last?.code ?? $0.code) } ?? .null),
      ("data", .bytes(step.bytes)),
    ]
    if !step.lastBytes.isEmpty { pairs.append(("last-data", .bytes(step.lastBytes))) }
    return Record(pairs: pairs)
  }

  /// What the bytes of a step are shown as.
  public enum Form: Sendable { case hex, text }

  /// Gives the kept bytes of the steps, or of one, under headings, of each step no more than so many.
  public func dump(only number: Int? = nil, as form: Form = .hex, atMost limit: Int = .max) -> String {
    let shown = number.map { [steps[$0 - 1]] } ?? steps
    return shown.compactMap { dump($0, as: form, atMost: limit) }.joined(separator: "\n")
  }

  /// The names of both ends of each connection, as far as any step had them: those that move bytes leave them out.
  private var ends: [Int: (local: SocketName?, remote: SocketName?)] {
    var ends: [Int: (local: SocketName?, remote: SocketName?)] = [:]
    for step in steps {
      let known = ends[step.connection]
      ends[step.connection] = (step.local ?? known?.local, step.remote ?? known?.remote)
    }
    return ends
  }

  /// When the first began; a look-up is told when it is done, behind the questions that it sent.
  private var start: Int64 { steps.map(\.start).min() ?? 0 }

  private func row(_ index: Int, since start: Int64, _ ends: [Int: (local: SocketName?, remote: SocketName?)]) -> Record
  {
    let step = steps[index]
    return Record([
      "n": .int(index + 1), "at": .duration(TimeSpan(nanoseconds: step.start - start)),
      "connection": .int(step.connection), "step": .string(step.kind.rawValue),
      "took": .duration(TimeSpan(nanoseconds: step.end - step.start)),
      "bytes": step.byteCount > 0 ? .int(step.byteCount) : .null,
      "detail": .string(step.sentence(to: ends[step.connection]?.remote)),
    ])
  }

  /// The kept bytes of a step under a heading; nil for a step that moved none.
  private func dump(_ step: Step, as form: Form, atMost limit: Int) -> String? {
    guard step.byteCount > 0 else { return nil }
    // A message of TLS says itself which way it went, and what it is.
    let message: Substring
    switch step.kind {
    case .handshake: message = step.detail.prefix { $0 != ":" }
    case .send, .seal: message = "→"
    default: message = "←"
    }
    var lines = ["\(step.kind.rawValue) \(step.byteCount) bytes \(message) connection \(step.connection)"]
    lines += Self.lines(Array(step.bytes.prefix(limit)), as: form)
    if step.bytes.count > limit {
      return (lines + ["… \(step.byteCount - limit) more bytes …"]).joined(separator: "\n")
    }
    let missing = step.byteCount - step.bytes.count - step.lastBytes.count
    if missing > 0 { lines.append("… \(missing) bytes are not kept (`wire keep all` keeps them) …") }
    if !step.lastBytes.isEmpty {
      lines += Self.lines(step.lastBytes, from: step.byteCount - step.lastBytes.count, as: form)
    }
    return lines.joined(separator: "\n")
  }

  private static func lines(_ bytes: [UInt8], from offset: Int = 0, as form: Form) -> [String] {
    guard form == .text else { return Hexdump(bytes, offset: offset).lines }
    let text = SafeText.escaping(bytes)
    return bytes.isEmpty ? [] : [text.hasSuffix("\n") ? String(text.dropLast()) : text]
  }
}

extension Step {
  /// What there is to say of it: whom it went to, what failed.
  /// - Parameter peer: whom the connection is with, where the step does not say.
  func sentence(to peer: SocketName? = nil) -> String {
    if let error { return error.layers.last.map(\.message) ?? "" }
    if !detail.isEmpty { return detail }
    switch kind {
    case .send: return (remote ?? peer).map { "to \($0)" } ?? ""
    case .recv: return byteCount == 0 ? "the end of the stream" : (remote ?? peer).map { "from \($0)" } ?? ""
    default: return remote.map { "\($0)" } ?? local.map { "\($0)" } ?? ""
    }
  }
}
