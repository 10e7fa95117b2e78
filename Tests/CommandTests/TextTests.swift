import Testing

@Suite struct TextTests {
  let shell = Shell()

  @Test(arguments: [
    // Division.
    ("'' | split , | len", "1"), ("'a' | split ''", "a"), ("'aöb' | split '' | join -", "a-ö-b"),
    ("'' | split '' | len", "0"),
    ("',' | split , | len", "2"), ("'a,b,c' | split , --max 1", "a,b,c"), ("'a' | split , --max 0", "error: bad-count"),
    ("'abc' | split '' --max 2 | join -", "a-bc"), ("'1007' | split 00 | join -", "1-7"),
    ("'axbxc' | split re'x*' | join -", "-a--b--c-"), ("'a1b' | split re'(\\d)' | join -", "a-b"),
    ("0x[61 00 62] | split 0x[00] | len", "2"), ("0x[ff 2c fe] | split , | first | $in[0]", "255"),
    ("[a,b c,d] | split , | flatten | join", "abcd"), ("words '' | len", "0"), ("words ' \t\n ' | len", "0"),
    ("[1 2.5 10.0.0.1] | join ' '", "1 2.5 10.0.0.1"), ("[] | join ,", ""), ("[[1]] | join", "error: wrong-type"),
    ("[null] | join", "error: wrong-type"), ("['a' 0x[ff]] | join | len", "2"),
    // Search.
    ("'ab' | match '(a)(x)?' | len", "3"), ("'ab' | match '(?<k>z)?a' | get k | type", "null"),
    ("'äb' | match re'.' | first", "ä"), ("'aaa' | match re'a' --all | len", "3"),
    ("'' | match re'x*' --all | len", "1"),
    ("'axb' | match re'x*' --all | len", "4"),
    ("'a' | match '('", "check: `pattern`: re'(' is not a regular expression: missing closing parenthesis at offset 1"),
    ("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | match re'(a+)+$'", "error: match-limit"),
    ("'a.c' | contains .", "true"), ("'abc' | contains re'^b'", "false"), ("'' | contains ''", "true"),
    ("'abc' | starts-with ''", "true"), ("'a' | ends-with abc", "false"), ("0x[ff 01] | starts-with 0x[ff]", "true"),
    // Replacement.
    ("'aaa' | replace a b", "baa"), ("'aaa' | replace a b --all", "bbb"), ("'abc' | replace re'' - --all", "-a-b-c-"),
    ("'a' | replace a '$0'", "$0"), ("'a' | replace re'a' '$0$$1'", "a$1"), ("'a' | replace re'a' '$2'", ""),
    ("'a' | replace re'a' '${x}'", "error: bad-argument"), ("'ab' | replace re'(?<x>a)' '<${x}>'", "<a>b"),
    ("'a' | replace '' b", "error: bad-argument"), ("'öä' | replace re'ä' x", "öx"),
    ("'007' | replace 007 bond", "bond"),
    ("0x[ff 00] | replace 0x[ff] 0x[fe] | $in[0]", "254"),
    // Ends.
    ("'\u{a0}x\u{2003}' | trim", "x"), ("'xxax' | trim x", "a"), ("'xxax' | trim x --left", "ax"), ("'   ' | trim", ""),
    ("'ab' | pad 1", "ab"), ("'äb' | pad 4 -", "äb--"), ("'a' | pad -1", "error: bad-count"),
    ("'a' | pad 5 ab", "error: bad-argument"), ("'a' | pad 99999999999", "error: too-large"),
    ("reverse 'aöb'", "böa"), ("0x[01 02] | reverse | $in[0]", "2"), ("null | upper", "error: wrong-type"),
    ("{a: 1} | upper", "error: wrong-type"), ("[a [b]] | upper", "error: wrong-type"),
    // Forms.
    ("format -255 x", "-ff"), ("format 255 '#x'", "0xff"), ("format -5 05d", "-0005"), ("format 5 +d", "+5"),
    ("format 0.5 %", "50.000000%"), ("format 12345.678 ,.1f", "12,345.7"), ("format abc .2", "ab"),
    ("format abc ^7", "  abc  "),
    ("format 99999999999999999999 x", "56bc75e2d630fffff"), ("format 1KiB ,", "1,024"),
    ("format 2.5 x", "error: wrong-type"),
    ("format a d", "error: wrong-type"), ("format 1 .2x", "error: bad-format"),
    ("format 1 99999999999999999999", "error: bad-format"),
    ("format 1 .401f", "error: bad-format"), ("format 1 nonsense", "error: bad-format"),
    ("format 1 '{'", "error: bad-format"),
    ("format 1 '{{{}}}'", "{1}"), ("{a: {b: 7}} | format '{a.b:03d}'", "007"),
    ("{a: 1} | format '{b}'", "error: no-field"),
    ("[{a: 1} {a: 2}] | format '<{a}>' | join", "<1><2>"), ("format 1.5e300 .0f | len", "301"),
    ("format 10.0.0.1 '>10'", "  10.0.0.1"), ("format 1ms '{}'", "1ms"),
  ]) func gives(_ line: String, _ output: String) {
    #expect(shell.line(line) == output)
  }
}
