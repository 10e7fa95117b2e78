import Interpreter
import Net
import System

let history = Command(
  "history", "Gives the statements that were typed at the prompt, the last ones last; secrets are left out of them.",
  Parameter<Int?>.optional("count", "how many of the last ones (default 1000)"), gives: .table,
  examples: [Example("history | type", "list"), Example("history 10")]
) { machine, count in
  guard count ?? 0 >= 0 else {
    throw ValueError("bad-count", "\(count ?? 0) statements cannot be given", layer: .command)
  }
  let history = machine.session.history
  let end = history.count
  return try rows(history, max(0, end - min(end, count ?? 1000))..<end, machine) { _ in true }
}

let historySearch = Command(
  "history search", "Gives the statements of the history that hold a text; small and capital letters are the same.",
  Parameter<String>.required("text", "what to look for"), gives: .table,
  examples: [Example("history search 'tcp connect'")]
) { machine, text in
  let history = machine.session.history
  let wanted = text.lowercased()
  return try rows(history, 0..<history.count, machine) { $0.lowercased().contains(wanted) }
}

let historySave = Command(
  "history save", "Writes the statements of this session to a file as a script; those that failed become comments.",
  Parameter<String>.required("path", "the file"), gives: .null,
  examples: [Example("history save /tmp/nsh-example-lesson.nsh")]
) { machine, path in
  let file = try NewFile(machine.path(path))
  try file.write(Array(script(of: machine.session.history.session).utf8))
  try file.finish()
  return .null
}

private func rows(
  _ history: History, _ range: Range<Int>, _ machine: Machine, where fits: (String) -> Bool
) throws -> Value {
  var rows: [Value] = []
  for index in range {
    if index & 0xFF == 0 { try machine.checkpoint() }
    guard let text = history[index], fits(text) else { continue }
    rows.append(.record(Record(["number": .int(index + 1), "statement": .string(text)])))
  }
  return .list(rows)
}

/// Gives a script of what was done; what failed, and what lost a secret, stands in it as a comment.
private func script(of entries: [History.Entry]) -> String {
  var text = ""
  for entry in entries {
    guard let status = entry.status else { continue }  // it is the statement that saves
    guard status == 0, !entry.isCensored else {
      text += entry.isCensored ? "# has a secret that is not kept:\n" : "# ended with status \(status):\n"
      for line in entry.text.split(separator: "\n", omittingEmptySubsequences: false) { text += "# \(line)\n" }
      continue
    }
    text += entry.text + "\n"
  }
  return text
}
