import Glibc
import TestSupport
import Testing

/// Python's own sort, statistics, split and format as a second opinion on random inputs.
@Suite struct PythonTests {
  private func compare(_ program: String, _ inputs: [String], _ lines: [String]) throws {
    let wanted = try Python.run(program, lines: inputs)
    #expect(wanted.count == lines.count)
    let shell = Shell()
    for (line, wanted) in zip(lines, wanted) { #expect(shell.line(line) == wanted, "\(line)") }
  }

  private func lists(_ count: Int, of make: () -> String) -> [String] {
    (0..<count).map { _ in (0..<Int.random(in: 1...60)).map { _ in make() }.joined(separator: " ") }
  }

  @Test func sortsIntegers() throws {
    let inputs = lists(150) { String(Int.random(in: .min ... .max) >> Int.random(in: 0..<64)) }
    try compare(
      "import sys\nfor l in sys.stdin: print(*sorted(map(int, l.split())))", inputs,
      inputs.map { "[\($0)] | sort | join \" \"" })
    try compare(
      "import sys\nfor l in sys.stdin: print(*sorted(map(int, l.split()), key=lambda n: n % 7, reverse=True))", inputs,
      inputs.map { "[\($0)] | sort --reverse {|n| $n % 7} | join \" \"" })
  }

  @Test func sortsTextsByTheirBytes() throws {
    let letters = ["a", "b", "é", "Z", "0", "aaaaaaaa", "\u{1F600}", "-"]
    let inputs = lists(100) { "w" + (0..<Int.random(in: 0...4)).map { _ in letters.randomElement() ?? "" }.joined() }
    try compare(
      "import sys\nfor l in sys.stdin: print(*sorted(l.split(), key=lambda s: s.encode()))", inputs,
      inputs.map { "words '\($0)' | sort | join \" \"" })
  }

  @Test func sortsFloats() throws {
    let inputs = lists(100) { "\(Double.random(in: -1e3...1e3))" }
    try compare(
      "import sys\nfor l in sys.stdin: print(*sorted(l.split(), key=float))", inputs,
      inputs.map { "[\($0)] | sort | join \" \"" })
  }

  @Test func findsMedianAndPercentiles() throws {
    let inputs = lists(150) { String(Int.random(in: -1000...1000)) }
    // Exact fractions, written as the language writes an int or a float.
    try compare(
      """
      import sys
      from fractions import Fraction as F
      def show(f): return str(f.numerator) if f.denominator == 1 else repr(float(f))
      def at(l, p):
        i, r = divmod(p * (len(l) - 1), 100)
        return F(l[i]) + (F(l[i + 1] - l[i]) * r / 100 if r else 0)
      for l in sys.stdin:
        l = sorted(map(int, l.split()))
        print(show(at(l, 50)), show(F(sum(l), len(l))), *["%.9g" % float(at(l, p)) for p in (1, 90, 99)])
      """, inputs,
      inputs.map {
        "let l = [\($0)]; ([($l | median) ($l | mean)] + ($l | percentile 1 90 99 | format .9g)) | join ' '"
      })
  }

  @Test func splits() throws {
    let letters = ["a", "b", ",", ",", " ", "ö", "ab"]
    let inputs = (0..<200).map { _ in
      (0..<Int.random(in: 0...20)).map { _ in letters.randomElement() ?? "" }.joined() + "."
    }
    let program = { (how: String) in "import sys, re\nfor l in sys.stdin: print(*\(how), sep=\"|\")" }
    try compare(program("l[:-1].split(\",\")"), inputs, inputs.map { "'\($0)' | split , | join '|'" })
    try compare(program("l[:-1].split(\"ab\", 2)"), inputs, inputs.map { "'\($0)' | split ab --max 3 | join '|'" })
    try compare(program("l.split()"), inputs, inputs.map { "'\($0)' | words | join '|'" })
    try compare(
      program("re.split(\"(?:a|,)*\", l[:-1])"), inputs, inputs.map { "'\($0)' | split re'(a|,)*' | join '|'" })
    try compare(
      "import sys, re\nfor l in sys.stdin: print(re.sub(\"(a+)|b*\", r\"<\\1>\", l[:-1]))", inputs,
      inputs.map { "'\($0)' | replace re'(a+)|b*' '<$1>' --all" })
  }

  @Test func formatsNumbers() throws {
    var inputs: [String] = []
    for _ in 0..<400 {
      let align = ["", "<", ">", "^", "*^", "_<"].randomElement() ?? ""
      let sign = ["", "+", " ", "-"].randomElement() ?? ""
      let width = Bool.random() ? String(Int.random(in: 1...20)) : ""
      let zero = align.isEmpty && !width.isEmpty && Bool.random() ? "0" : ""
      let comma = zero.isEmpty && Bool.random() ? "," : ""
      if Bool.random() {
        let type = ["d", "x", "X", "b", "o", ""].randomElement() ?? ""
        let mark = Bool.random() ? "#" : ""
        let grouping = comma.isEmpty ? "" : type == "d" || type.isEmpty ? "," : "_"
        inputs.append(
          "\(Int.random(in: .min ... .max) >> Int.random(in: 0..<64))|\(align)\(sign)\(mark)\(zero)\(width)\(grouping)\(type)"
        )
      } else {
        let number = Double.random(in: -1...1) * pow(10, Double(Int.random(in: -5...12)))
        let type = ["f", "e", "g", "%"].randomElement() ?? ""
        inputs.append("\(number)|\(align)\(sign)\(zero)\(width)\(comma).\(Int.random(in: 0...12))\(type)")
      }
    }
    try compare(
      "import sys\nfor l in sys.stdin:\n n, f = l.rstrip(\"\\n\").split(\"|\")\n print(\"[\" + format(float(n) if \".\" in n or \"e\" in n else int(n), f) + \"]\")",
      inputs,
      inputs.map { input in
        let parts = input.split(separator: "|", omittingEmptySubsequences: false)
        return "\"[${(\(parts[0])) | format '\(parts[1])'}]\""
      })
  }
}
