import Interpreter
import Synchronization

let lesson = Command(
  "lesson", "Lists the lessons, or goes through one: what it tells, its statements, and what comes of them.",
  Parameter<Int?>.optional("number", "which lesson"), gives: .any,
  examples: [
    Example("lesson | first | get title", "Addresses"),
    Example("lesson 1"),
  ]
) { machine, number in
  guard let number else {
    return .list(
      List(
        try Lesson.all().map { lesson in
          .record(Record(["lesson": .int(lesson.number), "title": .string(try lesson.talk(machine.session).title)]))
        }))
  }
  let lesson = try Lesson.numbered(number)
  machine.session.service(CurrentLesson.self) { CurrentLesson() }.number.withLock { $0 = number }
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
  return .list(
    List(
      try exercises.map { exercise in
        let verdict = try exercise.verdict(machine)
        return .record(
          Record([
            "exercise": .string(exercise.name), "state": .string(verdict.state), "remark": .string(verdict.remark),
          ]))
      }))
}

/// The lesson that was gone through last in this session.
private final class CurrentLesson: Sendable {
  let number = Mutex<Int?>(nil)
}
