/// A session as somebody would see it: what was typed, each time with what the shell answered.
///
/// ```
/// # a comment
/// > let n = 3
/// > if $n == 3 {
/// |   print yes
/// | }
/// yes
/// ```
/// `> ` begins what is typed and `| ` goes on with it. All lines up to the next `>` or `#` at the start of a line are the answer; empty
/// lines at its end do not count. A line of the answer that begins with one of `> | # \` has a `\` before it.
/// A carriage return is written as `␍`. In an answer `<port>`, `<time>` and `<any>` stand for a number, a duration and any text, and a line `…` for any number of lines.
struct Transcript {
  struct Step {
    var typed: [String]
    var answer: [String] = []
    /// The line of the file where it begins, from 1.
    let line: Int
    /// The comments before it.
    var preface: [String]
    /// How many empty lines follow the answer.
    var gap = 0
  }

  var steps: [Step] = []
  /// Comments after the last step.
  private var ending: [String] = []

  init(_ text: String) {
    var preface: [String] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).enumerated() {
      if line == ">" || line.hasPrefix("> ") {
        steps.append(Step(typed: [String(line.dropFirst(2))], line: index + 1, preface: preface))
        preface = []
      } else if line.hasPrefix("#") || steps.isEmpty || !preface.isEmpty {
        preface.append(line)
      } else if line == "|" || line.hasPrefix("| "), steps[steps.count - 1].answer.isEmpty {
        steps[steps.count - 1].typed.append(String(line.dropFirst(2)))
      } else {
        steps[steps.count - 1].answer.append(line.hasPrefix("\\") ? String(line.dropFirst()) : line)
      }
    }
    for index in steps.indices { steps[index].trimAnswer() }
    ending = preface
  }

  /// Gives the lines of what a shell wrote, as they stand in a transcript.
  static func lines(of answer: String) -> [String] {
    // By bytes, since CR and LF together are one Character.
    var lines = answer.utf8.split(separator: 10, omittingEmptySubsequences: false).map { line in
      String(String.UnicodeScalarView(Substring(line).unicodeScalars.map { $0 == "\r" ? "␍" : $0 }))
    }
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines
  }

  /// The file's text.
  var text: String {
    var lines: [String] = []
    for step in steps {
      lines += step.preface
      lines += step.typed.enumerated().map { ($0 == 0 ? ">" : "|") + ($1.isEmpty ? "" : " " + $1) }
      lines += step.answer.map { line in line.first.map { ">|#\\".contains($0) } ?? false ? "\\" + line : line }
      lines += Array(repeating: "", count: step.gap)
    }
    lines += ending
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Transcript.Step {
  fileprivate mutating func trimAnswer() {
    while answer.last?.isEmpty ?? false {
      answer.removeLast()
      gap += 1
    }
  }
}
