import CLibedit
import CSystem
import Glibc
import Net

/// libedit's line editing on a terminal: one line at a time, with a history in memory.
final class LineEditor {
  enum Line {
    case text(String)
    /// Ctrl-C: what was typed is dropped.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal went away.
    case end
  }

  private let editor: OpaquePointer
  private let history: OpaquePointer
  private let interrupt: Interrupt
  /// The prompt as C text, which libedit asks for while it draws.
  private let promptText = UnsafeMutablePointer<CChar>.allocate(capacity: LineEditor.promptCapacity)

  private static let promptCapacity = 256
  private static let historySize: Int32 = 10_000

  /// Makes an editor that reads standard input; nil if libedit cannot.
  init?(interrupt: Interrupt) {
    Self.chooseCharacters()
    let output = isatty(1) == 1 ? nsh_stdout() : nsh_stderr()
    guard let editor = el_init("nsh", nsh_stdin(), output, nsh_stderr()), let history = history_init() else {
      return nil
    }
    self.editor = editor
    self.history = history
    self.interrupt = interrupt
    promptText.initialize(repeating: 0, count: Self.promptCapacity)
    _ = nsh_el_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
    _ = nsh_el_set_prompt(editor) { LineEditor.of($0)?.promptText }
    _ = nsh_el_set_read(editor) { LineEditor.of($0)?.readCharacter($1) ?? -1 }
    _ = nsh_history_size(history, Self.historySize)
    _ = nsh_history_unique(history)
    _ = nsh_el_set_history(editor, history)
    _ = nsh_el_set_editor(editor, "emacs")
    _ = nsh_el_bind(editor, "^R", "em-inc-search-prev")
    _ = el_source(editor, nil)
  }

  deinit {
    el_end(editor)
    history_end(history)
    promptText.deallocate()
  }

  /// Takes the user's locale for what a character is, or any with UTF-8 if that one has none.
  private static func chooseCharacters() {
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
  }

  private static func of(_ editor: OpaquePointer?) -> LineEditor? {
    nsh_el_client(editor).map { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Reads one line, without its newline.
  func read(prompt: String) -> Line {
    for (index, byte) in (Array(prompt.utf8.prefix(Self.promptCapacity - 1)) + [0]).enumerated() {
      promptText[index] = CChar(bitPattern: byte)
    }
    var count: Int32 = 0
    guard let line = el_gets(editor, &count), count > 0 else {
      guard interrupt.isRaised, Signals.ending == 0 else { return .end }
      interrupt.clear()
      return .interrupted
    }
    let bytes = UnsafeRawBufferPointer(start: line, count: Int(count))
    return .text(String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self))
  }

  /// Keeps a text in the history.
  func remember(_ text: String) { _ = nsh_history_enter(history, text) }

  // MARK: Reading keys

  /// Waits for a key, the interrupt or a change of the screen, and gives libedit one character; 1, 0 at the end, or -1.
  private func readCharacter(_ character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    while true {
      var waits = [
        pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
        pollfd(fd: interrupt.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      poll(&waits, 2, -1)
      if interrupt.isRaised { return -1 }
      if Signals.takeScreenChange() { redraw() }
      guard waits[0].revents != 0 else { continue }
      guard let scalar = readScalar() else { return 0 }
      character?.pointee = wchar_t(scalar.value)
      return 1
    }
  }

  /// After SIGCONT and SIGWINCH the terminal's mode and size are not what libedit thinks.
  private func redraw() {
    _ = nsh_el_prepare(editor, 1)
    el_resize(editor)
    _ = nsh_el_refresh(editor)
  }

  /// Reads the bytes of one UTF-8 character, U+FFFD for what is none; nil at the end of the input.
  private func readScalar() -> Unicode.Scalar? {
    guard let first = readByte() else { return nil }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    var bytes = [first]
    while bytes.count < length, let next = readByte() { bytes.append(next) }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.first
  }

  private func readByte() -> UInt8? {
    var byte: UInt8 = 0
    while true {
      let count = Glibc.read(0, &byte, 1)
      if count == 1 { return byte }
      guard count < 0, errno == EINTR || errno == EAGAIN, Signals.ending == 0 else { return nil }
      var wait = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      poll(&wait, 1, -1)
    }
  }
}
