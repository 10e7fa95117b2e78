import Glibc
import Synchronization
import System

/// The names of hosts in hosts(5), in known_hosts of sshd(8) and in the history: read once, and again only what has changed.
final class HostMemory: Sendable {
  private struct File {
    var size: Int
    var changed: timespec
    var names: [String]
  }
  private let known = Mutex<[String: File]>([:])
  /// The hosts in the last statements, and up to which statement they were looked for.
  private let typed = Mutex<(names: [String], end: Int)>(([], 0))

  /// So many of the last statements are looked through.
  private static let statements = 500

  /// Gives names, and where they are known from.
  func names(home: String?, _ history: History) -> [(origin: String, names: [String])] {
    let own = home.map { [("known_hosts", names(of: $0 + "/.ssh/known_hosts", Self.knownHosts))] } ?? []
    return [("/etc/hosts", names(of: "/etc/hosts", Self.hosts))] + own + [("the history", names(in: history))]
  }

  private func names(in history: History) -> [String] {
    typed.withLock { typed in
      let count = history.count
      for index in max(typed.end, count - Self.statements)..<max(typed.end, count) {
        typed.names += KnownHosts.hosts(in: history[index] ?? "")
      }
      typed.end = count
      return typed.names
    }
  }

  private func names(of path: String, _ read: (ArraySlice<UInt8>) -> [String]) -> [String] {
    var status = stat()
    guard stat(path, &status) == 0 else { return [] }
    return known.withLock { known in
      if let file = known[path], file.size == status.st_size, file.changed.tv_sec == status.st_mtim.tv_sec,
        file.changed.tv_nsec == status.st_mtim.tv_nsec
      {
        return file.names
      }
      let bytes = (try? FileText.read(path)) ?? []
      let names = bytes.split(separator: UInt8(ascii: "\n")).flatMap(read)
      known[path] = File(size: Int(status.st_size), changed: status.st_mtim, names: names)
      return names
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// The names behind the address of a line of hosts(5).
  private static func hosts(_ line: ArraySlice<UInt8>) -> [String] {
    line.prefix { $0 != UInt8(ascii: "#") }.split(whereSeparator: isBlank).dropFirst().map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// The names at the beginning of a line of known_hosts; marked lines, hashed names and patterns name no host.
  private static func knownHosts(_ line: ArraySlice<UInt8>) -> [String] {
    let field = line.prefix { !isBlank($0) }
    guard let first = field.first, !"@#|".utf8.contains(first) else { return [] }
    return field.split(separator: UInt8(ascii: ",")).compactMap { name in
      guard !name.contains(where: { "*?!".utf8.contains($0) }) else { return nil }
      let bare = name.first == UInt8(ascii: "[") ? name.dropFirst().prefix { $0 != UInt8(ascii: "]") } : name
      return String(decoding: bare, as: UTF8.self)
    }
  }
}
