import TestSupport
import Testing

/// The table of targets in ARCHITECTURE.md, against Package.swift and against what the sources import.
struct ImportTests {
  /// What each target may import, by the table: rows of `| `Name` | what it is for | `A` `B` |`.
  private static func allowed() throws -> [String: Set<String>] {
    let rows = try Tree.read(Tree.root + "/ARCHITECTURE.md").split(separator: "\n").filter { $0.hasPrefix("| `") }
    var allowed: [String: Set<String>] = [:]
    for row in rows {
      let cells = row.split(separator: "|")
      guard cells.count == 3 else { continue }
      for name in codeWords(cells[0]) { allowed[name] = Set(codeWords(cells[2])) }
    }
    return allowed
  }

  /// The words between backticks.
  private static func codeWords(_ text: Substring) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  @Test func theTableIsWhatThePackageSays() throws {
    let allowed = try Self.allowed()
    let package = try Tree.read(Tree.root + "/Package.swift")
    for folder in Set(try Tree.files(below: "Sources").compactMap { $0.split(separator: "/").dropFirst().first }) {
      let name = String(folder)
      let table = try #require(allowed[name], "ARCHITECTURE.md has no row for \(name)")
      #expect(table == Self.dependencies(of: name, in: package).intersection(allowed.keys), "\(name)")
    }
  }

  @Test func nobodyImportsWhatIsNotTheirs() throws {
    let allowed = try Self.allowed()
    for file in try Tree.files(below: "Sources", ending: ".swift") {
      let own = String(file.split(separator: "/")[1])
      let imports = try Tree.read("\(Tree.root)/\(file)").split(separator: "\n")
        .filter { $0.hasPrefix("import ") || $0.contains(" import ") && $0.hasPrefix("@") }
        .compactMap { $0.split(separator: " ").last.map(String.init) }
      for module in imports {
        #expect(!module.hasPrefix("Foundation"), "\(file) imports \(module)")
        guard allowed[module] != nil else { continue }
        #expect(allowed[own]?.contains(module) ?? false, "\(file) imports \(module)")
      }
    }
  }

  /// The names in quotes in a target's entry.
  private static func dependencies(of name: String, in package: String) -> Set<String> {
    let entries = package.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let isFirst = { (line: String) in
      ["layer(", ".target(", ".executableTarget(", ".systemLibrary(", "tests("].contains { line.hasPrefix("    " + $0) }
    }
    let starts = entries.indices.filter { isFirst(entries[$0]) } + [entries.count]
    for (start, end) in zip(starts, starts.dropFirst()) {
      let words = entries[start..<end].joined().split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      if words.first == name { return Set(words.dropFirst()) }
    }
    return []
  }
}
