import Diagnostics

extension Parser {
  var isAtEnd: Bool { at >= bytes.count }

  /// The next byte; 0 at the end, which no other use can be mistaken for, since a NUL byte is reported before.
  var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

  /// Gives the byte so many places ahead; 0 behind the end.
  func peek(_ distance: Int) -> UInt8 { self[at + distance] }

  subscript(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  /// Tells whether the bytes from here on are this text.
  func looking(at text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - at >= count else { return false }
    return text.withUTF8Buffer { wanted in
      for index in 0..<count where bytes[at + index] != wanted[index] { return false }
      return true
    }
  }

  /// Tells whether this word and no longer one stands here.
  func looking(atWord text: StaticString) -> Bool {
    looking(at: text) && endsKeyword(at + text.utf8CodeUnitCount)
  }

  /// Tells whether a keyword or an operator in letters may end before this offset.
  func endsKeyword(_ offset: Int) -> Bool {
    let byte = self[offset]
    return byte.endsWord || byte == .dollar || byte == .hash || isContinuation(offset)
  }

  func text(from start: Int, to end: Int) -> String { String(decoding: bytes[start..<max(start, end)], as: UTF8.self) }

  /// newline = LF | CR LF
  var isAtNewline: Bool { byte == .newline || (byte == .carriageReturn && peek(1) == .newline) }

  /// continuation = "\" ( newline | end of the text )
  func isContinuation(_ offset: Int) -> Bool {
    guard self[offset] == .backslash else { return false }
    let next = self[offset + 1]
    return next == .newline || (next == .carriageReturn && self[offset + 2] == .newline) || offset + 1 >= bytes.count
  }

  /// Gives the span of what was read from there on, without blanks behind it.
  func span(from start: Int) -> Span { Span(start, max(start, at == blanks.end ? blanks.start : at)) }

  // blank = space | tab | continuation | comment | newline inside ( ), [ ] and the braces of a record
  mutating func skipBlanks() {
    let start = at == blanks.end ? blanks.start : at
    defer { if at > start { blanks = Span(start, at) } }
    while at < bytes.count {
      switch bytes[at] {
      case .space, .tab, 0:
        at += 1
      case .newline:
        guard place.newlineIsBlank else { return }
        at += 1
      case .carriageReturn where peek(1) == .newline:
        guard place.newlineIsBlank else { return }
        at += 2
      case .hash:
        skipComment()
      case .backslash where isContinuation(at):
        skipContinuation()
      case 1..<0x20, 0x7F:
        reportControlCharacter()
        at += 1
      default:
        return
      }
    }
  }

  /// Skips blanks, newlines and, between statements, semicolons.
  mutating func skipSeparators(semicolons: Bool = true) {
    while true {
      skipBlanks()
      guard isAtNewline || (semicolons && byte == .semicolon) else { return }
      at += byte == .carriageReturn ? 2 : 1
    }
  }

  // comment = "#" { any byte but newline }, at the start of a word
  mutating func skipComment() {
    let start = at
    while at < bytes.count, !isAtNewline { at += 1 }
    guard start > comments.last?.span.start ?? -1 else { return }
    var before = start - 1
    while before >= 0, bytes[before] == .space || bytes[before] == .tab { before -= 1 }
    comments.append(Comment(span: Span(start, at), standsAlone: before < 0 || bytes[before] == .newline))
  }

  private mutating func skipContinuation() {
    let start = at
    at += 1
    if isAtNewline { at += byte == .carriageReturn ? 2 : 1 }
    var next = at
    while self[next] == .space || self[next] == .tab { next += 1 }
    guard next >= bytes.count else { return }
    at = next
    reportEnd(.continued, "the line ends with `\\` and nothing follows", Span(start, start + 1))
  }
}
