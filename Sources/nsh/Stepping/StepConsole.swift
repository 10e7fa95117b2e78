import Commands
import Diagnostics
import Glibc
import Interpreter
import Net
import Terminal
import Wire

/// The steps of a walk on the terminal: each is written with its bytes, and a key says what becomes of it.
final class StepConsole: StepFront {
  // Only the thread of the shell itself opens a prompt with it, which `thread` is compared for.
  nonisolated(unsafe) private let shell: Shell
  private let thread = UInt(pthread_self())
  private let console: Console
  private let session: Interrupt
  /// Edits lines, whoever holds; kept, since the end of a libedit drops what was typed ahead. One thread at a time asks here.
  nonisolated(unsafe) private var editor: LineEditor?
  /// Whether the terminal can clear a line.
  private let canErase = getenv("TERM").map { String(cString: $0) != "dumb" } ?? false

  init(_ shell: Shell) {
    self.shell = shell
    console = shell.console
    session = shell.session.interrupt
  }

  let canAsk = true

  // MARK: What is shown

  func show(_ announcement: Announcement) {
    var text = console.text(forErrors: true)
    let number = "\(announcement.number)"
    text.addSpaces(3 - number.count)
    text.add(number, .number)
    text.add(" ")
    text.add(announcement.layer, .key)
    text.addSpaces(5 - announcement.layer.count)
    let used = max(3, number.count) + 1 + max(5, announcement.layer.count)
    add(announcement.sentence, to: &text, indent: 9, used: used)
    for line in announcement.lines {
      text.addSpaces(9)
      text.add(cut(line, to: console.width - 10), .string)
      text.endLine()
    }
    console.report(text)
  }

  func show(outcome: [String]) {
    var text = console.text(forErrors: true)
    if let first = outcome.first {
      text.addSpaces(4)
      add(first, first.hasPrefix("✗") ? .error : .faint, to: &text, indent: 6, used: 4)
    }
    for line in outcome.dropFirst() {
      text.addSpaces(9)
      text.add(cut(line, to: console.width - 10), .string)
      text.endLine()
    }
    console.report(text)
  }

  /// Adds words, broken between them where the window ends.
  private func add(_ words: String, _ role: Role? = nil, to text: inout StyledText, indent: Int, used: Int) {
    var column = used
    for (index, word) in words.split(separator: " ").enumerated() {
      if index > 0, column + 1 + word.count > console.width - 1, column > indent {
        text.endLine()
        text.addSpaces(indent)
        column = indent
      } else if index > 0 {
        text.add(" ")
        column += 1
      }
      text.add(String(word), role)
      column += word.count
    }
    text.endLine()
  }

  private func showKeys() {
    var text = console.text(forErrors: true)
    for binding in StepKey.bindings {
      text.addSpaces(4)
      text.add(binding.names, .key)
      text.addSpaces(11 - binding.names.count)
      add(binding.sentence, to: &text, indent: 15, used: 15)
    }
    console.report(text)
  }

  private func cut(_ line: String, to columns: Int) -> String {
    line.count > max(columns, 8) ? String(line.prefix(max(columns, 8) - 1)) + "…" : line
  }

  // MARK: What is asked

  func order(for announcement: Announcement, _ interrupt: Interrupt) -> StepOrder {
    Signals.installStop()
    TerminalMode.remember()
    TerminalMode.beginKeys()
    defer { TerminalMode.endKeys() }
    var keys = StageKeys(interrupt: session, printed: [interrupt.descriptor], hasTerminal: true)
    while true {
      drawKeys(announcement)
      let event = keys.next(until: nil)
      eraseKeys()
      switch event {
      case .key(let key):
        guard let meaning = StepKey(key) else {
          show(outcome: ["no such key: ? shows those that there are"])
          continue
        }
        if let order = follow(meaning, announcement) { return order }
      case .continued: TerminalMode.beginKeys()
      case .resized, .silence: continue
      case .interrupted, .printed, .end: return .stop
      }
    }
  }

