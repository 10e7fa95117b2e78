import Diagnostics
import Interpreter
import Stage
import Syntax
import Terminal

/// Reads a script as a talk.
func talk(_ text: String, name: String = "talk.nsh") -> Talk {
  let source = Source(name: name, text: text)
  return Talk(Syntax.parse(source, literals: Literals()).block, of: source)
}

extension Frame {
  /// The rows as text, without the empty ones at the end of the slide.
  var text: [String] { rows.map { String(decoding: StyledRows.plain($0), as: UTF8.self) } }
}

extension StatementResult {
  init(_ state: State, _ printed: [Printed] = []) {
    self.init()
    self.state = state
    self.printed = printed
  }
}
