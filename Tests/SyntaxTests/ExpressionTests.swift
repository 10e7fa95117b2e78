import Testing

@testable import Syntax

/// Each row: a text, and its tree.
private let expressions: [(String, String)] = [
  // Literals and where they end.
  ("3 + 4", "(3 + 4)"),
  ("3+4", "(3 + 4)"),
  ("6/2", "(6 / 2)"),
  ("6//2", "(6 // 2)"),
  ("7%4", "(7 % 4)"),
  ("3*4", "(3 * 4)"),
  ("3-1", "(3 - 1)"),
  ("1_000", "1_000"),
  ("0x1f+1", "(0x1f + 1)"),
  ("2.5e-3", "2.5e-3"),
  ("1e+3+1", "(1e+3 + 1)"),
  ("10.0.0.0/8", "10.0.0.0/8"),
  ("10.0.0.0/8==$n", "(10.0.0.0/8 == $n)"),
  ("$n==10.0.0.0/8", "($n == 10.0.0.0/8)"),
  ("http://a/b?c=d", "http://a/b?c=d"),
  ("http://[::1]:80/x", "http://[::1]:80/x"),
  ("2001:db8::1", "2001:db8::1"),
  ("2001:db8::1+1", "(2001:db8::1 + 1)"),
  ("fe80::1%eth0", "fe80::1%eth0"),
  ("[::1]:443", "[::1]:443"),
  (":8080", ":8080"),
  ("1..10", "(1 .. 10)"),
  ("1..<5", "(1 ..< 5)"),
  ("1..", "(1 ..)"),
  ("1 .. $n - 1", "(1 .. ($n - 1))"),
  ("192.0.2.1..192.0.2.9", "(192.0.2.1 .. 192.0.2.9)"),
  ("192.168.1.7 in 192.168.0.0/16", "(192.168.1.7 in 192.168.0.0/16)"),
  ("2024-01-02T03:04:05+02:00", "2024-01-02T03:04:05+02:00"),
  ("2024-01-02..2024-02-01", "(2024-01-02 .. 2024-02-01)"),
  ("2024-1", "(2024 - 1)"),
  ("3>2", "(3 > 2)"),
  ("null == $x", "(null == $x)"),
  ("0x[16 03 01 de:ad]", "0x[16 3 1 de ad]"),
  ("0x[1603]", "0x[16 3]"),
  ("0x[\n  16\n  03 # version\n]", "0x[16 3]"),
  ("0x[]", "0x[]"),
  ("re'^(\\d{3}) '", "re'^(\\\\d{3}) '"),
  ("re\"it's\"", "re'it\\'s'"),
  // Precedence, loosest first.
  ("not true or false and true", "((not true) or (false and true))"),
  ("not $a == $b", "(not ($a == $b))"),
  ("not not true", "(not (not true))"),
  ("$a == 1 and $b != 2", "(($a == 1) and ($b != 2))"),
  ("$a in 1..5", "($a in (1 .. 5))"),
  ("$a not in $b", "($a not in $b)"),
  ("$a =~ re'x' or $b !~ 'y'", "(($a =~ re'x') or ($b !~ 'y'))"),
  ("1 bor 2 bxor 3 band 4 shl 1 + 2 * 3", "(1 bor (2 bxor (3 band (4 shl (1 + (2 * 3))))))"),
  ("1 * 2 + 3 band 4", "(((1 * 2) + 3) band 4)"),
  ("1 - 2 - 3 + 4", "(1 - 2 - 3 + 4)"),
  ("1 + 2 * 3 // 4 - 5", "(1 + (2 * 3 // 4) - 5)"),
  ("-2 + 3", "((- 2) + 3)"),
  ("2 * -3", "(2 * (- 3))"),
  ("--3", "(- (- 3))"),
  ("- bnot 3", "(- (bnot 3))"),
  ("-$a.b", "(- $a.b)"),
  ("$a -1", "($a - 1)"),
  ("$a-1", "($a - 1)"),
  ("1..3 == $r", "((1 .. 3) == $r)"),
  ("$a <= 1", "($a <= 1)"),
  // Access.
  ("$a.b.c", "$a.b.c"),
  ("$a.max-time", "$a.max-time"),
  ("$a?.b", "$a?.b"),
  ("$a[0]", "$a[0]"),
  ("$a[-1].b", "$a[(- 1)].b"),
  ("$a[1..3]", "$a[1..3]"),
  ("$a[3..]", "$a[3..]"),
  ("$a[..3]", "$a[..3]"),
  ("$a[..<3]", "$a[..<3]"),
  ("$a[1..<$n + 1]", "$a[1..<($n + 1)]"),
  ("$a[(1..2)]", "$a[(group (1 .. 2))]"),
  ("$a[\"content-type\"]", "$a['content-type']"),
  ("(dns $h).answers[0]", "(group <dns $h>).answers[0]"),
  ("'abc'[1]", "'abc'[1]"),
  ("[1 2][0]", "[1 2][0]"),
  ("$a..$b", "($a .. $b)"),
  ("$? + $_ + $in.x", "($? + $_ + $in.x)"),
  // Collections.
  ("[1 2 3]", "[1 2 3]"),
  ("[1, 2,3]", "[1 2 3]"),
  ("[\n  a # one\n  b\n]", "[a b]"),
  ("[-1 -x $a -1]", "[-1 -x $a -1]"),
  ("[$a.b (1 + 2) 'x y']", "[$a.b (group (1 + 2)) 'x y']"),
  ("[::1]", "[::1]"),
  ("[::1 [::1]:80]", "[::1 [::1]:80]"),
  ("[[1 2] [3]]", "[[1 2] [3]]"),
  ("{name: web, port: 80}", "{'name': web, 'port': 80}"),
  ("{name: web port: 80}", "{'name': web, 'port': 80}"),
  ("{\n  name: web\n  port: (40 * 2)\n}", "{'name': web, 'port': (group (40 * 2))}"),
  ("{a:1,b:2}", "{'a': 1, 'b': 2}"),
  ("{\"content type\": text/html}", "{'content type': text/html}"),
  ("{at: 127.0.0.1:80}", "{'at': 127.0.0.1:80}"),
  ("{$k: 1, x${k}y: 2}", "{$k: 1, 'x'~$k~'y': 2}"),
  ("{}", "{}"),
  ("{ # nothing\n}", "{}"),
  ("{|x| $x + 1}", "{|x| ($x + 1)}"),
  ("{|a, b: int = 3| $a; $b }", "{|a b:int=3| $a $b}"),
  ("{|| now }", "{|| <now>}"),
  // Bare texts and controls as values.
  ("http://$host/x", "'http://'~$host~'/x'"),
  ("http://[::1]:$port/x", "'http://[::1]:'~$port~'/x'"),
  ("example.test:$port", "'example.test:'~$port"),
  ("$host:$port", "$host~':'~$port"),
  ("[2001:db8::1]:$port", "'[2001:db8::1]:'~$port"),
  ("if $a { 1 } else { 2 }", "(if ($a {1}) ({2}))"),
  ("1 + if $a { 1 } else { 2 }", "(1 + (if ($a {1}) ({2})))"),
]

@Test("expressions", arguments: expressions)
func expression(text: String, tree: String) {
  #expect(dump(text) == tree)
  #expect(findings(text) == [])
  #expect(dump("let x = \(text)") == "(let x \(tree))")
  #expect(dump("( \(text)\n)") == "(group \(tree))")
}

@Test func newlinesEndExpressionsOutsideBrackets() {
  #expect(dump("(1 +\n  2\n  * 3)") == "(group (1 + (2 * 3)))")
  #expect(dump("let a = 1 + \\\n 2") == "(let a (1 + 2))")
  #expect(findings("let a = 1 +\n2") == ["syntax ``"])
}

@Test func longChainsAreFlat() {
  let terms = 20_000
  let result = parsed(String(repeating: "1+", count: terms) + "1")
  guard case .pipeline(let pipeline) = result.block.statements.first?.kind,
    case .expression(let expression) = pipeline.stages.first?.kind, case .chain(_, let links) = expression.kind
  else {
    Issue.record("no chain")
    return
  }
  #expect(links.count == terms)
}
