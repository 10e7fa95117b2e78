import Diagnostics

extension Parser {
  /// Whether an argument, an element or a value may begin here.
  var startsValue: Bool {
    !endsStage && !isAtNewline && byte > .space && byte != 0x7F && !(place.commaEndsWord && byte == .comma)
      && !isContinuation(at)
  }

  /// Reads the arguments of a command; those of a program are `verbatim`, their options are words like any other, as
  /// are those after `--`, and those behind the first word of `sh`.
  mutating func arguments(verbatim: Bool, behindFirst: Bool = false) -> [Argument] {
    var arguments: [Argument] = []
    var verbatim = verbatim
    while true {
      skipBlanks()
      guard !isLost, startsValue else { return arguments }
      guard !reportForeignOperator() else { return arguments }
      let argument = argument(verbatim: verbatim)
      arguments.append(argument)
      if case .option = argument.kind {} else if behindFirst { verbatim = true }
      if case .endOfOptions = argument.kind { verbatim = true }
      checkGap(after: argument.span)
    }
  }

  // argument = "--" | "--" option-name [ "=" value ] | value
  private mutating func argument(verbatim: Bool) -> Argument {
    if !verbatim, looking(at: "--"), let option = option() { return option }
    let value = value()
    return Argument(.value(value), value.span)
  }

  /// Reads what begins with `--`, unless it is a word that is no option.
  private mutating func option() -> Argument? {
    let start = at
    if endsKeyword(at + 2) {
      at += 2
      return Argument(.endOfOptions, Span(start, at))
    }
    guard let name = optionName() else { return nil }
    guard byte == .equals else { return Argument(.option(name, value: nil), name.span) }
    at += 1
    guard startsValue else {
      lose("syntax", "a value is missing after `\(name.text)=`", Span(start, at), hint: "write \"\" for an empty text")
      return Argument(.option(name, value: Expression(.missing, here)), Span(start, at))
    }
    let value = value()
    return Argument(.option(name, value: value), Span(start, value.span.end))
  }

  // option-name = ( letter | digit ) { letter | digit | "_" | "-" | digit "." digit }
  private mutating func optionName() -> Name? {
    var end = at + 2
    guard self[end].continuesName else { return nil }
    // `--0x20` is an option, `--5` a word.
    var hasLetter = false
    while self[end].continuesName || self[end] == .minus || isPointOfVersion(end) {
      hasLetter = hasLetter || self[end].startsName
      end += 1
    }
    guard hasLetter else { return nil }
    guard self[end] == .equals || endsWord(end) else { return nil }
    let name = Name(text(from: at + 2, to: end), Span(at, end))
    at = end
    return name
  }

  /// Tells whether a point stands between two digits, as in `--http1.0`.
  private func isPointOfVersion(_ offset: Int) -> Bool {
    func isDigit(_ byte: UInt8) -> Bool { byte.continuesName && !byte.startsName }
    return self[offset] == .dot && isDigit(self[offset - 1]) && isDigit(self[offset + 1])
  }

  /// Tells whether a word that is being read ends before this offset.
  func endsWord(_ offset: Int) -> Bool {
    let byte = self[offset]
    return byte.endsWord || (byte == .comma && place.commaEndsWord) || isContinuation(offset)
  }

  /// Reports a value that begins where the one before ends, as in `a"b"`.
  mutating func checkGap(after span: Span) {
    guard startsValue, at == span.end else { return }
    // Of several glued in a row only the first is reported.
    if span.start != gluedAt {
      report(
        "syntax", "put a space between `\(short(span))` and what follows, or quotes around both", here,
        labels: [Finding.Label(span, "this ends here")])
    }
    gluedAt = at
  }

  private func short(_ span: Span) -> String {
    let text = source.text(Span(span.start, min(span.end, span.start + 40)))
    return span.end - span.start > 40 ? text + "…" : text
  }

  // value = string | bytes | regex | group { access } | list | braces | path { access } | word
  mutating func value() -> Expression {
    switch byte {
    case .singleQuote, .doubleQuote: return string()
    case .openParen: return postfix(group())
    case .openBracket: return startsEndpoint ? word() : list()
    case .openBrace: return braces(blockIsValue: true)
    case .dollar: return pathOrWord()
    default:
      if startsBytes { return byteString() }
      if startsRegex { return regex() }
      return word()
    }
  }

  // list = "[" { value [ "," ] } "]"
  mutating func list() -> Expression {
    let start = at
    var elements: [Expression] = []
    if open("[", .elements) {
      while true {
        skipBlanks()
        guard !isLost, startsValue else { break }
        let element = value()
        elements.append(element)
        checkGap(after: element.span)
        skipBlanks()
        if byte == .comma { at += 1 }
      }
      close()
    }
    return Expression(.list(elements), Span(start, at))
  }

  // group = "(" pipeline ")"
  mutating func group() -> Expression {
    let start = at
    guard open("(", .group) else { return Expression(.missing, Span(start, at)) }
    let pipeline = bracketedPipeline()
    close()
    return Expression(.group(pipeline), Span(start, at))
  }

  mutating func bracketedPipeline() -> Pipeline {
    skipBlanks()
    guard !endsStage else {
      lose(
        "syntax", "a command or an expression is missing in the brackets", here,
        hint: "a command's arguments stand without brackets: `exit`, `len $list`")
      return Pipeline([], here)
    }
    return pipeline()
  }
}
