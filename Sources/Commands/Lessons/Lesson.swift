import Diagnostics
import Glibc
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

  /// Reads a script as a talk: the lesson's own unless another is named; with the text that it was read from.
  func talk(_ session: Session, from other: String? = nil) throws -> (talk: Talk, source: Source) {
    let source = session.prepare(Source(name: other ?? path, bytes: try FileText.read(other ?? path)))
    return (Talk(session.parse(source).block, of: source), source)
  }

  /// The same steps on packets that are only built, for machines that cannot do the lesson for real; not every lesson has that.
  private var pathOnPackets: String { (Self.folder ?? "") + "/packets/" + name }

  /// Which script to go through here, and in a line why it is not the lesson's own.
  func script(_ machine: Machine) throws -> (path: String, remark: String?) {
    guard access(pathOnPackets, R_OK) == 0 else { return (path, nil) }
    if let refusal = machine.ownNetworks.refusal { return (pathOnPackets, refusal.headline) }
    let needsNFT = String(decoding: try FileText.read(path), as: UTF8.self).contains("^nft ")
    let folders = (machine.session.environment["PATH"] ?? "").split(separator: ":").map(String.init) + ["/usr/sbin"]
    guard needsNFT, !folders.contains(where: { access($0 + "/nft", X_OK) == 0 }) else { return (path, nil) }
    return (pathOnPackets, "nft is not installed here (Debian's package is nftables)")
  }
}
