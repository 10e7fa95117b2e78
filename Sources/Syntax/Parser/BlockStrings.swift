import Diagnostics

/// The text between `"""` and `"""` while it is read: its pieces, with the indents kept apart until all are known.
private struct BlockText {
  enum Piece {
    case plain([UInt8])
    case value(Expression)
    /// The blanks at the start of a line; of a blank line they do not count.
    case indent([UInt8], isBlank: Bool)
  }

  var pieces: [Piece] = []

  /// The blanks that all lines begin with, blank ones left out.
  private var commonIndent: Int {
    var common: [UInt8]?
    for case .indent(let indent, false) in pieces {
      guard let known = common else {
        common = indent
        continue
      }
      common = Array(zip(known, indent).prefix { $0 == $1 }.map(\.0))
    }
    return common?.count ?? 0
  }

  func template() -> Template {
    let removed = commonIndent
    var builder = TemplateBuilder()
    for piece in pieces {
      switch piece {
      case .plain(let bytes): builder.plain.append(contentsOf: bytes)
      case .value(let expression): builder.add(expression)
      case .indent(let indent, false): builder.plain.append(contentsOf: indent.dropFirst(removed))
      case .indent: break
      }
    }
    return builder.template(.block)
  }
}

extension Parser {
  // block-string = '"""' [ blanks newline ] { byte | escape | interpolation } '"""'
  //
  // The indent that all lines share, that of the closing quotes included, is removed; blank lines become empty. A line
  // ends with LF, however it ends in the file.
  mutating func blockString() -> Expression {
    let start = at
    at += 3
    var text = BlockText()
    var first = at
    while self[first] == .space || self[first] == .tab { first += 1 }
    if self[first] == .carriageReturn, self[first + 1] == .newline { first += 1 }
    if self[first] == .newline {
      at = first + 1
      text.pieces.append(indent())
    }
    while at < bytes.count, !looking(at: "\"\"\"") { blockPiece(into: &text) }
    if isAtEnd { reportOpenString("\"\"\"", at: Span(start, start + 3)) } else { at += 3 }
    return Expression(.text(text.template()), Span(start, at))
  }

  private mutating func blockPiece(into text: inout BlockText) {
    switch byte {
    case .backslash:
      var plain: [UInt8] = []
      escape(into: &plain)
      text.pieces.append(.plain(plain))
    case .dollar:
      if let value = interpolation() {
        text.pieces.append(.value(value))
      } else {
        text.pieces.append(.plain([.dollar]))
        at += 1
      }
    case .newline:
      at += 1
      text.pieces.append(.plain([.newline]))
      text.pieces.append(indent())
    case .carriageReturn where peek(1) == .newline:
      at += 1
    default:
      let start = at
      at += 1
      while at < bytes.count, !endsPlainPiece(bytes[at]) { at += 1 }
      text.pieces.append(.plain(Array(bytes[start..<at])))
    }
  }

  private func endsPlainPiece(_ byte: UInt8) -> Bool {
    byte == .backslash || byte == .dollar || byte == .newline || byte == .carriageReturn || byte == .doubleQuote
  }

  private mutating func indent() -> BlockText.Piece {
    let start = at
    while byte == .space || byte == .tab { at += 1 }
    return .indent(Array(bytes[start..<at]), isBlank: isAtNewline)
  }
}
