/// The text that is being laid out, token by token.
struct Formatter {
  /// Brackets that are open, or the whole text.
  private struct Level {
    /// The indent of the lines inside, and of the line on which it was opened.
    let inside: Int
    let outside: Int
    /// The body that stands between the brackets, if they hold statements.
    let body: Layout.Body?
    /// Whether each statement of it has its line.
    let isSpread: Bool
    /// Where the statement ends that was begun last.
    var statementEnd = -1
    var nextStatement = 0

    /// Tells whether a statement begins with the token, and remembers where it ends.
    mutating func begins(_ token: LayoutToken) -> Bool {
      guard let body, nextStatement < body.statements.count,
        body.statements[nextStatement].start == token.span.start
      else { return false }
      statementEnd = body.statements[nextStatement].end
      nextStatement += 1
      return true
    }
  }

  private let bytes: [UInt8]
  private let bodies: [Int: Layout.Body]
  private var levels: [Level]
  private var output: [UInt8] = []
  private var indent = 0
  private var last: LayoutToken?
  /// Set behind the brace that ends a body.
  private var closesBody = false
  /// Set behind a brace or the parameters of a function, before the first statement.
  private var opensBody = false

  init(_ bytes: [UInt8], _ layout: Layout) {
    self.bytes = bytes
    bodies = Dictionary(layout.bodies.compactMap { body in body.brace.map { ($0, body) } }, uniquingKeysWith: { $1 })
    let whole = layout.bodies.last { $0.brace == nil }
    levels = [Level(inside: 0, outside: 0, body: whole, isSpread: true)]
  }

  /// Ends the last line and gives the whole.
  mutating func finish() -> String {
    if !output.isEmpty { endLine() }
    return String(decoding: output, as: UTF8.self)
  }

  mutating func add(_ token: LayoutToken) {
    guard token.kind != .semicolon, var level = levels.last else { return }
    opensBody = level.body.map { token.span.start >= $0.start && last?.span.end ?? 0 <= $0.start } ?? false
    let begins = level.begins(token)
    levels[levels.count - 1] = level
    if token.kind == .continuation, level.body != nil, token.span.start >= level.statementEnd { return }
    separate(token, level, begins: begins)
    output.append(contentsOf: bytes[token.span.start..<token.span.end])
    if token.kind == .comment { while let byte = output.last, byte <= .space { output.removeLast() } }
    if token.kind == .open { open(token) }
    closesBody = token.kind == .close && level.body != nil
    if token.kind == .close, levels.count > 1 { indent = levels.removeLast().outside }
    last = token
  }

  private mutating func open(_ token: LayoutToken) {
    let body = bodies[token.span.start]
    let isSpread = body.map { $0.statements.count > 1 || hasNewline($0) } ?? false
    levels.append(
      Level(inside: body == nil || isSpread ? indent + 1 : indent, outside: indent, body: body, isSpread: isSpread))
  }

  /// Tells whether a newline or a comment stands before the first or behind the last statement.
  private func hasNewline(_ body: Layout.Body) -> Bool {
    let first = body.statements.first?.start ?? body.end
    let last = body.statements.last?.end ?? body.end
    return bytes[body.start..<max(body.start, first)].contains(.newline)
      || bytes[last..<max(last, body.end)].contains(.newline)
  }

  /// Writes the newlines or the blanks before a token.
  private mutating func separate(_ token: LayoutToken, _ level: Level, begins: Bool) {
    guard let last else { return }
    let isEmpty = level.body?.statements.isEmpty == true
    if token.kind == .close {
      if level.body == nil ? token.newlines > 0 : level.isSpread {
        breakLine(level.outside)
      } else if let body = level.body {
        // A block is `{ a }`, a function `{|x| a}`, an empty one `{}`.
        addBlanks(isEmpty || body.brace.map { self[$0 + 1] == .bar } == true ? 0 : 1)
      } else {
        addBlanks(min(token.blanks, 1))
      }
    } else if token.kind == .comment, token.newlines == 0 {
      addBlanks(max(token.blanks, 1))
    } else if breaks(before: token, level, begins: begins) {
      if token.newlines > 1, !opensBody, last.kind != .open { endLine() }
      let isInside = level.body != nil && !begins && token.span.start < level.statementEnd
      breakLine(isInside ? level.inside + 1 : level.inside)
    } else if token.kind == .pipe || last.kind == .pipe || opensBody || token.kind == .continuation
      || needsBlank(before: token, after: last)
    {
      addBlanks(1)
    } else {
      addBlanks(min(token.blanks, 1))
    }
  }

  /// Tells whether a blank belongs before a brace with statements and before `else` where none was typed.
  private func needsBlank(before token: LayoutToken, after last: LayoutToken) -> Bool {
    if token.kind == .open, bodies[token.span.start] != nil {
      return last.kind != .open && self[last.span.end - 1] != .equals
    }
    return closesBody && token.kind == .text && self[token.span.start].isLetter
  }

  private func breaks(before token: LayoutToken, _ level: Level, begins: Bool) -> Bool {
    if begins { return level.isSpread }
    return token.newlines > 0
  }

  private subscript(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  private mutating func breakLine(_ level: Int) {
    indent = level
    endLine()
    addBlanks(level * 2)
  }

  private mutating func endLine() {
    // A word that ends with `\`, before a `;` say, must not continue the line.
    if output.last == .backslash, last?.kind == .text { output.append(.space) }
    output.append(.newline)
  }

  private mutating func addBlanks(_ count: Int) { output.append(contentsOf: repeatElement(.space, count: count)) }
}
