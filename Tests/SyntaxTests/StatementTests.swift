import Testing

@testable import Syntax

/// Each row: a text, and its tree.
private let statements: [(String, String)] = [
  // Commands and their arguments.
  ("dns example.test mx @127.0.0.1", "<dns example.test mx @127.0.0.1>"),
  ("tcp connect www.example.test:80", "<tcp connect www.example.test:80>"),
  ("tcp connect [2001:db8::1]:443", "<tcp connect [2001:db8::1]:443>"),
  ("tcp connect $host:$port", "<tcp connect $host~':'~$port>"),
  ("tcp connect [$addr]:$port", "<tcp connect '['~$addr~']:'~$port>"),
  ("tcp connect [::1]:$port", "<tcp connect '[::1]:'~$port>"),
  ("http get http://$host/rfc/rfc${n}.txt", "<http get 'http://'~$host~'/rfc/rfc'~$n~'.txt'>"),
  ("http get http://[::1]:80/x", "<http get http://[::1]:80/x>"),
  ("f a.$b.c.d.", "<f 'a.'~$b.c.d~'.'>"),
  ("f $a.b", "<f $a.b>"),
  ("f $a[0].b $a?.c", "<f $a[0].b $a?.c>"),
  ("f (dns x).y", "<f (group <dns x>).y>"),
  ("f ${ 1 + 2 } x${ g y }z", "<f (group (1 + 2)) 'x'~(group <g y>)~'z'>"),
  ("f $ a$ $- 5$", "<f $ a$ $- 5$>"),
  ("f --name --other=1 --text=\"x y\" -4 -x -- --rest", "<f --name --other=1 --text='x y' -4 -x -- --rest>"),
  ("f --list=[1 2] --max-time 5s", "<f --list=[1 2] --max-time 5s>"),
  ("split ,", "<split ,>"),
  ("split a,b", "<split a,b>"),
  ("f 3+4 1..10 a=b", "<f 3+4 1..10 a=b>"),
  ("f 0x[00 01] re'x y' {a: 1} {} {|x| $x} { g }", "<f 0x[0 1] re'x y' {'a': 1} {} {|x| $x} {<g>}>"),
  ("f { split , }", "<f {<split ,>}>"),
  ("f { \"a\" | g }", "<f {(| 'a' <g>)}>"),
  ("f { \"a\": 1 }", "<f {'a': 1}>"),
  ("f a \\\n  b", "<f a b>"),
  ("f a#b # comment", "<f a#b>"),
  ("f (a\n  b\n)", "<f (group <a b>)>"),
  ("^grep -v --color=no x $y", "<^grep -v --color=no x $y>"),
  ("^'/opt/a b' 1", "<^/opt/a b 1>"),
  // Pipelines and separators.
  ("a | b | c", "(| <a> <b> <c>)"),
  ("a |\n  # and\n  b", "(| <a> <b>)"),
  ("a; b;; c\n\n;d", "<a> <b> <c> <d>"),
  ("a\r\nb 1\r\n", "<a> <b 1>"),
  ("$x | where {|l| $l =~ re'a'} | first 10", "(| $x <where {|l| ($l =~ re'a')}> <first 10>)"),
  ("#!/usr/bin/env nsh\na", "<a>"),
  ("\u{FEFF}a", "<a>"),
  ("if $a { b } | c", "(| (if ($a {<b>})) <c>)"),
  // Statements.
  ("let c = tcp connect :80", "(let c <tcp connect :80>)"),
  ("let n=3+4", "(let n (3 + 4))"),
  ("let r = recv line | f", "(let r (| <recv line> <f>))"),
  ("let r = within 5s { recv line }", "(let r (within 5s {<recv line>}))"),
  ("let x = (dns $h | first)", "(let x (group (| <dns $h> <first>)))"),
  ("set n = $n + 1", "(set n ($n + 1))"),
  ("set r.headers.host = x", "(set r.headers.host <x>)"),
  ("set $list[0] = 5", "(set list[0] 5)"),
  ("return", "(return)"),
  ("return $x", "(return $x)"),
  ("f { return }", "<f {(return)}>"),
  ("fail \"no\"", "(fail 'no')"),
  ("assert $r.status == 200, \"why\"", "(assert ($r.status == 200) 'why')"),
  ("assert (f)", "(assert (group <f>))"),
  ("assert $a in [1 2]", "(assert ($a in [1 2]))"),
  ("defer { close $c }", "(defer {<close $c>})"),
  ("use smtp; use ./lib/x.nsh; use \"a b\"", "(use smtp) (use ./lib/x.nsh) (use 'a b')"),
  ("loop { break; continue }", "(loop {(break) (continue)})"),
  ("while $n < 3 { f }", "(while ($n < 3) {<f>})"),
  ("for h in 192.0.2.1..192.0.2.9 { f $h }", "(for h (192.0.2.1 .. 192.0.2.9) {<f $h>})"),
  ("for i in 1.. { f }", "(for i (1 ..) {<f>})"),
  ("for i in [1 2] {\n  f\n}", "(for i [1 2] {<f>})"),
  ("if $a { b } else if not $c { d } else { e }", "(if ($a {<b>}) ((not $c) {<d>}) ({<e>}))"),
  ("if (f $x) == {a: 1} { b }", "(if (((group <f $x>) == {'a': 1}) {<b>}))"),
  ("if $a {}", "(if ($a {}))"),
  ("try { a } catch e { b } finally { c }", "(try {<a>} (catch e {<b>}) (finally {<c>}))"),
  ("try { a } catch { b }", "(try {<a>} (catch {<b>}))"),
  ("try { a }\nb", "(try {<a>}) <b>"),
  ("retry 5 --every 200ms { f }", "(retry 5 every 200ms {<f>})"),
  ("retry $n --every=1s { f }", "(retry $n every 1s {<f>})"),
  ("retry 5 { f }", "(retry 5 {<f>})"),
  (
    "def greet [server: endpoint, name = \"nsh\", --timeout: duration = 5s, --flag, ...rest] { f }",
    "(def greet [server:endpoint name='nsh' --timeout:duration=5s --flag ...rest] {<f>})"
  ),
  ("def f [a b\n  c=[1 2]] { }", "(def f [a b c=[1 2]] {})"),
  ("def my-f [--max-time: duration] {}", "(def my-f [--max-time:duration] {})"),
  ("# one\n\n# two\n#  three\ndef f [] {}", "(def f 'two\\n three' [] {})"),
  ("f # no\ndef f [] {}", "<f> (def f [] {})"),
  ("if $a {\n  # in\n  def f [] {}\n}", "(if ($a {(def f 'in' [] {})}))"),
]

@Test("statements", arguments: statements)
func statement(text: String, tree: String) {
  #expect(dump(text) == tree)
  #expect(findings(text) == [])
}

@Test func spansCoverWhatWasRead() throws {
  let text = "let a = f  x  # c\n  g | h 1 \n"
  let result = parsed(text)
  let texts = result.block.statements.map { Array(text.utf8)[$0.span.start..<$0.span.end] }
  #expect(texts.map { String(decoding: $0, as: UTF8.self) } == ["let a = f  x", "g | h 1"])
}
