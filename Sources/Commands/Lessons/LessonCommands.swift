import Interpreter
import Syntax
import Synchronization

let lesson = Command(
  "lesson",
  "Lists the lessons and which are done, or goes through one: what it tells, its statements, and what comes of them.",
  Parameter<Int?>.optional("number", "which lesson"),
  Parameter<Bool>.flag("live", "on the real internet, not in the lab"), gives: .any,
  examples: [
    Example("lesson | first | get title", "Addresses"),
    Example("lesson 1"),
  ]
) { machine, number, live in
  guard let number else {
    let done = LessonsDone(machine.session).numbers
    return .list(
      List(
        try Lesson.all().map { lesson in
          let talk = try lesson.talk(machine.session).talk
          return .record(
            Record([
              "lesson": .int(lesson.number), "title": .string(talk.title), "about": .string(talk.firstSentence),
              "done": .bool(done.contains(lesson.number)),
            ]))
        }))
  }
  let lesson = try Lesson.numbered(number)
  machine.session.service(CurrentLesson.self) { CurrentLesson() }.number.withLock { $0 = number }
  let wasLive = machine.session.isLive
  machine.session.isLive = live || wasLive
  defer { machine.session.isLive = wasLive }
  try LessonPlayer(lesson, machine).play()
  return .null
}

let lessonCheck = Command(
  "lesson check",
  "Looks at the exercises of a lesson: each is right, wrong, or open as long as its variable is not declared.",
  Parameter<Int?>.optional("number", "which lesson; without it the one that was gone through last"), gives: .table,
  examples: [
    Example("let bits = 32; lesson check 1 | first | get state", "right"),
    Example("lesson check 1 | get state", "open\nopen\nopen"),
  ]
) { machine, number in
  let current = machine.session.service(CurrentLesson.self) { CurrentLesson() }.number.withLock { $0 }
  guard let number = number ?? current else {
    throw ValueError("missing-argument", "which lesson?", hint: "`lesson check 1`", layer: .command)
  }
  let exercises = try Exercise.all(of: try Lesson.numbered(number), machine)
  let verdicts = try exercises.map { try $0.verdict(machine) }
  if !verdicts.isEmpty, verdicts.allSatisfy({ $0.state == "right" }) {
    var done = LessonsDone(machine.session)
    done.add(number)
    let next = try Lesson.all().first { !done.numbers.contains($0.number) }
    let way = next.map { "`lesson \($0.number)` is next" } ?? "that was the last of all lessons"
    machine.session.output.note("All are right: lesson \(number) is done; \(way).")
  }
  return .list(
    List(
      zip(exercises, verdicts).map { exercise, verdict in
        .record(
          Record([
            "exercise": .string(exercise.name), "state": .string(verdict.state), "remark": .string(verdict.remark),
          ]))
      }))
}

extension Talk {
  /// The first sentence of what is told.
  var firstSentence: String {
    for paragraph in slides.flatMap(\.narration) {
      guard case .text(let text) = paragraph else { continue }
      guard let end = text.firstRange(of: ". ") else { return text }
      return String(text[..<end.lowerBound]) + "."
    }
    return ""
  }
}

/// The lesson that was gone through last in this session.
private final class CurrentLesson: Sendable {
  let number = Mutex<Int?>(nil)
}
