import Glibc

/// Which processes hold which sockets, as far as /proc lets this user see (proc(5)): its own, or all for root.
public struct SocketOwners: Sendable {
  public struct Owner: Sendable, Hashable {
    public let process: Int
    /// The name of the program, at most 15 bytes of it.
    public let name: String
    /// The number of the descriptor in that process.
    public let descriptor: Int
  }

  private let owners: [UInt64: [Owner]]

  /// Looks through the descriptors of all processes; `goesOn` is asked before each and ends the search with false.
  public init(while goesOn: () -> Bool) {
    var owners: [UInt64: [Owner]] = [:]
    for process in Self.numbers(in: "/proc") {
      guard goesOn() else { break }
      var name: String?
      for descriptor in Self.numbers(in: "/proc/\(process)/fd") {
        guard let inode = Self.socket("/proc/\(process)/fd/\(descriptor)") else { continue }
        let known = name ?? Self.name(of: process)
        name = known
        owners[inode, default: []].append(Owner(process: process, name: known, descriptor: descriptor))
      }
    }
    self.owners = owners
  }

  /// The owners of the socket with an inode, none where they may not be known.
  public subscript(inode: UInt32) -> [Owner] { owners[UInt64(inode)] ?? [] }

  /// Gives the names of a folder that are numbers, readdir(3); none where it may not be read.
  private static func numbers(in path: String) -> [Int] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var numbers: [Int] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if let number = Int(name) { numbers.append(number) }
    }
    return numbers.sorted()
  }

  /// Gives the inode of `socket:[12345]`, readlink(2); nil for anything else.
  private static func socket(_ path: String) -> UInt64? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { room in
      guard let start = room.baseAddress else { return nil }
      let count = readlink(path, start, room.count)
      guard count > 9 else { return nil }
      let text = String(decoding: room.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix("socket:["), text.hasSuffix("]") else { return nil }
      return UInt64(text.dropFirst(8).dropLast())
    }
  }

  private static func name(of process: Int) -> String {
    guard let bytes = try? FileText.read("/proc/\(process)/comm") else { return "" }
    return String(decoding: bytes.prefix { $0 != 0x0a }, as: UTF8.self)
  }
}
