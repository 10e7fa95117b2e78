import Glibc
import System

/// A window of tmux(1) with nsh in it: a terminal that others wrote, whose screen can be read.
final class Screen {
  private let folder: Folder
  private var socket: String { folder.path + "/tmux" }

  init(
    columns: Int = 80, rows: Int = 24, environment: [String] = [], arguments: String = "--no-config"
  ) throws {
    folder = try Folder()
    let own = Child.environment.filter { !$0.hasPrefix("TERM=") && !$0.hasPrefix("XDG_STATE_HOME=") }
    let variables = (own + ["XDG_STATE_HOME=\(folder.path)"] + environment).map { "'\($0)'" }.joined(separator: " ")
    try folder.write("conf", "set -g status off\nset -g escape-time 0\n")
    _ = try tmux(
      "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "exec env \(variables) \(Child.binary) \(arguments)")
    resize(columns: columns, rows: rows)
  }

  deinit { _ = try? tmux("kill-server") }

  private func tmux(_ words: String...) throws -> String {
    try Run(words: ["tmux", "-u", "-S", socket, "-f", folder.path + "/conf"] + words).output
  }

  func type(_ text: String) {
    for byte in text.utf8 { _ = try? tmux("send-keys", "-H", String(byte, radix: 16)) }
  }

  /// Types text that arrives at once.
  func send(_ text: String) {
    let file = folder.path + "/keys"
    guard (try? folder.write("keys", text)) != nil else { return }
    _ = try? tmux("load-buffer", file)
    _ = try? tmux("paste-buffer", "-r", "-d")
  }

  func resize(columns: Int, rows: Int = 24) {
    _ = try? tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  /// The rows of the screen without the empty ones at the end.
  var rows: [String] {
    let text = (try? tmux("capture-pane", "-p")) ?? ""
    var rows = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while rows.last?.isEmpty == true { rows.removeLast() }
    return rows
  }

  /// The column of the cursor, from 0.
  var column: Int? {
    Int(((try? tmux("display-message", "-p", "#{cursor_x}")) ?? "").filter(\.isNumber))
  }

  /// Waits until the last rows are these, and the cursor stands in a column.
  func shows(_ last: String..., cursor: Int? = nil) -> Bool {
    for _ in 0..<100 {
      let rows = rows.suffix(last.count)
      // By scalars: what is equal only canonically is not what was typed.
      if zip(rows, last).allSatisfy({ $0.unicodeScalars.elementsEqual($1.unicodeScalars) }), rows.count == last.count,
        cursor == nil || column == cursor
      {
        return true
      }
      usleep(50_000)
    }
    return false
  }
}
