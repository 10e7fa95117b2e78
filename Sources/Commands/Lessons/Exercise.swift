import Diagnostics
import Interpreter
import System

/// A question of a lesson whose answer is put into a variable.
///
/// The file of a lesson's exercises declares `lesson_exercises`, a list of records: the variable's `name`, the `question`, the function
/// `check` that tells whether a value is right, and a `hint` for those that are not.
struct Exercise {
  let name: String
  let question: String
  let hint: String
  private let check: Function

  private static let variable = "lesson_exercises"

  /// Reads the exercises of a lesson; none if it has no file of them.
  static func all(of lesson: Lesson, _ machine: Machine) throws -> [Exercise] {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileText.read(lesson.exercisesPath) } catch {
      guard error.code == "ENOENT" else { throw error }
      return []
    }
    try machine.source(machine.session.prepare(Source(name: lesson.exercisesPath, bytes: bytes)))
    guard case .list(let list)? = machine.session.variable(variable) else { return [] }
    return list.compactMap { item in
      guard case .record(let record) = item, case .string(let name)? = record["name"],
        case .string(let question)? = record["question"], case .function(let check)? = record["check"]
      else { return nil }
      let hint = if case .string(let text)? = record["hint"] { text } else { "" }
      return Exercise(name: name, question: question, hint: hint, check: check)
    }
  }

  /// What is said of an answer that is not right.
  private var remark: String { hint.isEmpty ? "not yet" : "not yet: \(hint)" }

  /// Looks at the variable; an error of the check itself is a wrong answer, too.
  func verdict(_ machine: Machine) throws -> (state: String, remark: String) {
    guard let answer = machine.session.variable(name) else { return ("open", question) }
    switch try machine.attempt(check, [answer]) {
    case .success(.bool(true)): return ("right", "well done")
    case .success: return ("wrong", remark)
    case .failure(let failure) where failure.isInterrupt: throw failure
    case .failure: return ("wrong", remark)
    }
  }
}
