import Glibc
import Interpreter
import Net
import System

let pwd = Command(
  "pwd", "Gives the folder in which relative paths begin.", gives: .string,
  examples: [Example("cd /; pwd", "/")]
) { _ in .string(try Folder.current()) }

let cd = Command(
  "cd", "Changes the folder in which relative paths begin, for the whole shell.",
  Parameter<String>.positional("path", "the folder; `-` is the one before", default: "~", shown: "~"), gives: .null,
  examples: [Example("cd /usr; cd share; pwd", "/usr/share"), Example("cd /; cd /usr; cd -; pwd", "/")]
) { machine, path in
  let environment = machine.session.environment
  var target = try machine.path(path)
  if path == "-" {
    guard let previous = environment["OLDPWD"] else {
      throw ValueError("bad-argument", "there was no folder before this one", layer: .command)
    }
    target = previous
  }
  let before = try? Folder.current()
  guard chdir(target) == 0 else { throw FileError("go to \(target)", SystemCallError(call: "chdir", errno: errno)) }
  environment["OLDPWD"] = before
  environment["PWD"] = try? Folder.current()
  return .null
}

let ls = Command(
  "ls", "Lists files: their name, type, size and time of change, sorted by name.",
  Parameter<String>.positional("path", "a folder, a file, or a pattern such as *.txt", default: ".", shown: "."),
  Parameter<Bool>.flag("all", "also those whose name begins with a point"), gives: .table,
  examples: [
    Example("ls / | where {|f| $f.name == 'usr'} | get type", "folder"), Example("ls /etc/host* | get name | first"),
  ]
) { machine, path, wantsAll in
  let path = try machine.path(path)
  if path.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) {
    let paths = Folder.matches(path)
    guard !paths.isEmpty else {
      throw FileError("list \(path)", SystemCallError(call: "glob", errno: ENOENT))
    }
    return .list(try paths.compactMap { try Folder.entry($0, name: $0) })
  }
  var status = stat()
  guard stat(path, &status) == 0 else { throw FileError("list \(path)", SystemCallError(call: "stat", errno: errno)) }
  guard status.st_mode & S_IFMT == S_IFDIR else { return .list([try Folder.entry(path, name: path)].compactMap { $0 }) }
  let names = try Folder.names(in: path).filter { wantsAll || $0.utf8.first != UInt8(ascii: ".") }
  return .list(
    try names.compactMap { name in
      try machine.checkpoint()
      return try Folder.entry(path + "/" + name, name: name)
    })
}

/// What the system says of folders and files.
enum Folder {
  /// getcwd(3)
  static func current() throws -> String {
    guard let path = getcwd(nil, 0) else {
      throw FileError("find the current folder", SystemCallError(call: "getcwd", errno: errno))
    }
    defer { free(path) }
    return String(cString: path)
  }

  /// Gives the names in a folder but `.` and `..`, sorted by their bytes, readdir(3).
  static func names(in path: String) throws -> [String] {
    guard let folder = opendir(path) else {
      throw FileError("list \(path)", SystemCallError(call: "opendir", errno: errno))
    }
    defer { closedir(folder) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
          String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// glob(3)
  static func matches(_ pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
  }

  /// Describes a file, lstat(2); nil if it is gone already.
  static func entry(_ path: String, name: String) throws -> Value? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      guard errno != ENOENT else { return nil }
      throw FileError("list \(path)", SystemCallError(call: "lstat", errno: errno))
    }
    let modified = Timestamp(
      secondsSince1970: Int64(status.st_mtim.tv_sec), nanoseconds: Int64(status.st_mtim.tv_nsec))
    return .record(
      Record([
        "name": .string(name), "type": .string(kind(status.st_mode)),
        "size": .size(ByteSize(bytes: Int64(status.st_size))),
        "modified": modified.map { .time($0) } ?? .null,
      ]))
  }

  private static func kind(_ mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFREG: "file"
    case S_IFDIR: "folder"
    case S_IFLNK: "link"
    case S_IFIFO: "pipe"
    case S_IFSOCK: "socket"
    default: "device"
    }
  }
}
