import Testing

@testable import Syntax

/// Each row: a text, and its tree.
private let strings: [(String, String)] = [
  (#"'raw $x \n'"#, #"'raw $x \\n'"#),
  ("''", "''"),
  (#""\r\n\t\0\x41\u{e9}\\\"\$""#, "'\\r\\n\\t\\0Aé\\\\\"$'"),
  (#""a $name b""#, "'a '~$name~' b'"),
  (#""$a.b.c.""#, "$a.b.c~'.'"),
  (#""$r.max-time-$x""#, "$r.max-time~'-'~$x"),
  (#""${n}th""#, "$n~'th'"),
  (#""${1 + 2} ${ f x | g }""#, "(group (1 + 2))~' '~(group (| <f x> <g>))"),
  (#""${"nested ${n}"}""#, "(group 'nested '~$n)"),
  (#""$5 $ 100% $-""#, "'$5 $ 100% $-'"),
  (#""$?""#, "$?"),
  ("\"a\nb\"", "'a\\nb'"),
  ("\"\"\"one line\"\"\"", "'one line'"),
  ("\"\"\"\n  a\n    b $n\n\n  c\n  \"\"\"", "'a\\n  b '~$n~'\\n\\nc\\n'"),
  ("\"\"\"\n  a\n b\"\"\"", "' a\\nb'"),
  ("\"\"\"\n\ta\n\t\tb\n\t\"\"\"", "'a\\n\\tb\\n'"),
  ("\"\"\"\r\n  a\r\n  \"b\" \\t\r\n  \"\"\"", "'a\\n\"b\" \\t\\n'"),
  ("\"\"\"\n\"\"\"", "''"),
  ("\"\"\"\n  GET / HTTP/1.1\\r\n  \\r\n  \"\"\"", "'GET / HTTP/1.1\\r\\n\\r\\n'"),
]

@Test("strings", arguments: strings)
func string(text: String, tree: String) {
  #expect(dump(text) == tree)
  #expect(findings(text) == [])
  #expect(dump("f \(text)") == "<f \(tree)>")
}
