import Interpreter
import TestSupport
import Testing

/// JSON, CSV and TSV between text and values: random values against Python's `json`, and what is refused.
@Suite struct FormatTests {
  /// Values of every kind that Python makes, through `from json | to json` and back, plain and indented; order and big integers count.
  @Test func keepsRandomJSON() throws {
    let texts = try Python.run(
      #"""
      import json, random
      random.seed(8259)
      letters = ["a", "é", "\"", "\\", "\n", "\x01", "\x7f", "\u2028", "😀", "/", "\x85", "\u00c2", "0", " "]
      def text(): return "".join(random.choices(letters, k=random.randrange(12)))
      def value(depth):
        kind = random.randrange(10 if depth else 7)
        if kind == 0: return None
        if kind == 1: return random.random() < 0.5
        if kind == 2: return random.randrange(-1000, 1000)
        if kind == 3: return random.randrange(-2**4095, 2**4095) >> random.randrange(4095)
        if kind == 4: return random.uniform(-1, 1) * 10.0 ** random.randrange(-300, 300)
        if kind < 7: return text()
        count = random.randrange(20 if random.random() < 0.1 else 4)
        if kind == 7: return [value(depth - 1) for _ in range(count)]
        if kind == 8: return [{"id": value(0), "b": value(0), **({"c": 1} if random.random() < 0.2 else {})} for _ in range(count)]
        return {text(): value(depth - 1) for _ in range(count)}
      for _ in range(1500): print(json.dumps(value(4), ensure_ascii=random.random() < 0.5))
      """#, lines: [])
    #expect(texts.count == 1500)
    let shell = Shell()
    var answers: [String] = []
    for text in texts {
      shell.session.define("text", .string(text))
      answers.append(text)
      answers.append(shell.line("$text | from json | to json"))
      answers.append(shell.line("$text | from json | to json --indent 2 | from json | to json"))
    }
    let verdicts = try Python.run(
      """
      import json, sys
      lines = [json.loads(l) for l in sys.stdin.read().split("\\n") if l]
      for i in range(0, len(lines), 3):
        a, b, c = (json.dumps(x) for x in lines[i:i + 3])
        print("same" if a == b == c else a + " " + b + " " + c)
      """, lines: answers)
    #expect(verdicts.count == texts.count)
    for verdict in verdicts where verdict != "same" { Issue.record("\(verdict)") }
  }

  @Test(arguments: [
    // Integers are exact up to 4,096 bits.
    ("18446744073709551615 | to json | from json", "18446744073709551615"),
    ("'-9223372036854775809' | from json", "-9223372036854775809"),
    ("('1' + '0' * 1232) | from json | type", "int"), ("('1' + '0' * 1234) | from json", "error: overflow"),
    ("('1' + '0' * 5000) | from json", "error: overflow"), ("'1e400' | from json", "error: overflow"),
    // What comes twice, and in which order.
    (#"'{"b": 1, "a": 2, "b": 3}' | from json | to json"#, #"{"b":3,"a":2}"#),
    (
      #"'[{"a": 1, "b": 2}, {"b": 3, "a": 4}, {"a": 5}, {}, {"a": 6, "b": 7, "c": 8}]' | from json | to json"#,
      #"[{"a":1,"b":2},{"b":3,"a":4},{"a":5},{},{"a":6,"b":7,"c":8}]"#
    ),
    (
      #"'[{"a": 1, "b": 2}, {"a": 3, "a": 4}, {"a": 5, "b": 6, "b": 7}]' | from json | to json"#,
      #"[{"a":1,"b":2},{"a":4},{"a":5,"b":7}]"#
    ),
    // Names are the same by their bytes, not by canonical equivalence.
    (
      "[{\"e\\u{301}\": 1}, {\"\\u{e9}\": 2}] | to json | from json | each { $in | columns | first | len } | join", "21"
    ),
    // Depth.
    ("('[' * 1000 + ']' * 1000) | from json | to json | len", "2000"),
    ("('[' * 1001 + ']' * 1001) | from json", "error: too-deep"),
    ("('[' * 1000000) | from json", "error: too-deep"),
    // Values of the language.
    (
      "[192.0.2.1 10.0.0.0/8 5ms 1KiB 0x[ff] null 1.5] | to json",
      #"["192.0.2.1","10.0.0.0/8","5ms",1024,{"base64":"/w=="},null,1.5]"#
    ),
    ("(1e308 * 10) | to json", "error: not-json"), ("1 | to json --indent 17", "error: bad-indent"),
    ("'[1, 2]' | from json | to json --indent 0", "[\n1,\n2\n]"), ("{} | to json --indent 2", "{}"),
    ("1..3 | each {|n| {n: $n}} | to json", #"[{"n":1},{"n":2},{"n":3}]"#),
    // NDJSON streams: an endless one is cut off after its first lines.
    ("1.. | each {|n| {n: $n}} | to ndjson | lines | first 2", "{\"n\":1}\n{\"n\":2}"),
    (#""{\"a\":1}\n\n  \n[2]\r\n" | from ndjson | to json"#, #"[{"a":1},[2]]"#),
    ("\"1 2\\n\" | from ndjson", "error: not-json"),
    // CSV.
    ("\"a,b\\n1,\\n\" | from csv | to json", #"[{"a":"1","b":""}]"#),
    ("\"a,a\\n1,2\\n\" | from csv", "error: bad-header"),
    ("'' | from csv | len", "0"), ("'a,b' | from csv | len", "0"), ("\"a,b\\n1,2,3\" | from csv", "error: bad-row"),
    ("\"a\\n\\\"x\" | from csv", "error: not-csv"), ("'x' | from csv --delimiter ab", "error: bad-delimiter"),
    ("0x[61 0a ff] | from csv | get a | first | type", "bytes"), ("[{a: 1} {a: 2, b: 3}] | to csv", "error: bad-row"),
    ("[{a: 1, b: 2} {a: 3}] | to csv | lines | last", "3,"), ("[1 2] | to csv", "error: wrong-type"),
    ("1.. | each {|n| {n: $n}} | to csv | lines | first 3 | join ' '", "n 1 2"),
    ("[{a: null, b: [1 {c: 2}]}] | to csv | lines | last", #","[1,{""c"":2}]""#),
    ("[{a: ''}] | to csv | lines | last", "\"\""),
    ("{a: 1, b: x} | to csv | lines | join ' '", "a,b 1,x"),
    // TSV.
    ("[{\"a\\tb\": \"x\\n\\r\\\\t\"}] | to tsv | from tsv | to json", #"[{"a\tb":"x\n\r\\t"}]"#),
    ("'a\\x' | from tsv --no-header", "error: bad-escape"), ("'a\\' | from tsv --no-header", "error: bad-escape"),
    ("\"a\\n\\nx\\n\" | from tsv | to json", #"[{"a":""},{"a":"x"}]"#),
  ]) func gives(_ line: String, _ output: String) {
    let shell = Shell()
    #expect(shell.line(line) == output, "\(line)")
  }

  /// What a table looks like in a pipe reads back as the same table of strings.
  @Test func readsBackWhatATablePrints() {
    let shell = Shell()
    var random = SeededRandom(seed: 9)
    for _ in 0..<200 {
      let rows = (0..<(1 + random.below(4))).map { _ in
        Value.record(
          Record(
            pairs: ["a", "b\t", "ü"].map { name in
              (
                name,
                .string(
                  (0..<random.below(5)).map { _ in random.pick(["\t", "\n", "\\", "\r", "x", "é", "n"]) }.joined())
              )
            }))
      }
      shell.session.define("table", .list(rows))
      shell.session.define("printed", .string(shell.run("$table")))
      #expect(shell.line("($printed | from tsv) == $table") == "true")
      #expect(shell.line("($table | to csv | from csv) == $table") == "true")
      #expect(shell.line("($table | to ndjson | from ndjson) == $table") == "true")
    }
  }
}
