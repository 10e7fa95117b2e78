import Testing

@Suite struct ListTests {
  let shell = Shell()

  @Test(arguments: [
    // An empty input, a single item, a range without an end.
    ("[] | sort", ""), ("[7] | sort", "7"), ("[] | uniq", ""), ("[] | reverse", ""), ("[] | flatten", ""),
    ("[] | chunks 3", ""), ("[] | enumerate", ""), ("[] | sum", "0"), ("[] | skip 3", ""), ("[] | zip [1 2]", ""),
    ("[] | group name", ""), ("[] | min", "error: empty"), ("[] | max", "error: empty"), ("[] | mean", "error: empty"),
    ("[] | median", "error: empty"), ("[] | percentile 50", "error: empty"),
    ("[] | reduce {|a b| $a}", "error: empty"), ("[] | reduce --from 5 {|a b| $a}", "5"),
    ("[7] | reduce {|a b| fail 'called'}", "7"),
    // Early stop of producers that have no end.
    ("1.. | skip 5 | first", "6"), ("1.. | enumerate | skip 2 | first | get item", "3"),
    ("1.. | uniq {|n| $n % 3} | first 3 | join ,", "1,2,3"), ("1.. | chunks 4 | first | join ,", "1,2,3,4"),
    ("1.. | each {|n| [$n [$n]]} | flatten --all | first 5 | join ,", "1,1,2,2,3"),
    ("1.. | zip (5..) | first | join ,", "1,5"), ("10.0.0.0/8 | skip 2 | first", "10.0.0.2"),
    // Counts that make no sense.
    ("[1] | skip -1", "error: bad-count"), ("[1] | chunks 0", "error: bad-count"),
    ("[1 2] | skip 9223372036854775807", ""), ("1..3 | skip 9223372036854775807", ""),
    ("[1 2] | chunks 9223372036854775807 | len", "1"),
    // None of bytes are bytes.
    ("0x[01 02] | last 0 | explain | first | get part", "bytes"),
    ("0x[01 02] | first 0 | explain | first | get part", "bytes"), ("'hi' | last 0", ""),
    // Types without an order or a sum.
    ("[1 a] | sort", "error: wrong-type"), ("[1 a] | min", "error: wrong-type"), ("[1 a] | sum", "error: wrong-type"),
    ("[a] | sum", "error: wrong-type"), ("[[1]] | mean", "error: wrong-type"),
    ("[1 null] | median", "error: wrong-type"),
    ("[1ms 2] | sum", "error: wrong-type"), ("5 | sort", "error: wrong-type"),
    ("[{a: 1}] | sort b", "error: no-field"), ("[{a: 1}] | sort {|x| fail 'no'}", "error: failed"),
    ("[1 2] | all {|n| $n}", "error: wrong-type"), ("[1] | percentile 101", "error: bad-argument"),
    ("[1] | percentile", "error: missing-argument"), ("[[1]] | group {|l| $l}", "error: wrong-type"),
    // Exact numbers.
    ("[9223372036854775807 1] | sum", "9223372036854775808"),
    ("[9223372036854775807 9223372036854775807] | mean", "9223372036854775807"),
    ("[-9223372036854775808 9223372036854775807] | median", "-0.5"), ("[1 2] | mean", "1.5"), ("[1 3] | mean", "2"),
    ("[0.5 1] | sum", "1.5"), ("[1s 2s] | median", "1.5s"), ("[1KiB 3KiB] | mean", "2KiB"),
    ("[5] | percentile 0 33.3 100", "5\n5\n5"),
    // Order: numbers across types, null and NaN last, --reverse keeps equal ones in place.
    ("[2.5 1 99999999999999999999 -3] | sort | join ' '", "-3 1 2.5 99999999999999999999"),
    ("[b null a] | sort | last | type", "null"), ("[true false] | sort", "false\ntrue"),
    ("[é z e Z] | sort | join", "Zezé"), ("[10.0.0.10 10.0.0.9 ::1] | sort | first", "10.0.0.9"),
    ("[{k: 1, v: a}, {k: 2, v: b}, {k: 1, v: c}] | sort k --reverse | get v | join", "bac"),
    ("[3 1 2] | sort {|a b| $a > $b} | join", "321"), ("[3 1 2] | sort --reverse {|a b| $a < $b} | join", "321"),
    ("[{a: {b: 2}} {a: {b: 1}}] | sort a.b | get a | get b | join", "12"),
    ("[[b 2] [a 1]] | sort 1 | first | join", "a1"),
    ("[bb a] | sort { len $in } | join", "abb"),
    // Equality as `==` has it.
    ("[1 1.0 2] | uniq | len", "2"), ("[{a: 1, b: 2} {b: 2, a: 1}] | uniq | len", "1"),
    ("['a' 0x[61]] | uniq | len", "1"), ("[1 '1'] | uniq | len", "2"), ("[[1 [2]] [1 [2]]] | uniq | len", "1"),
    ("[null null] | uniq | len", "1"), ("[a b a] | uniq --count | get count | join", "21"),
    // Tables.
    ("{a: 1} | insert a 2", "error: bad-argument"), ("{a: 1} | update b 2", "error: no-field"),
    ("{a: 1} | rename a b | columns", "b"), ("{a: 1, b: 2} | rename a b", "error: bad-argument"),
    ("{a: 1} | reject b", "error: no-field"), ("[{a: 1} {b: 2}] | columns | join", "ab"),
    ("[1] | insert a 1", "error: wrong-type"),
    ("[{p: 1} {p: 2} {p: 1}] | group p | columns | join", "12"),
  ]) func gives(_ line: String, _ output: String) {
    #expect(shell.line(line) == output)
  }

  @Test func growsNoDeeperThanTheLimit() {
    #expect(shell.line("let l = [1]; loop { set l = ($l | chunks 1) }") == "error: too-deep")
    #expect(shell.line("let l = 1; loop { set l = ([$l] | zip [1]) }") == "error: too-deep")
    #expect(shell.line("1.. | reduce --from [] {|l n| [$l]}") == "error: too-deep")
  }

  @Test func stopsByAnInterrupt() {
    shell.session.interrupt.raise()
    #expect(shell.line("1.. | all { true }") == "error: interrupted")
    #expect(shell.line("within 20ms { 1.. | sum }") == "error: timeout")
  }
}
