import Glibc
import System

/// The source tree that the tests stand in.
enum Tree {
  /// The folder with Package.swift.
  static let root: String = #filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/" + $1 }

  /// Gives the paths of the files in a folder of the tree that have this ending, sorted.
  static func files(in folder: String, ending: String) -> [String] {
    guard let directory = opendir(root + "/" + folder) else { return [] }
    defer { closedir(directory) }
    var paths: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(ending) { paths.append("\(root)/\(folder)/\(name)") }
    }
    return paths.sorted()
  }

  static func read(_ path: String) throws -> String {
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

  static func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else { throw SystemCallError(call: "open", errno: errno) }
    let bytes = Array(text.utf8)
    let count = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, count == bytes.count else { throw SystemCallError(call: "write", errno: errno) }
  }
}
