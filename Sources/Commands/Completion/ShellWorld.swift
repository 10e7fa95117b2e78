import Glibc
import Interpreter
import Net
import System

extension Session {
  /// Everything that completion can know: the session, and from the machine what its closures find when they are called.
  public var shellWorld: CompletionWorld {
    var world = completionWorld
    world.hosts = { KnownHosts.all(self, beginning: $0) }
    world.networks = { self.ownNetworks.all.map { Candidate($0.name, "network \($0.number)") } }
    world.interfaces = { Interfaces.all() }
    world.services = { Services.all() }
    world.files = { FolderEntries.of($0, home: self.environment["HOME"]) }
    world.programs = { FolderEntries.programs(path: self.environment["PATH"] ?? "") }
    world.modules = { FolderEntries.modules(in: self.libraryFolder()) }
    world.topics = { ((try? languageGuide())??.sections ?? []).map { Candidate("language." + $0.name, $0.title) } }
    world.documents = { RFCCandidates.numbers() }
    world.labParts = { OpenLab.candidates(self, for: $0) }
    world.labSins = { OpenLab.sins(of: $0, self) }
    world.references = { RFCCandidates.references() }
    world.codes = { WhyCode.codes.map { Candidate($0, Hints.hint(for: $0) ?? "") } }
    return world
  }
}

/// The network interfaces of the machine, getifaddrs(3), each with its addresses.
enum Interfaces {
  static func all() -> [Candidate] {
    var list: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&list) == 0 else { return [] }
    defer { freeifaddrs(list) }
    var addresses: [String: [String]] = [:]
    var next = list
    while let entry = next?.pointee {
      next = entry.ifa_next
      let name = String(cString: entry.ifa_name)
      addresses[name, default: []] += [entry.ifa_addr.flatMap(text)].compactMap { $0 }
    }
    return addresses.map { Candidate($0.key, $0.value.joined(separator: " ")) }
  }

  /// The address as text, getnameinfo(3); nil for families other than IP.
  private static func text(_ address: UnsafeMutablePointer<sockaddr>) -> String? {
    let size: Int
    switch Int32(address.pointee.sa_family) {
    case AF_INET: size = MemoryLayout<sockaddr_in>.size
    case AF_INET6: size = MemoryLayout<sockaddr_in6>.size
    default: return nil
    }
    var name = [UInt8](repeating: 0, count: 128)
    let failure = name.withUnsafeMutableBytes { room in
      getnameinfo(
        address, socklen_t(size), room.baseAddress?.assumingMemoryBound(to: CChar.self), socklen_t(room.count), nil, 0,
        NI_NUMERICHOST)
    }
    return failure == 0 ? String(decoding: name.prefix { $0 != 0 }, as: UTF8.self) : nil
  }
}

/// The names of TCP services in services(5), each with its port.
enum Services {
  static func all() -> [Candidate] {
    KnownHosts.lines(of: "/etc/services").compactMap { line in
      let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
      guard words.count > 1, words[1].hasSuffix("/tcp") else { return nil }
      return Candidate(String(words[0]), String(words[1].dropLast(4)))
    }
  }
}

/// What stands in folders.
enum FolderEntries {
  /// More entries than this are not looked at.
  private static let limit = 20_000

  /// Gives the entries of a folder as typed: empty for the current one, with `~/` at its beginning for the home folder.
  static func of(_ typed: String, home: String?) -> [CompletionWorld.File] {
    var path = typed.isEmpty ? "." : typed
    if typed.hasPrefix("~/"), let home { path = home + typed.dropFirst() }
    return names(in: path).map { name in
      var status = stat()
      let isFolder = stat(path + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      return .init(name, isFolder: isFolder)
    }
  }

  static func programs(path: String) -> [Candidate] {
    path.split(separator: ":").flatMap { folder in names(in: String(folder)).map { Candidate($0, String(folder)) } }
  }

  static func modules(in folder: String?) -> [Candidate] {
    guard let folder else { return [] }
    return names(in: folder).filter { $0.hasSuffix(".nsh") }
      .map { Candidate(String($0.dropLast(4)), "a module that comes with the shell") }
  }

  /// Gives the names in a folder, readdir(3), without `.` and `..`.
  private static func names(in folder: String) -> [String] {
    guard let open = opendir(folder) else { return [] }
    defer { closedir(open) }
    var names: [String] = []
    while names.count < limit, let entry = readdir(open) {
      let bytes = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard let name = String(validating: bytes, as: UTF8.self), name != ".", name != ".." else { continue }
      names.append(name)
    }
    return names
  }
}
