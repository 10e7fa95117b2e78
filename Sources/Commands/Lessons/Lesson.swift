import Diagnostics
import Interpreter
import Syntax
import System

/// A lesson that comes with the shell: a script in share/nsh/lessons whose name begins with its number.
struct Lesson {
  let number: Int
  /// `06-cidr.nsh`
  let name: String

  private static var folder: String? { Share.path.map { $0 + "/lessons" } }

  var path: String { (Self.folder ?? "") + "/" + name }
  var exercisesPath: String { (Self.folder ?? "") + "/exercises/" + name }

  /// Gives all lessons in order.
  static func all() throws -> [Lesson] {
    guard let folder else {
      throw ValueError(
        "no-lessons", "the lessons are not there", hint: "NSH_SHARE names the folder of what comes with the shell",
        layer: .command)
    }
    return try Folder.names(in: folder).compactMap { name in
      guard name.hasSuffix(".nsh"), let number = Int(name.prefix { $0.isASCII && $0.isNumber }) else { return nil }
      return Lesson(number: number, name: name)
    }.sorted { $0.number < $1.number }
  }

  static func numbered(_ number: Int) throws -> Lesson {
    guard let lesson = try all().first(where: { $0.number == number }) else {
      throw ValueError("no-lesson", "there is no lesson \(number)", hint: "`lesson` lists them", layer: .command)
    }
    return lesson
  }

  /// Reads it as a talk.
  func talk(_ session: Session) throws -> Talk {
    let source = Source(name: path, bytes: try FileText.read(path))
    return Talk(session.parse(source).block, of: source)
  }
}
