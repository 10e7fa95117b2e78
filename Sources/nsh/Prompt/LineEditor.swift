import CLibedit
import CSystem
import Glibc
import Net
import Terminal

/// libedit's line editing on a terminal: one line at a time.
final class LineEditor {
  enum Line {
    case text(String)
    /// Ctrl-C: what was typed is dropped.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal went away.
    case end
  }

  let editor: OpaquePointer
  let assistance: Assistance
  /// Through what libedit searches the history.
  let historySource = UnsafeMutablePointer<nsh_history_source>.allocate(capacity: 1)
  private let interrupt: Interrupt
  private let console: Console
  private let keys = KeyInput()
  private var prompt = PromptText("")
  private var refreshed: (() -> PromptText)?
  /// The prompt as C text, which libedit asks for while it draws.
  private var promptText = UnsafeMutablePointer<CChar>.allocate(capacity: 1)

  /// Makes an editor that reads standard input; nil if libedit cannot.
  init?(interrupt: Interrupt, console: Console, assistance: Assistance) {
    Self.chooseCharacters()
    TerminalMode.remember()
    let output = isatty(1) == 1 ? nsh_stdout() : nsh_stderr()
    guard let editor = el_init("nsh", nsh_stdin(), output, nsh_stderr()) else { return nil }
    self.editor = editor
    self.assistance = assistance
    self.interrupt = interrupt
    self.console = console
    promptText.pointee = 0
    _ = nsh_el_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
    _ = nsh_el_set_prompt(editor) { LineEditor.of($0)?.promptText }
    _ = nsh_el_set_read(editor) { LineEditor.of($0)?.readCharacter($1) ?? -1 }
    _ = nsh_el_add_function(editor, "nsh-paste", "insert what the terminal marked as pasted") { editor, _ in
      UInt8(clamping: LineEditor.of(editor)?.paste() ?? CC_ERROR)
    }
    addAssistance()
    bindKeys()
  }

  deinit {
    el_end(editor)
    historySource.deallocate()
    promptText.deallocate()
  }

  /// Binds our keys, and then what the person's ~/.editrc says.
  private func bindKeys() {
    _ = nsh_el_set_editor(editor, "emacs")
    _ = nsh_el_bind(editor, "^R", "em-inc-search-prev")
    bindAssistance()
    _ = el_source(editor, nil)
    // Choosing vi there has replaced all bindings.
    if nsh_el_is_vi(editor) != 0 {
      keys.isForVi = true
      bindAssistance()
      _ = nsh_el_bind(editor, "^R", "em-inc-search-prev")
      _ = nsh_el_bind_command(editor, "^R", "em-inc-search-prev")
      _ = nsh_el_bind_command(editor, Self.pasteKey, "nsh-paste")
    }
    _ = nsh_el_bind(editor, Self.pasteKey, "nsh-paste")
  }

  /// `KeyInput.pasteKey` as editrc(5) writes it.
  private static let pasteKey = "\\236"

  /// Takes the user's locale for what a character is, or any with UTF-8 if that one has none.
  private static func chooseCharacters() {
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
  }

