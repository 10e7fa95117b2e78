import Diagnostics
import Interpreter

/// Output as lines of JSON: each printed value one text, and of a stream each item.
public final class JSONOutput: Output {
  private let console: Console

  public init(_ console: Console) { self.console = console }

  public func print(_ value: Value) throws {
    switch value {
    case .null: return
    case .stream(let stream) where !stream.isBytes:
      while let item = try stream.next() { try write(item) }
    default: try write(value)
    }
  }

  private func write(_ value: Value) throws { try console.print(raw: JSONText.line(value) + [UInt8(ascii: "\n")]) }

  public var letsProgramsWrite: Bool { false }

  public func flush() throws { try console.flush() }

  public func note(_ text: String) { console.report(line: text) }

  public func report(_ failure: Failure) { console.report(Report(failure)) }

  public func ask(_ text: String) { console.ask(text) }

  public func show(_ transfer: Transfer?) { console.show(transfer) }
}
