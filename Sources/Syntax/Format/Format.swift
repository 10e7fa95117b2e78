import Diagnostics

/// Lays a script out as the house does: one statement a line, two spaces for each level, at most one empty line, `|` between
/// spaces. Words, strings and comments stay as typed, and so do line breaks inside brackets and behind `|`.
///
/// The result means the same, and formatting it again changes nothing. A text with findings gives nil.
public func format(_ source: Source, literals: some LiteralRecognizer) -> String? {
  var parser = Parser(source, literals: literals, limits: ParseLimits())
  parser.layout = Layout()
  guard parser.script().findings.isEmpty, let layout = parser.layout else { return nil }
  var formatter = Formatter(source.bytes, layout)
  for token in parser.layoutTokens(layout) { formatter.add(token) }
  return formatter.finish()
}
