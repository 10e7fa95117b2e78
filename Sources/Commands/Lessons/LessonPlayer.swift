import Diagnostics
import Glibc
import Interpreter
import Syntax

/// A lesson gone through at the prompt or in a script: what is told goes to people, results go where all values go.
struct LessonPlayer {
  private let lesson: Lesson
  private let machine: Machine

  /// The columns to which text is folded.
  private static let columns = 76

  init(_ lesson: Lesson, _ machine: Machine) {
    self.lesson = lesson
    self.machine = machine
  }

  /// Goes through all slides, and then names the exercises.
  func play() throws {
    let (path, remark) = try lesson.script(machine)
    if let remark { note("\(remark): the same steps on packets that are only built.") }
    let (talk, source) = try lesson.talk(machine.session, from: path)
    for (number, slide) in talk.slides.enumerated() {
      if slide.opensSection, let heading = slide.heading {
        note("\n" + heading.text + "\n" + String(repeating: "=", count: heading.text.count) + "\n")
      }
      for paragraph in slide.narration { tell(paragraph) }
      for statement in slide.statements { try run(talk.statements[statement], of: source) }
      guard number + 1 < talk.slides.count else { break }
      guard try goesOn() else { return }
    }
    let exercises = try Exercise.all(of: lesson, machine)
    guard !exercises.isEmpty else { return }
    note("\nExercises\n=========\n")
    for exercise in exercises { tell(.item(mark: "-", "`let \(exercise.name) = …`: \(exercise.question)")) }
    note("\nPut each answer into its variable; `lesson check` looks at them as often as you like.")
  }

  private func note(_ text: String) { machine.session.output.note(text) }

  private func run(_ statement: TalkStatement, of source: Source) throws {
    note("> " + statement.text.replacing("\n", with: "\n  "))
    let text = source.written.text(source.written(statement.statement.span))
    let written = Source(name: source.name, bytes: Array(text.utf8), firstLine: statement.line)
    try machine.source(machine.session.prepare(written))
    try machine.session.output.flush()
    note("")
  }

  private func tell(_ paragraph: Paragraph) {
    switch paragraph {
    case .text(let text): note(Self.folded(text, indent: 0) + "\n")
    case .item(let mark, let text): note(mark + " " + Self.folded(text, indent: mark.count + 1))
    case .verbatim(let lines): note(lines.map { "    " + $0 }.joined(separator: "\n") + "\n")
    }
  }

  private static func folded(_ text: String, indent: Int) -> String {
    var (lines, line) = ([String](), "")
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + word.count + 1 > columns - indent {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + [line]).joined(separator: "\n" + String(repeating: " ", count: indent))
  }

  /// Waits for Enter where somebody sits at a terminal; false if they want no more.
  private func goesOn() throws -> Bool {
    guard isatty(0) == 1, isatty(1) == 1, !machine.session.scriptIsOnInput.load(ordering: .relaxed) else { return true }
    machine.session.output.ask("-- Enter goes on, q ends the lesson -- ")
    guard let line = try machine.standardInput.line(machine) else { return false }
    return line.first != UInt8(ascii: "q")
  }
}
