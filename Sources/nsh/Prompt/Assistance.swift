import CLibedit
import Commands
import Interpreter
import Terminal
import Wire

/// What the line editor knows beside keys: what may follow, what a command takes, and what was typed before.
final class Assistance {
  private let session: Session
  private let console: Console
  /// The lines of an unfinished statement above the one that is edited, with their newlines.
  var linesAbove = ""
  /// What Up and Down have put into the line, and what was there before; nil where the person typed last.
  private var recall: Recall?
  /// Where libedit's own search stands in the history.
  private var searchIndex = 0

  private struct Recall {
    let prefix: String
    let draft: String
    var index: Int
    var shown: String
  }

  init(_ session: Session, _ console: Console) {
    self.session = session
    self.console = console
  }

  // MARK: History

  /// Gives the statement before (or behind) the one that is shown which begins with what stands left of the cursor.
  func recalled(older: Bool, line: String, cursor: String) -> String? {
    let history = session.history
    var state =
      recall.flatMap { $0.shown == line ? $0 : nil }
      ?? Recall(prefix: cursor, draft: line, index: history.count, shown: line)
    var index = state.index
    while true {
      index += older ? -1 : 1
      if index >= history.count {
        guard !older, state.index < history.count else { return nil }
        recall = nil
        return state.draft
      }
      guard index >= 0, let text = history[index] else { return nil }
      guard text.hasPrefix(state.prefix), text != state.shown else { continue }
      state.index = index
      state.shown = text
      recall = state
      return text
    }
  }

  /// Answers libedit's search with the newest statement, or the next older or newer one; nil where there is none.
  func searched(_ operation: Int32) -> String? {
    let count = session.history.count
    switch operation {
    case H_FIRST: searchIndex = count - 1
    case H_LAST: searchIndex = 0
    case H_NEXT: searchIndex -= 1
    case H_PREV: searchIndex += 1
    case H_CURR: break
    default: return nil
    }
    return searchIndex >= 0 ? session.history[searchIndex] : nil
  }

  // MARK: What may follow

  func suggestions(before cursor: String) -> Suggestions {
    let text = linesAbove + cursor
    return complete(text, cursor: text.utf8.count, in: session.shellWorld)
  }

  func asksForHelp(before cursor: String) -> Bool {
    Interpreter.asksForHelp(linesAbove + cursor, in: session.completionWorld)
  }

  /// Gives a list of candidates that fits the window below some rows, each with its description.
  func list(_ candidates: [Candidate], below rows: Int = 0) -> StyledText {
    var text = console.text()
    let width = console.width
    let room = max(3, console.height - 3 - rows)
    let shown = candidates.prefix(candidates.count <= room ? room : room - 1)
    let names = shown.map { SafeText.escaping($0.text, .singleLine) }
    let column = min(names.map { DisplayWidth.of($0) }.max() ?? 0, max(10, width / 2))
    for (name, candidate) in zip(names, shown) {
      let name = DisplayWidth.cut(name, to: column)
      text.addSpaces(2)
      text.add(name, .key)
      let left = width - column - 5
      if !candidate.description.isEmpty, left > 8 {
        text.addSpaces(column - DisplayWidth.of(name) + 2)
        text.add(DisplayWidth.cut(SafeText.escaping(candidate.description, .singleLine), to: left), .faint)
      }
      text.endLine()
    }
    if candidates.count > shown.count {
      text.add("  … and \(candidates.count - shown.count) more", .faint)
      text.endLine()
    }
    return text
  }

  /// Gives what is known of the place: how its command is called, what it is for, and what the next argument is.
  func explanation(_ found: Suggestions) -> StyledText {
    var text = found.subject.map(explanation) ?? console.text()
    if let spec = found.parameter {
      let sentence = spec.sentence.isEmpty ? "" : ": " + spec.sentence
      add(spec.usage + sentence + " (\(spec.type.rawValue))", .hint, to: &text)
    }
    return text
  }

  private func explanation(of subject: Suggestions.Subject) -> StyledText {
    var text = console.text()
    add(subject.usage, .header, to: &text)
    if let sentence = subject.sentence.split(separator: "\n").first { add(String(sentence), nil, to: &text) }
    return text
  }

  private func add(_ line: String, _ role: Role?, to text: inout StyledText) {
    text.addSpaces(2)
    text.add(DisplayWidth.cut(SafeText.escaping(line, .singleLine), to: console.width - 3), role)
    text.endLine()
  }

  /// Gives the signature of the command that the cursor is in; nil if it is in none.
  func signature(_ line: String, cursor: String) -> StyledText? {
    let word = line.dropFirst(cursor.count).prefix { $0 != " " && $0 != "|" && $0 != "\n" }
    for before in [cursor + word + " ", cursor] {
      let found = suggestions(before: before)
      guard let subject = found.subject else { continue }
      var text = explanation(of: subject)
      let parameters = session.commands[subject.name]?.parameters ?? []
      let rows = parameters.map { Candidate($0.usage, $0.sentence) }
      text.add(list(rows))
      return text
    }
    return nil
  }
}
