import Interpreter
import System

/// The numbers of the lessons whose exercises were all right once, kept in a file of the user's.
struct LessonsDone {
  private let path: String?
  private(set) var numbers: Set<Int> = []

  init(_ session: Session) {
    path = StateFolder.path { session.environment[$0] }.map { $0 + "/lessons" }
    guard let path, let bytes = try? FileText.read(path) else { return }
    numbers = Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { Int($0) })
  }

  /// Remembers a lesson; where nothing can be kept it is done for this session only in the eyes of its teacher.
  mutating func add(_ number: Int) {
    guard let path, numbers.insert(number).inserted else { return }
    let lines = numbers.sorted().map { "\($0)\n" }.joined()
    do {
      try NewFolder.makeAll(above: path)
      let file = try NewFile(path, mode: 0o600)
      try file.write(Array(lines.utf8))
      try file.finish()
    } catch {
      // A home that cannot be written to is no reason to spoil the pleasure.
    }
  }
}
