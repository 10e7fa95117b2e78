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
  /// Whatever is not ASCII passes it on its way into libedit's line and out.
  let standIns: StandIns
  private let output: EditorOutput
  /// Whether libedit has drawn the line.
  private var isDrawn = false
  /// What the join key brings.
  private var joining = ""
  private var prompt = PromptText("")
  private var refreshed: (() -> PromptText)?
  /// The prompt as C text, which libedit asks for while it draws.
  private let promptText = CText()
  private let searchText = CText()

  /// Whether it edits any text, of which the shell knows nothing: Tab and `?` are keys like others, and there is no history.
  private let isPlain: Bool

  /// Makes an editor that reads standard input; nil if libedit cannot.
  init?(interrupt: Interrupt, console: Console, assistance: Assistance, isPlain: Bool = false) {
    self.isPlain = isPlain
    Self.chooseCharacters()
    TerminalMode.remember()
    let standIns = StandIns()
    guard let output = EditorOutput(isatty(1) == 1 ? 1 : 2, standIns),
      let editor = el_init_fd("nsh", nsh_stdin(), output.stream, nsh_stderr(), 0, output.descriptor, 2)
    else { return nil }
    self.editor = editor
    self.standIns = standIns
    self.output = output
    self.assistance = assistance
    self.interrupt = interrupt
    self.console = console
    _ = nsh_el_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
    _ = nsh_el_set_prompt(editor) { LineEditor.of($0)?.promptText.pointer }
    _ = nsh_el_set_read(editor) { LineEditor.of($0)?.readCharacter($1) ?? -1 }
    _ = nsh_el_add_function(editor, "nsh-paste", "insert what the terminal marked as pasted") { editor, _ in
      UInt8(clamping: LineEditor.of(editor)?.paste() ?? CC_ERROR)
    }
    _ = nsh_el_add_function(editor, "nsh-join", "join what was typed to the character before it") { editor, _ in
      UInt8(clamping: LineEditor.of(editor)?.join() ?? CC_ERROR)
    }
    if !isPlain { addAssistance() }
    bindKeys()
    standIns.measure = { [unowned self] in widths(of: $0) }
  }

  deinit {
    el_end(editor)
    historySource.deallocate()
  }

  /// Binds our keys, and then what the person's ~/.editrc says.
  private func bindKeys() {
    _ = nsh_el_set_editor(editor, "emacs")
    _ = nsh_el_bind(editor, "^R", "em-inc-search-prev")
    if !isPlain { bindAssistance() }
    _ = el_source(editor, nil)
    // Choosing vi there has replaced all bindings.
    if nsh_el_is_vi(editor) != 0 {
      keys.isForVi = true
      if !isPlain { bindAssistance() }
      _ = nsh_el_bind(editor, "^R", "em-inc-search-prev")
      _ = nsh_el_bind_command(editor, "^R", "em-inc-search-prev")
      _ = nsh_el_bind_command(editor, Self.pasteKey, "nsh-paste")
    }
    _ = nsh_el_bind(editor, Self.pasteKey, "nsh-paste")
    _ = nsh_el_bind(editor, Self.joinKey, "nsh-join")
  }

  /// `KeyInput.pasteKey` and `joinKey` as editrc(5) writes them.
  private static let (pasteKey, joinKey) = ("\\236", "\\223")

  /// Takes the user's locale for what a character is, or any with UTF-8 if that one has none.
  private static func chooseCharacters() {
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
  }

  static func of(_ editor: OpaquePointer?) -> LineEditor? {
    nsh_el_client(editor).map { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Reads one line, without its newline; `refreshed` gives the prompt anew when a job has changed what it says, and a draft of
  /// ASCII stands in the line from the beginning, as if it had been typed.
  func read(prompt: PromptText, draft: String = "", refreshed: (() -> PromptText)? = nil) -> Line {
    self.refreshed = refreshed
    if !draft.isEmpty { el_push(editor, draft) }
    // libedit itself shows the prompt first, and a control key typed in between would be lost.
    _ = nsh_el_prepare(editor, 1)
    show(prompt)
    Self.write(prompt.above)
    TerminalMode.beginEditing()
    console.held.begin()
    isDrawn = true
    defer {
      isDrawn = false
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
    return .text(standIns.decode(bytes.last == 0x0A ? bytes.dropLast() : bytes[...]))
  }

  private func show(_ prompt: PromptText) {
    self.prompt = prompt
    promptText.set(standIns.encode(String(decoding: prompt.marked, as: UTF8.self)))
  }

  /// Answers libedit's search of the history.
  func searched(_ operation: Int32) -> UnsafePointer<CChar>? {
    guard let text = assistance.searched(operation) else { return nil }
    searchText.set(standIns.encode(text))
    return UnsafePointer(searchText.pointer)
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
      guard let cell = keys.cell(standIns.cells) else { return 0 }
      let scalar = key(for: cell)
      character?.pointee = wchar_t(bitPattern: scalar)
      return 1
    }
  }

  /// Gives what libedit is to edit or to do for what was typed.
  private func key(for cell: String) -> UInt32 {
    let isSearching = isSearching
    if let first = cell.unicodeScalars.first, first.value > 0xFF, isSearching { standIns.search(for: first) }
    let encoded = standIns.encode(cell).unicodeScalars
    guard let first = cell.unicodeScalars.first, let standIn = encoded.first else { return 0xFFFD }
    // What is searched for is libedit's own: nothing can be joined to its end, and any other key would end the search.
    guard !isSearching, encoded.count > 1 || joinsCursor(first) else { return standIn.value }
    joining = cell
    return KeyInput.joinKey
  }

  /// Whether libedit's incremental search goes on, which it shows on a line of its own, `bck:` or `fwd?` and what is searched for.
  private var isSearching: Bool {
    guard let line = el_line(editor)?.pointee else { return false }
    let bytes = UnsafeRawBufferPointer(start: line.buffer, count: max(0, line.lastchar - line.buffer))
    guard let newline = bytes.lastIndex(of: 0x0A) else { return false }
    let words = ["bck:", "bck?", "fwd:", "fwd?"]
    return words.contains { bytes[(newline + 1)...].starts(with: $0.utf8) }
  }

  private func joinsCursor(_ scalar: Unicode.Scalar) -> Bool {
    standIns.cells.mayJoin(scalar) && standIns.cells.joins(cellBeforeCursor, scalar)
  }

  private var cellBeforeCursor: String {
    guard let line = el_line(editor)?.pointee, line.cursor > line.buffer else { return "" }
    let bytes = UnsafeRawBufferPointer(start: line.buffer, count: line.cursor - line.buffer)
    let start = bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
    return standIns.decode(bytes[start...])
  }

  private func join() -> Int32 { insert(joining) }

  /// Inserts text at the cursor; what joins the character before it becomes one with that.
  func insert(_ text: String) -> Int32 {
    var text = text
    if let first = text.unicodeScalars.first, joinsCursor(first) {
      text = cellBeforeCursor + text
      el_deletestr(editor, 1)
    }
    return el_insertstr(editor, standIns.encode(text)) == 0 ? CC_REFRESH : CC_ERROR
  }

  /// Inserts what was pasted, all of it at once.
  private func paste() -> Int32 {
    switch keys.paste(isInterrupted: { interrupt.isRaised }) {
    case .text(let text): return insert(text)
    case .tooLong: return CC_ERROR
    // The next key that libedit asks for brings the interrupt, or the end.
    case .interrupted, .end: return CC_NORM
    }
  }

  // MARK: The screen

  /// Lets the terminal draw texts and tell how wide they came out, where the prompt stands; then the line is drawn anew.
  private func widths(of texts: [String]) -> [Int] {
    guard getenv("TERM").map({ String(cString: $0) }) != "dumb" else { return [] }
    // DSR of ECMA-48 §8.3.35 asks for the cursor's place.
    Self.write(Array(texts.map { "\r\u{1b}[K\($0)\u{1b}[6n" }.joined().utf8))
    let columns = keys.reportedColumns(texts.count)
    if isDrawn { redraw() } else { Self.write(Array("\r\u{1b}[K".utf8)) }
    return columns.map { $0 - 1 }
  }

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
    rows.add(standIns.encode(prompt.visible))
    let length = (toEnd ? line.lastchar : line.cursor) - line.buffer
    rows.add(String(decoding: UnsafeRawBufferPointer(start: line.buffer, count: max(0, length)), as: UTF8.self))
    return rows.row
  }

  private static func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    try? DescriptorWriter(isatty(1) == 1 ? 1 : 2, name: "the terminal").writeNow(bytes)
  }
}
