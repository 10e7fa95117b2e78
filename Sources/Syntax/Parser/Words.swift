import Diagnostics

/// Collects the pieces of a text; neighbouring pieces of plain text become one part.
struct TemplateBuilder {
  private(set) var parts: [Template.Part] = []
  var plain: [UInt8] = []

  mutating func add(_ expression: Expression) {
    flush()
    parts.append(.value(expression))
  }

  private mutating func flush() {
    guard !plain.isEmpty else { return }
    parts.append(.text(String(decoding: plain, as: UTF8.self)))
    plain.removeAll(keepingCapacity: true)
  }

  /// Gives the template, which has at least one part.
  mutating func template(_ form: Template.Form) -> Template {
    flush()
    return Template(parts.isEmpty ? [.text("")] : parts, form: form)
  }
}

extension Parser {
  // word = ( endpoint-host | byte | interpolation ) { byte | interpolation | url-host }
  // byte = any but white space, control characters and | ; ( ) [ ] { } ' ", in [ ] and the braces of a record also but ","
  mutating func word() -> Expression {
    let start = at
    if byte == .openBracket, peek(1) != .dollar { at = hostEnd(from: at) ?? at + 1 }
    while !endsWord(at), byte != .dollar { at += 1 }
    guard byte == .dollar || byte == .openBracket && (at == start || startsURLHost) else {
      return Expression(.word(text(from: start, to: at)), Span(start, at))
    }
    var builder = TemplateBuilder()
    builder.plain = Array(bytes[start..<at])
    if at == start, byte == .openBracket { pathHost(into: &builder) }
    wordPieces(into: &builder)
    let span = Span(start, at)
    let template = builder.template(.bare)
    if template.parts.count == 1, case .text(let word) = template.parts.first { return Expression(.word(word), span) }
    return Expression(.text(template), span)
  }

  private mutating func wordPieces(into builder: inout TemplateBuilder) {
    while true {
      if startsURLHost, let end = hostEnd(from: at) {
        builder.plain.append(contentsOf: bytes[at..<end])
        at = end
      } else if endsWord(at) {
        return
      } else if byte == .dollar {
        interpolate(into: &builder)
      } else {
        builder.plain.append(byte)
        at += 1
      }
    }
  }

  /// Reads the `[$path]` of an endpoint.
  private mutating func pathHost(into builder: inout TemplateBuilder) {
    builder.plain.append(.openBracket)
    at += 1
    interpolate(into: &builder)
    guard byte == .closeBracket else { return }
    builder.plain.append(.closeBracket)
    at += 1
  }

  // path-argument = path that is a word alone { access }; anything else that begins with `$` is a word
  mutating func pathOrWord() -> Expression {
    let start = at
    guard let value = interpolation() else { return word() }
    if case .group = value.kind {
      at = start
      return bracedWord(value)
    }
    let next = self[at]
    if endsWord(at) || (next == .question && self[at + 1] == .dot) {
      return next == .openBracket || next == .question ? postfix(value) : value
    }
    at = start
    return word()
  }

  /// Reads a word that begins with `${ … }` whose pipeline is already read; alone it is as `( … )`.
  private mutating func bracedWord(_ first: Expression) -> Expression {
    let start = at
    at = first.span.end
    guard !endsWord(at) else { return first }
    var builder = TemplateBuilder()
    builder.add(first)
    wordPieces(into: &builder)
    return Expression(.text(builder.template(.bare)), Span(start, at))
  }

  // interpolation = "$" name { "." field } | "$?" | "${" name "}" | "${" pipeline "}"
  // A `$` before anything else is itself; then nothing is read.
  mutating func interpolation() -> Expression? {
    let next = peek(1)
    if next.startsName || next == .question { return path() }
    guard next == .openBrace else { return nil }
    return bracedName() ?? bracedPipeline()
  }

  // path = variable { "." field }
  private mutating func path() -> Expression {
    let start = at
    let variable = variable()
    let fields = textFields()
    return fields.isEmpty ? variable : Expression(.access(variable, fields), Span(start, at))
  }

  private mutating func bracedName() -> Expression? {
    let start = at
    var end = at + 2
    while self[end].continuesName { end += 1 }
    guard self[end] == .closeBrace, self[at + 2].startsName else { return nil }
    at = end + 1
    return Expression(.variable(text(from: start + 2, to: end)), Span(start, at))
  }

  private mutating func bracedPipeline() -> Expression {
    let start = at
    guard open("${", .group) else { return Expression(.missing, Span(start, at)) }
    let pipeline = bracketedPipeline()
    close()
    return Expression(.group(pipeline), Span(start, at))
  }

  // variable = "$" ( name | "?" )
  mutating func variable() -> Expression {
    let start = at
    at += 1
    if byte == .question { at += 1 } else { while byte.continuesName { at += 1 } }
    return Expression(.variable(text(from: start + 1, to: at)), Span(start, at))
  }

  private mutating func textFields() -> [Access] {
    var fields: [Access] = []
    while let end = fieldEnd(at) {
      fields.append(Access(.field(text(from: at + 1, to: end), optional: false), Span(at, end)))
      at = end
    }
    return fields
  }

  // field = name-start { letter | digit | "_" | "-" }, not ending with "-"
  /// Gives where the field ends whose dot stands at the offset, if there is one.
  func fieldEnd(_ dot: Int) -> Int? {
    guard self[dot] == .dot, self[dot + 1].startsName else { return nil }
    var end = dot + 2
    while self[end].continuesName || self[end] == .minus { end += 1 }
    while self[end - 1] == .minus { end -= 1 }
    return end
  }

  // endpoint-host = "[" ( IPv6 address | path ) "]" before ":" and a port or `$`
  var startsEndpoint: Bool {
    guard byte == .openBracket, let end = hostEnd(from: at), self[end] == .colon else { return false }
    let port = self[end + 1]
    return port == .dollar || port.isDigit || port.isLetter
  }

  // url-host = "[" IPv6 address "]" behind "//" or "@"
  private var startsURLHost: Bool {
    guard byte == .openBracket, at > 1 else { return false }
    let isBehindSlashes = self[at - 1] == .slash && self[at - 2] == .slash
    return (isBehindSlashes || self[at - 1] == .at) && hostEnd(from: at) != nil
  }

  /// Gives where the bracket behind an IPv6 address (RFC 4291, section 2.2, with a zone) or a path closes.
  func hostEnd(from bracket: Int) -> Int? {
    var end = bracket + 1
    if self[end] == .dollar {
      end += 1
      while self[end].continuesName || self[end] == .dot { end += 1 }
      return self[end] == .closeBracket && end > bracket + 2 ? end + 1 : nil
    }
    var colons = 0
    while end - bracket < 46, self[end].hexValue != nil || self[end] == .colon || self[end] == .dot {
      if self[end] == .colon { colons += 1 }
      end += 1
    }
    if self[end] == .percent {
      while end - bracket < 80, !self[end].endsWord { end += 1 }
    }
    return colons > 1 && self[end] == .closeBracket ? end + 1 : nil
  }

  /// Reads a key up to its colon, which is not read.
  mutating func keyTemplate(to end: Int) -> Template {
    var builder = TemplateBuilder()
    while at < end {
      if byte == .dollar, let value = interpolation() {
        builder.add(value)
      } else {
        builder.plain.append(byte)
        at += 1
      }
    }
    return builder.template(.bare)
  }
}
