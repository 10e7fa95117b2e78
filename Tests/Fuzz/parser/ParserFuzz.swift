import Diagnostics
import Glibc
import Syntax

/// Words that begin with a digit are literals; with `m` behind them malformed ones.
private struct DigitLiterals: LiteralRecognizer {
  func recognize(_ word: String) -> LiteralShape {
    guard let first = word.utf8.first, first >= 0x30, first <= 0x39 || word.hasPrefix(":") else {
      return word == "true" || word.utf8.contains(0x3A) ? .literal : .word
    }
    return word.hasSuffix("m") ? .malformed(message: "no unit", hint: nil) : .literal
  }
}

/// Parsing ends, statements follow one another inside the text, only an unfinished text wants more, and the layout is stable.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzParser(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let source = Source(name: "fuzz", bytes: Array(UnsafeBufferPointer(start: data, count: count)))
  let result = parse(source, literals: DigitLiterals(), limits: ParseLimits(nesting: 50))
  var end = 0
  for statement in result.block.statements {
    if statement.span.start < end || statement.span.end < statement.span.start { fail("statements overlap", result) }
    end = statement.span.end
  }
  if end > count { fail("a statement ends behind the text", result) }
  for finding in result.findings {
    let span = finding.span
    if span.start < 0 || span.end < span.start || span.end > count { fail("a finding is outside", result) }
  }
  if result.findings.count > 101 { fail("too many findings", result) }
  if result.findings.isEmpty { checkLayout(of: source, result) }
  if result.incomplete != nil, result.findings.count != 1 { fail("incomplete and wrong", result) }
  return 0
}

/// A text without findings is laid out once and for all, and means the same.
private func checkLayout(of source: Source, _ result: ParseResult) {
  guard let text = format(source, literals: DigitLiterals()) else { return }
  let again = Source(name: "fuzz", text: text)
  let (before, after) = (Dump().block(result.block), Dump().block(parse(again, literals: DigitLiterals()).block))
  if before != after { fail("laid out with another meaning: \(text.debugDescription)\n\(before)\n\(after)", result) }
  if format(again, literals: DigitLiterals()) == text { return }
  fail("laid out differently the second time: \(text.debugDescription)", parse(again, literals: DigitLiterals()))
}

private func fail(_ what: String, _ result: ParseResult) -> Never {
  let findings = result.findings.map { "\($0.code) \($0.message) \($0.span)" }
  let line = Array("\(what): \(findings)\n".utf8)
  _ = write(STDERR_FILENO, line, line.count)
  abort()
}
