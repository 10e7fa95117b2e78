import Interpreter
import Syntax
import Terminal

/// A talk after it was run, to be written as a page: what was told, what was typed, what came, and what went over the wire.
public struct Page: Sendable {
  public let talk: Talk
  public let results: [StatementResult]
  /// For each statement what it did on the wire; nil for one that did nothing there.
  public let wires: [WirePart?]
  /// When it was run and by what: the last line of the page.
  public let colophon: String

  public init(talk: Talk, results: [StatementResult], wires: [WirePart?], colophon: String) {
    self.talk = talk
    self.results = results
    self.wires = wires
    self.colophon = colophon
  }

  /// The columns for which text is laid out that is no table.
  public static let columns = 96
}

/// What a statement did on the wire.
public struct WirePart: Sendable {
  /// `12 steps, 71 bytes sent, 1,024 received`
  public let summary: String
  /// Rows as those of `wire`.
  public let steps: [Record]
  /// The bytes of the steps that moved some, each with a heading line, as `wire --hex` shows them.
  public let dump: String

  public init(summary: String, steps: [Record], dump: String) {
    self.summary = summary
    self.steps = steps
    self.dump = dump
  }
}

extension Printed {
  /// The text without colours, as a terminal of some width would show it.
  func plain(columns: Int) -> String {
    var text = StyledText(hasColor: false)
    add(to: &text, columns: columns)
    return String(decoding: text.bytes, as: UTF8.self)
  }
}

extension StatementResult {
  /// What a page says of a statement that did not simply run.
  var remark: String? {
    switch state {
    case .waiting, .running: "not run"
    case .skipped: "skipped"
    case .rehearsed(let date): "from the rehearsal of \(date)"
    case .failed: "failed, status \(status)"
    case .done: nil
    }
  }
}
