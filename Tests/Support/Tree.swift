import Glibc
import System

/// The source tree that the tests stand in.
public enum Tree {
  /// The folder with Package.swift.
  public static let root: String = #filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/" + $1 }

  /// The folder of what was built for the tests, in which the program stands too.
  public static let products: String = {
    let maps = (try? read("/proc/self/maps")) ?? ""
    // The tests are a bundle beside the program, loaded by the toolchain's runner; the map of this process names it.
    let bundle = maps.split(separator: "\n").compactMap { $0.split(separator: " ").last }.first {
      $0.hasSuffix(".xctest")
    }
    guard let bundle, let slash = bundle.lastIndex(of: "/") else { return root + "/.build/debug" }
    return String(bundle[..<slash])
  }()

  /// The program under test.
  public static let nsh = products + "/nsh"

  /// Whether tests write what they find different into the files, to be reviewed in the diff.
  public static let rewrites = getenv("NSH_REWRITE").map { String(cString: $0) == "1" } ?? false

  /// Gives the paths of all files below a folder of the tree, relative to the tree's root, sorted.
  public static func files(below folder: String, ending: String = "") throws -> [String] {
    let found = try Program("find", "\(root)/\(folder)", "-type", "f", "-name", "*\(ending)").finish().output
    return String(decoding: found, as: UTF8.self).split(separator: "\n").map {
      String($0.dropFirst(root.utf8.count + 1))
    }
    .sorted()
  }

  /// Reads a text file whole.
  public static func read(_ path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw SystemCallError(call: "open", errno: errno) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&room, 1, room.count, file)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += room[..<count]
    }
  }

  /// Gives the rows of a table of share/nsh/data, without its line of the source and that of the names.
  public static func rows(ofData name: String) throws -> [[String]] {
    try read("\(root)/share/nsh/data/\(name)").split(separator: "\n").dropFirst(2).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Writes a text file.
  public static func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else { throw SystemCallError(call: "open", errno: errno) }
    let bytes = Array(text.utf8)
    let count = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, count == bytes.count else { throw SystemCallError(call: "write", errno: errno) }
  }
}