  /// Does what a key asks; nil if the step is still held.
  private func follow(_ key: StepKey, _ announcement: Announcement) -> StepOrder? {
    switch key {
    case .run: return .run
    case .skip: return .skip
    case .runOn: return .runOn
    case .stop: return .stop
    case .help:
      showKeys()
      return nil
    case .inside: return look(into: announcement)
    case .edit: return edit(announcement)
    case .breakAt:
      guard let text = line("break at (a number, dns, tcp, tls, http): ", "") else { return nil }
      guard let place = StepBreak(text) else {
        show(outcome: ["`\(text)` is neither a step's number nor dns, tcp, tls or http"])
        return nil
      }
      return .breakAt(place)
    }
  }

  private func drawKeys(_ announcement: Announcement) {
    var text = console.text(forErrors: true)
    text.addSpaces(4)
    text.add(StepKey.line(canEdit: announcement.bytes != nil, columns: console.width), .hint)
    if !canErase { text.endLine() }
    console.report(text)
  }

  private func eraseKeys() {
    guard canErase else { return }
    // CR, then EL of ECMA-48 §8.3.41.
    try? DescriptorWriter(2, name: "standard error").writeNow(Array("\r\u{1b}[K".utf8))
  }

  // MARK: Inside

  /// Opens a prompt in the session; a status with which it ends the shell stops the walk.
  private func look(into announcement: Announcement) -> StepOrder? {
    guard UInt(pthread_self()) == thread else {
      show(outcome: ["this step is of another thread, such as a job, whose variables are its own: no prompt opens"])
      return nil
    }
    TerminalMode.endKeys()
    // What is typed inside has deadlines of its own; who holds the step sets the clock back afterwards.
    DeadlineClock.letGo(from: DeadlineClock.now)
    let status = shell.machine.aside { frame in
      let place = frame.map { SafeText.escaping("inside `\($0.name)`", .singleLine) } ?? "inside"
      console.report(
        line: "\(place), before step \(announcement.number) is done: `resume` or Ctrl-D goes back to it")
      return Prompt(shell, in: frame).live()
    }
    _ = DeadlineClock.hold()
    try? console.flush()
    guard status == nil, Signals.ending == 0 else { return .stop }
    session.clear()
    TerminalMode.beginKeys()
    show(announcement)
    return nil
  }

  // MARK: Editing

  private static let longestEdit = 4_096

  private func edit(_ announcement: Announcement) -> StepOrder? {
    guard let bytes = announcement.bytes else {
      show(outcome: ["nothing is sent by this step, so there is nothing to edit"])
      return nil
    }
    guard bytes.count <= Self.longestEdit else {
      show(outcome: ["\(bytes.count) bytes are too many for a line: \(Self.longestEdit) can be edited"])
      return nil
    }
    var draft = EditableBytes.line(of: bytes)
    while let text = line("edit> ", draft) {
      do throws(EditableBytes.Fault) {
        let edited = try EditableBytes.bytes(of: text)
        show(outcome: ["\(edited.count) bytes instead of \(bytes.count)"])
        return .send(edited)
      } catch {
        show(outcome: ["\(error.message) (character \(error.place + 1))"])
        draft = text
      }
    }
    return nil
  }

  /// Lets a line be edited; nil if Ctrl-C or Ctrl-D gave it up.
  private func line(_ prompt: String, _ draft: String) -> String? {
    TerminalMode.endKeys()
    defer { TerminalMode.beginKeys() }
    if editor == nil {
      editor = LineEditor(
        interrupt: session, console: console, assistance: Assistance(shell.session, console), isPlain: true)
    }
    guard case .text(let text)? = editor?.read(prompt: PromptText(prompt), draft: draft) else {
      show(outcome: ["left as it was"])
      return nil
    }
    return text
  }
}
