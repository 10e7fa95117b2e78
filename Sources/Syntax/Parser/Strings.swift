import Diagnostics

extension Parser {
  // string = raw-string | escaped-string | block-string
  mutating func string() -> Expression {
    if let ahead = stringAhead, ahead.span.start == at {
      at = ahead.span.end
      return ahead
    }
    let string =
      byte == .singleQuote ? rawString() : looking(at: "\"\"\"") ? blockString() : escapedString()
    layout?.verbatim.append(string.span)
    return string
  }

  mutating func reportOpenString(_ quote: String, at span: Span) {
    reportEnd(.string(quote), "the string that begins with `\(quote)` is never closed", span)
  }

  // raw-string = "'" { any byte but "'" } "'"
  private mutating func rawString() -> Expression {
    let start = at
    at += 1
    while at < bytes.count, bytes[at] != .singleQuote { at += 1 }
    let content = text(from: start + 1, to: at)
    if isAtEnd { reportOpenString("'", at: Span(start, start + 1)) } else { at += 1 }
    return Expression(.text(Template([.text(content)], form: .raw)), Span(start, at))
  }

  // escaped-string = '"' { byte | escape | interpolation } '"'
  private mutating func escapedString() -> Expression {
    let start = at
    at += 1
    var builder = TemplateBuilder()
    while at < bytes.count, bytes[at] != .doubleQuote {
      let plainStart = at
      while at < bytes.count, bytes[at] != .doubleQuote, bytes[at] != .backslash, bytes[at] != .dollar { at += 1 }
      builder.plain.append(contentsOf: bytes[plainStart..<at])
      if byte == .backslash {
        escape(into: &builder.plain)
      } else if byte == .dollar {
        interpolate(into: &builder)
      }
    }
    if isAtEnd { reportOpenString("\"", at: Span(start, start + 1)) } else { at += 1 }
    return Expression(.text(builder.template(.escaped)), Span(start, at))
  }

  /// Reads the `$` that stands here in a text, with what it names.
  mutating func interpolate(into builder: inout TemplateBuilder) {
    if let value = interpolation() {
      builder.add(value)
    } else {
      builder.plain.append(.dollar)
      at += 1
    }
  }

  // escape = "\" ( "r" | "n" | "t" | "0" | "\" | '"' | "'" | "$" | "x" hex hex | "u{" hex { hex } "}" )
  mutating func escape(into plain: inout [UInt8]) {
    let start = at
    let kind = peek(1)
    at = min(at + 2, bytes.count)
    switch kind {
    case UInt8(ascii: "r"): plain.append(.carriageReturn)
    case UInt8(ascii: "n"): plain.append(.newline)
    case UInt8(ascii: "t"): plain.append(.tab)
    case .zero: plain.append(0)
    case .backslash, .doubleQuote, .singleQuote, .dollar: plain.append(kind)
    case UInt8(ascii: "x"): byteEscape(start, into: &plain)
    case UInt8(ascii: "u"): scalarEscape(start, into: &plain)
    default:
      guard !isAtEnd else { return }
      while byte & 0xC0 == 0x80 { at += 1 }
      report(
        "bad-escape", "`\(source.text(Span(start, at)))` is no escape", Span(start, at),
        hint: "there are \\r \\n \\t \\0 \\x41 \\u{e9} \\\\ \\\" \\$; '…' and re'…' take a backslash as it is")
    }
  }

  private mutating func byteEscape(_ start: Int, into plain: inout [UInt8]) {
    guard let high = byte.hexValue, let low = peek(1).hexValue else {
      guard !isAtEnd, peek(1) != 0 || byte.hexValue == nil else { return }
      return report("bad-escape", "`\\x` wants two hexadecimal digits", Span(start, at))
    }
    at += 2
    let value = high << 4 | low
    guard value < 0x80 else {
      return report(
        "bad-escape", "`\(source.text(Span(start, at)))` is no character of a string", Span(start, at),
        hint:
          "write bytes as 0x[\(source.text(Span(start + 2, at)))], a character as \\u{\(source.text(Span(start + 2, at)))}"
      )
    }
    plain.append(value)
  }

  private mutating func scalarEscape(_ start: Int, into plain: inout [UInt8]) {
    guard byte == .openBrace else {
      guard !isAtEnd else { return }
      return report("bad-escape", "`\\u` wants a number in braces, as in \\u{e9}", Span(start, at))
    }
    var end = at + 1
    var value: UInt32 = 0
    while let digit = self[end].hexValue {
      value = min(value &* 16 &+ UInt32(digit), 0x110000)
      end += 1
    }
    guard end < bytes.count else {
      at = end
      return
    }
    guard self[end] == .closeBrace, end > at + 1 else {
      at = end
      return report("bad-escape", "`\\u{` wants hexadecimal digits and `}`", Span(start, end))
    }
    at = end + 1
    guard let scalar = Unicode.Scalar(value) else {
      return report(
        "bad-escape", "`\(source.text(Span(start, at)))` is no Unicode scalar", Span(start, at),
        hint: "they are 0 to d7ff and e000 to 10ffff")
    }
    plain.append(contentsOf: Array(String(Character(scalar)).utf8))
  }
}