  static func of(_ editor: OpaquePointer?) -> LineEditor? {
    nsh_el_client(editor).map { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Reads one line, without its newline; `refreshed` gives the prompt anew when a job has changed what it says.
  func read(prompt: PromptText, refreshed: (() -> PromptText)? = nil) -> Line {
    self.refreshed = refreshed
    show(prompt)
    Self.write(prompt.above)
    // libedit itself shows the prompt first, and a control key typed in between would be lost.
    _ = nsh_el_prepare(editor, 1)
    TerminalMode.beginEditing()
    console.held.begin()
    defer {
      TerminalMode.endEditing()
      Self.write(console.held.end())
    }
    var count: Int32 = 0
    guard let line = el_gets(editor, &count), count > 0 else {
      guard interrupt.isRaised, Signals.ending == 0 else { return .end }
      // What is printed next comes below all rows of the line.
      Self.write(Array(repeating: 0x0A, count: max(0, rows(toEnd: true) - rows(toEnd: false))))
      interrupt.clear()
      return .interrupted
    }
    let bytes = UnsafeRawBufferPointer(start: line, count: Int(count))
    return .text(String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self))
  }

  private func show(_ prompt: PromptText) {
    self.prompt = prompt
    promptText.deallocate()
    let bytes = prompt.marked
    promptText = .allocate(capacity: bytes.count + 1)
    for (index, byte) in bytes.enumerated() { promptText[index] = CChar(bitPattern: byte) }
    promptText[bytes.count] = 0
  }

  /// Writes text below all rows of the line that is edited.
  func write(below text: StyledText) {
    let newlines = max(0, rows(toEnd: true) - rows(toEnd: false)) + 1
    Self.write([0x0D] + Array(repeating: 0x0A, count: newlines) + text.bytes)
  }

  // MARK: Reading keys

  /// Waits for a key, the interrupt, a change of the screen or a job's output, and gives libedit one character; 1, 0 at the end, or -1.
  private func readCharacter(_ character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    while true {
      let screen = Signals.screen
      var waits = [0, interrupt.descriptor, screen.descriptor, console.held.descriptor].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      if !keys.hasPending { poll(&waits, 4, -1) }
      if interrupt.isRaised { return -1 }
      switch Signals.takeScreenChange() {
      case .none: break
      case .continued: redrawAfterStop()
      case .resized: redraw()
      }
      if waits[3].revents != 0 { redraw(under: console.held.take()) }
      guard keys.hasPending || waits[0].revents != 0 else { continue }
      guard let scalar = keys.character() else { return 0 }
      character?.pointee = wchar_t(bitPattern: scalar)
      return 1
    }
  }

  /// Inserts what was pasted, all of it at once.
  private func paste() -> Int32 {
    switch keys.paste(isInterrupted: { interrupt.isRaised }) {
    case .text(let text): return el_insertstr(editor, text) == 0 ? CC_REFRESH : CC_ERROR
    case .tooLong: return CC_ERROR
    // The next key that libedit asks for brings the interrupt, or the end.
    case .interrupted, .end: return CC_NORM
    }
  }

  // MARK: The screen

  /// Draws the line anew below some text that takes its place; also where the window has another size now.
  private func redraw(under text: [UInt8] = []) {
    if text.isEmpty { el_resize(editor) }
    let up = rows(toEnd: false)
    // CUU and ED of ECMA-48: to the prompt's row, and everything from there on is cleared.
    Self.write(Array(((up > 0 ? "\u{1b}[\(up)A" : "") + "\r\u{1b}[J").utf8) + text)
    if !text.isEmpty, let refreshed { show(refreshed()) }
    _ = nsh_el_refresh(editor)
  }

  /// After SIGCONT the terminal has the mode that somebody else left, and their text above.
  private func redrawAfterStop() {
    _ = nsh_el_prepare(editor, 0)
    _ = nsh_el_prepare(editor, 1)
    TerminalMode.beginEditing()
    el_resize(editor)
    Self.write([0x0D])
    _ = nsh_el_refresh(editor)
  }

  /// Counts the rows from the prompt to the cursor, or to the end of the text.
  private func rows(toEnd: Bool) -> Int {
    guard let line = el_line(editor)?.pointee else { return 0 }
    var rows = ScreenRows(columns: console.width)
    rows.add(prompt.visible)
    let length = (toEnd ? line.lastchar : line.cursor) - line.buffer
    rows.add(String(decoding: UnsafeRawBufferPointer(start: line.buffer, count: max(0, length)), as: UTF8.self))
    return rows.row
  }

  private static func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    try? DescriptorWriter(isatty(1) == 1 ? 1 : 2, name: "the terminal").writeNow(bytes)
  }
}
