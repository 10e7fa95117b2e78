import Interpreter
import Net
import Terminal

/// What the prompt says of where one is: the current connection and its state, what is open and runs, and the last status if it is not 0.
struct PromptLine {
  /// `www.example.com:80 connected`
  var connection: String?
  var connections = 0
  var jobs = 0
  var status: Int32 = 0

  static let name = "nsh> "

  /// Reads the state of a session.
  init(_ machine: Machine) {
    if let current = machine.currentConnection {
      let fields = current.fields
      let remote = fields["remote"].flatMap { try? PlainText.cell($0) }
      let state = fields["state"].flatMap { try? PlainText.cell($0) }
      connection = [remote, state].compactMap { $0 }.joined(separator: " ")
    }
    connections = machine.session.resources.count { $0.type == .connection }
    jobs = machine.session.jobs.count { $0.isRunning }
    status = machine.lastStatus
  }

  /// Gives the text; where it would leave too little of the window to type in, the connection's name goes.
  func text(window: Int, empty: StyledText) -> StyledText {
    var line = empty
    var parts: [(String, Role)] = []
    if connections > 1 || (connections == 1 && connection == nil) { parts.append(("\(connections) open", .faint)) }
    if jobs > 0 { parts.append((counted(jobs, "job"), .place)) }
    if status != 0 { parts.append(("?\(status)", .error)) }
    if let connection {
      let rest = parts.reduce(Self.name.count + 4) { $0 + $1.0.count + 2 }
      let room = window / 2 - rest
      if room >= 12 { parts.insert((DisplayWidth.cut(connection, to: room), .address), at: 0) }
    }
    guard !parts.isEmpty, window >= 20 else {
      line.add(Self.name)
      return line
    }
    line.add("(")
    for (index, (text, role)) in parts.enumerated() {
      if index > 0 { line.add(", ") }
      line.add(text, role)
    }
    line.add(") " + Self.name)
    return line
  }
}
