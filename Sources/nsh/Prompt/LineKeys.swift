import CLibedit
import Glibc
import Terminal

/// The keys that the shell adds to libedit: Tab, `?`, Meta-h, F1, and Up and Down by prefix.
extension LineEditor {
  /// Makes the functions known that `bindAssistance` binds, and lets Ctrl-R search the shell's own history.
  func addAssistance() {
    _ = nsh_el_add_function(editor, "nsh-complete", "complete the word") { editor, _ in
      UInt8(clamping: LineEditor.of(editor)?.completeWord() ?? CC_ERROR)
    }
    _ = nsh_el_add_function(editor, "nsh-help", "show what can follow, or insert `?`") { editor, _ in
      UInt8(clamping: LineEditor.of(editor)?.showHelp() ?? CC_ERROR)
    }
    _ = nsh_el_add_function(editor, "nsh-signature", "show the signature of the command") { editor, _ in
      UInt8(clamping: LineEditor.of(editor)?.showSignature() ?? CC_ERROR)
    }
    _ = nsh_el_add_function(editor, "nsh-older", "recall the statement before that begins alike") { editor, _ in
      UInt8(clamping: LineEditor.of(editor)?.recall(older: true) ?? CC_ERROR)
    }
    _ = nsh_el_add_function(editor, "nsh-newer", "recall the next statement that begins alike") { editor, _ in
      UInt8(clamping: LineEditor.of(editor)?.recall(older: false) ?? CC_ERROR)
    }
    historySource.pointee = nsh_history_source(client: Unmanaged.passUnretained(self).toOpaque()) { client, operation in
      client.flatMap { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue().searched(operation) }
    }
    _ = nsh_el_set_history_source(editor, historySource)
  }

  func bindAssistance() {
    let isVi = nsh_el_is_vi(editor) != 0
    let keys = [("^I", "nsh-complete"), ("?", "nsh-help"), ("^P", "nsh-older"), ("^N", "nsh-newer")]
    for (key, function) in keys + (isVi ? Self.viKeys : Self.escapeKeys) { _ = nsh_el_bind(editor, key, function) }
    guard isVi else { return }
    for (key, function) in Self.viKeys + [("k", "nsh-older"), ("j", "nsh-newer")] {
      _ = nsh_el_bind_command(editor, key, function)
    }
  }

  private static let escapeKeys = [
    ("\\eh", "nsh-signature"), ("\\eOP", "nsh-signature"), ("\\e[11~", "nsh-signature"), ("\\e[A", "nsh-older"),
    ("\\eOA", "nsh-older"), ("\\e[B", "nsh-newer"), ("\\eOB", "nsh-newer"),
  ]
  /// In vi's mode Escape is a key of its own, so that no sequence may begin with it: these are the keys of `KeyInput`, in octal.
  private static let viKeys = [("\\220", "nsh-older"), ("\\221", "nsh-newer"), ("\\222", "nsh-signature")]

  // MARK: What the keys do

  /// Inserts what all candidates share, or lists them.
  private func completeWord() -> Int32 {
    let (_, before) = text
    let found = assistance.suggestions(before: before)
    guard let first = found.candidates.first, let shared = found.commonPrefix else {
      guard found.subject != nil else { return CC_REFRESH_BEEP }
      return show(assistance.explanation(found))
    }
    let above = assistance.linesAbove.utf8.count
    let word = String(decoding: Array(before.utf8)[max(0, found.range.lowerBound - above)...], as: UTF8.self)
    let isOnly = found.candidates.count == 1
    let text = isOnly ? first.text + first.ending : shared
    guard isOnly || text.utf8.count > word.utf8.count else { return show(assistance.list(found.candidates)) }
    el_deletestr(editor, Int32(clamping: standIns.encode(word).unicodeScalars.count))
    return insert(text)
  }

  private func showHelp() -> Int32 {
    let (_, before) = text
    guard assistance.asksForHelp(before: before) else {
      return insert("?")
    }
    let found = assistance.suggestions(before: before)
    var shown = assistance.explanation(found)
    shown.add(assistance.list(found.candidates, below: shown.bytes.count { $0 == 0x0A }))
    return shown.isEmpty ? CC_REFRESH_BEEP : show(shown)
  }

  private func showSignature() -> Int32 {
    let (whole, before) = text
    return assistance.signature(whole, cursor: before).map(show) ?? CC_REFRESH_BEEP
  }

  private func recall(older: Bool) -> Int32 {
    let (whole, before) = text
    if let step = stepOverLine(up: older, standIns.encode(whole), before: standIns.encode(before)) {
      _ = el_cursor(editor, Int32(clamping: step))
      return CC_REFRESH
    }
    guard let found = assistance.recalled(older: older, line: whole, cursor: before) else { return CC_REFRESH_BEEP }
    let encoded = standIns.encode(found)
    guard el_replacestr(editor, encoded) == 0 else { return CC_ERROR }
    _ = el_cursor(editor, Int32(clamping: encoded.unicodeScalars.count))
    return CC_REFRESH
  }

  /// How far the cursor goes to stand in the line above or below of a block of several; nil where there is none.
  private func stepOverLine(up: Bool, _ whole: String, before: String) -> Int? {
    let left = before.unicodeScalars
    let column = left.reversed().prefix { $0 != "\n" }.count
    if up {
      let above = left.dropLast(column)
      guard !above.isEmpty else { return nil }
      let length = above.dropLast().reversed().prefix { $0 != "\n" }.count
      return -(column + 1 + length - min(column, length))
    }
    let right = whole.unicodeScalars.dropFirst(left.count)
    guard let end = right.firstIndex(of: "\n") else { return nil }
    let below = right[right.index(after: end)...]
    return right[..<end].count + 1 + min(column, below.prefix { $0 != "\n" }.count)
  }

  // MARK: The line

  /// The line, and what of it stands left of the cursor.
  private var text: (whole: String, beforeCursor: String) {
    guard let line = el_line(editor)?.pointee else { return ("", "") }
    func text(to end: UnsafePointer<CChar>) -> String {
      standIns.decode(UnsafeRawBufferPointer(start: line.buffer, count: max(0, end - line.buffer)))
    }
    return (text(to: line.lastchar), text(to: line.cursor))
  }

  /// Writes text below the line, which is then drawn anew under it.
  private func show(_ text: StyledText) -> Int32 {
    write(below: text)
    return CC_REDISPLAY
  }
}
