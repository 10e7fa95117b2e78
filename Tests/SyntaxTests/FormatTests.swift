import Diagnostics
import Testing

@testable import Syntax

private func format(_ text: String) -> String? {
  Syntax.format(Source(name: "test", text: text), literals: TestLiterals())
}

/// Each row: a text, and how it is laid out.
private let layouts: [(String, String)] = [
  ("", ""),
  ("a;b ;  c  d", "a\nb\nc d\n"),
  ("\n\n\na\n\n\n\nb\n\n", "a\n\nb\n"),
  ("  a  'x  y'   \"z  ${ f   x }\"", "a 'x  y' \"z  ${ f   x }\"\n"),
  ("# c  \n\n  # d\na   # e\n# f", "# c\n\n# d\na   # e\n# f\n"),
  ("a; # c\nb", "a # c\nb\n"),
  ("if $x{a}else{b}", "if $x { a } else { b }\n"),
  ("if $x {a;b}", "if $x {\n  a\n  b\n}\n"),
  ("if $x {\na } else { b\n}", "if $x {\n  a\n} else {\n  b\n}\n"),
  (
    "def f [a,\n b] {\n  # in\n\n\n  a\n     if $a {\nb\n}\n\n}",
    "def f [a,\n  b] {\n  # in\n\n  a\n  if $a {\n    b\n  }\n}\n"
  ),
  ("def f [] {  }", "def f [] {}\n"),
  ("f { # why\na }", "f { # why\n  a\n}\n"),
  ("a|b |  c", "a | b | c\n"),
  ("a |\nb |\n      each {|x|\n$x}", "a |\n  b |\n  each {|x|\n    $x\n  }\n"),
  ("each {|x|$x+1 }", "each {|x| $x+1}\n"),
  ("each {|x| $x; $y}", "each {|x|\n  $x\n  $y\n}\n"),
  ("a \\\n       b", "a \\\n  b\n"),
  ("a \\\n\n b", "a\n\nb\n"),
  ("let x = [\n1\n   2, 3 # three\n\n\n4 ]", "let x = [\n  1\n  2, 3 # three\n\n  4 ]\n"),
  ("let x = [\n{a: 1\n b: [\n2\n]}\n]", "let x = [\n  {a: 1\n    b: [\n      2\n    ]}\n]\n"),
  ("f \"\"\"\n   a\n     b\n   \"\"\"   c", "f \"\"\"\n   a\n     b\n   \"\"\" c\n"),
  ("let x = (\na\n)", "let x = (\n  a\n)\n"),
  ("f re'a  b'  0x[00   01]  --x={ g }", "f re'a  b' 0x[00 01] --x={ g }\n"),
  ("#!/usr/bin/env nsh\r\na\r\n\r\n\r\nb\r\n", "#!/usr/bin/env nsh\na\n\nb\n"),
  ("f x\\; g", "f x\\ \ng\n"),
  ("# c\r", "# c\n"),
  ("try{a}catch e{b}finally{c}", "try { a } catch e { b } finally { c }\n"),
  ("$a.b[ 0 ]-1", "$a.b[ 0 ]-1\n"),
]

@Test("layouts", arguments: layouts)
func layout(text: String, expected: String) throws {
  let formatted = try #require(format(text))
  #expect(formatted == expected)
  #expect(format(formatted) == formatted)
  #expect(dump(formatted) == dump(text))
}

@Test func theSampleMeansTheSameHoweverItIsLaidOut() throws {
  let formatted = try #require(format(sample))
  #expect(dump(formatted) == dump(sample))
  #expect(format(formatted) == formatted)
}

@Test func mistakesAreNotFormatted() { #expect(format("f (") == nil) }
