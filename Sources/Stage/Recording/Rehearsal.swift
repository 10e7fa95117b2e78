import Diagnostics
import Interpreter
import Syntax
import Terminal

/// What the statements of a talk printed at a rehearsal, kept in a file beside the script for the day on which one of them fails.
public struct Rehearsal: Sendable {
  public struct Entry: Sendable, Equatable {
    /// The statement as it was written then.
    public let statement: String
    public let output: String
    public let succeeded: Bool
  }

  /// When it was, as people read it.
  public let date: String
  public let entries: [Entry]

  /// The columns for which a rehearsal lays its results out.
  public static let columns = 80

  /// Gives the name of the file beside a script.
  public static func path(for script: String) -> String { script + ".rehearsal" }

  /// Takes down what came of the statements that were run.
  public init(_ performance: Performance, date: String) {
    self.date = date
    entries = zip(performance.talk.statements, performance.results).compactMap { statement, result in
      guard result.state == .done || result.state == .failed else { return nil }
      var text = StyledText(hasColor: false)
      result.add(to: &text, columns: Self.columns)
      return Entry(
        statement: statement.text, output: String(decoding: text.bytes, as: UTF8.self),
        succeeded: result.state == .done)
    }
  }

  /// Gives what a statement gave when it succeeded: found by its text, of several equal ones the one of the same number.
  public func entry(for number: Int, in talk: Talk) -> Entry? {
    guard talk.statements.indices.contains(number) else { return nil }
    let text = talk.statements[number].text
    let same = entries.filter { $0.statement == text }
    let place = talk.statements[..<number].count { $0.text == text }
    return (same.indices.contains(place) ? same[place] : same.last).flatMap { $0.succeeded ? $0 : nil }
  }

  // MARK: As JSON

  public func json() throws -> [UInt8] {
    var text = JSONText(indent: 2)
    let entries = entries.map { entry in
      Value.record(
        Record([
          "statement": .string(entry.statement), "output": .string(entry.output), "succeeded": .bool(entry.succeeded),
        ]))
    }
    try text.write(
      .record(Record(["rehearsal": .int(1), "date": .string(date), "statements": .list(List(entries))])))
    return text.bytes + [0x0A]
  }

  /// Reads what `json` wrote, as a value; nil if it is something else.
  public init?(_ value: Value) {
    guard case .record(let record) = value, case .int(1)? = record["rehearsal"],
      case .string(let date)? = record["date"], case .list(let list)? = record["statements"]
    else { return nil }
    self.date = date
    var entries: [Entry] = []
    for case .record(let row) in list {
      guard case .string(let statement)? = row["statement"], case .string(let output)? = row["output"],
        case .bool(let succeeded)? = row["succeeded"]
      else { return nil }
      entries.append(Entry(statement: statement, output: output, succeeded: succeeded))
    }
    self.entries = entries
  }
}
