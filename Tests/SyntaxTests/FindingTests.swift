import Diagnostics
import Testing

@testable import Syntax

/// Each row: a text, and its findings.
private let mistakes: [(String, [String])] = [
  // Words and literals.
  ("f a\"b\"", ["syntax `\"`"]),
  ("f a\"b\"c\"d\" e", ["syntax `\"`"]),
  ("f \"a\"b", ["syntax `b`"]),
  ("f [a\"b\" c]", ["syntax `\"`"]),
  ("f (a)(b)", ["syntax `(`"]),
  ("let x = 5m", ["bad-literal `5m`"]),
  ("let x = example.test:66000 + 1", ["bad-literal `example.test:66000`"]),
  ("f 5m example.test:66000", []),
  ("example.test", ["dotted-name `example.test`"]),
  ("f | www.example.test x", ["dotted-name `www.example.test`"]),
  ("f \"${r.status}\"", ["dotted-name `r.status`"]),
  ("3 + foo", ["bare-word `foo`"]),
  ("let a = 3 + foo; let b = 4 + bar", ["bare-word `foo`", "bare-word `bar`"]),
  ("0x[1]", ["bad-literal `1`"]),
  ("f 0x[zz]; g (", ["bad-literal `zz`", "incomplete `(`"]),
  ("let x = $", ["syntax `$`"]),
  ("f$x y", ["syntax `f$x`"]),
  // Strings.
  (#""a\qb""#, [#"bad-escape `\q`"#]),
  (
    #""\x4" + "\xff" + "\u{d800}" + "\u41""#,
    [#"bad-escape `\x`"#, #"bad-escape `\xff`"#, #"bad-escape `\u{d800}`"#, #"bad-escape `\u`"#]
  ),
  (#""\u{110000000000000000000}""#, [#"bad-escape `\u{110000000000000000000}`"#]),
  // What other shells write.
  ("f > out.txt", ["shell-syntax `>`"]),
  ("f >> out.txt", ["shell-syntax `>>`"]),
  ("f < in.txt", ["shell-syntax `<`"]),
  ("f 2>/dev/null", ["shell-syntax `2>`"]),
  ("f && g", ["shell-syntax `&&`"]),
  ("f || g", ["shell-syntax `||`"]),
  ("f &", ["shell-syntax `&`"]),
  ("$a && $b", ["shell-syntax `&&`"]),
  ("if $a || $b { f }", ["shell-syntax `||`"]),
  ("> x", ["shell-syntax `>`"]),
  ("!$a", ["syntax `!`"]),
  // Expressions.
  ("1 < 2 < 3", ["syntax `<`"]),
  ("1..2..3", ["syntax `..`"]),
  ("1 +", ["syntax ``"]),
  ("1 + * 2", ["syntax `*`"]),
  ("* 2", ["syntax `*`"]),
  ("$a == not $b", ["syntax `not`"]),
  ("1 2", ["syntax `2`"]),
  ("$a [0]", ["syntax `[`"]),
  ("if $a = 3 { f }", ["syntax `=`"]),
  ("$a, $b", ["syntax `,`"]),
  ("()", ["syntax `)`"]),
  ("(a; b)", ["syntax `;`"]),
  ("let f = { g }", ["syntax `{`"]),
  ("{a: }", ["syntax `}`"]),
  ("{a: 1, b}", ["syntax `b`"]),
  ("{n: $a + 1}", ["syntax `+`"]),
  // Statements.
  ("x = 3", ["syntax `=`"]),
  ("$x = 3", ["syntax `=`"]),
  ("$x.y[0] = 3", ["syntax `=`"]),
  ("let $x = 3", ["syntax `$`"]),
  ("let x 3", ["syntax `3`"]),
  ("let x =", ["syntax ``"]),
  ("let = 3", ["syntax `=`"]),
  ("let größe = 3", ["syntax `ö`"]),
  ("set n += 1", ["syntax `+=`"]),
  ("fail", ["syntax ``"]),
  ("assert", ["syntax ``"]),
  ("assert $a,", ["syntax ``"]),
  ("use", ["syntax ``"]),
  ("(let a = 3)", ["syntax `let`"]),
  ("a |", ["incomplete `|`"]),
  ("a | | b", ["syntax `|`"]),
  ("| a", ["syntax `|`"]),
  ("if $a\n{ f }", ["syntax ``", "syntax `{`"]),
  ("if $a { f }\nelse { g }", ["syntax `else`"]),
  ("try { f }\ncatch e {\n g\n}\nh", ["syntax `catch`"]),
  ("if { f }", ["syntax `{`"]),
  ("if tcp connect :80 { f }", ["command-in-expression `tcp connect :80`"]),
  ("while f { g }", ["command-in-expression `f`"]),
  ("for x in dns example.test { f }", ["command-in-expression `dns example.test`"]),
  ("for $x in [1] { f }", ["syntax `$`"]),
  ("for x [1] { f }", ["syntax `[`"]),
  ("retry 3 --often 1s { f }", ["syntax `--often`"]),
  ("if true { f } g", ["syntax `g`"]),
  ("def f { g }", ["syntax `{`"]),
  ("def f [$a] { g }", ["syntax `$`"]),
  ("def f [...r = 3] { g }", ["syntax `=`"]),
  ("def f [a:] { g }", ["syntax `]`"]),
  ("def [a] { g }", ["syntax `[`"]),
  ("f --x=", ["syntax `--x=`"]),
  ("^\\\n\n", ["syntax `^`"]),
  ("^ls; ^$x", ["syntax `$x`"]),
  // Brackets.
  ("a }", ["syntax `}`"]),
  ("2001:db8::1]:443", ["syntax `]`"]),
  (") a", ["syntax `)`"]),
  ("f (a ] b)", ["syntax `]`"]),
  ("f { (a } ; g 3", ["syntax `}`"]),
  ("f [a (b ] c; 1 +", ["syntax `]`", "syntax ``"]),
  // Control characters.
  ("a \u{7} b", ["control-character `\u{7}`"]),
  ("a\rb", ["control-character `\r`"]),
  ("a 'x\u{7}y'", []),
  ("a 'x\0'", ["control-character `\0`"]),
]

@Test("mistakes", arguments: mistakes)
func mistake(text: String, expected: [String]) {
  #expect(findings(text) == expected)
}

@Test func bytesThatAreNotUTF8AreNamed() {
  let source = Source(name: "test", bytes: Array("f a\ng 'é".utf8) + [0xFF, 0xC3] + Array("' h".utf8))
  let result = parse(source, literals: TestLiterals())
  #expect(result.findings.map(\.message) == ["the byte 0xff in line 2, column 5 is not UTF-8"])
  #expect(result.findings.map(\.span) == [Span(9, 11)])
}

/// Each row: a text, and why it needs more input.
private let unfinished: [(String, Incompleteness?)] = [
  ("f {", .brackets(1)), ("f {\n g (a", .brackets(2)), ("[1 2", .brackets(1)), ("{a: ", .brackets(1)),
  ("0x[16", .brackets(1)),
  ("def f [a", .brackets(1)), ("if true { let x = 3 +", .brackets(1)), ("(1 +\n", .brackets(1)), ("f {|", .brackets(1)),
  ("$a[", .brackets(1)), ("{\"a\"", .brackets(1)), ("f {\n", .brackets(1)), ("f { # no }", .brackets(1)),
  ("'a", .string("'")), ("f \"a", .string("\"")), ("\"a\\", .string("\"")), ("\"\"\"a\n\"", .string("\"\"\"")),
  ("re'a", .string("'")), ("f (\"a", .string("\"")), ("\"${ f", .brackets(1)), ("\"\\u{1", .string("\"")),
  ("a |", .continued), ("a |\n\n", .continued), ("a | # c\n", .continued), ("a \\", .continued), ("a \\\n", .continued),
  ("f { a |", .brackets(1)),
  ("let x =", nil), ("1 +", nil), ("if true", nil), ("a", nil), ("", nil), ("a }", nil), ("f { ) ", nil),
  ("let x = 3 + foo; (", nil), ("if true { let x = 3 +\n", nil),
]

@Test("unfinished texts", arguments: unfinished)
func incomplete(text: String, expected: Incompleteness?) {
  let result = parsed(text)
  #expect(result.incomplete == expected)
  if expected != nil { #expect(result.findings.count == 1) }
}
