import TestSupport
import Testing

/// The rules of CONTRIBUTING.md that a program can check.
struct HouseRuleTests {
  /// The places that may promise the compiler what it cannot see; each says why.
  private static let promises: Set<String> = [
    "Sources/Interpreter/Jobs/Worker.swift", "Sources/System/Semaphore.swift",
    "Sources/Interpreter/Running/Function.swift", "Sources/Interpreter/Running/Session.swift",
    "Sources/Interpreter/Values/Regex.swift", "Sources/Interpreter/Values/Stream.swift",
    "Sources/nsh/Process/Signals.swift", "Sources/nsh/Process/TerminalMode.swift",
    "Sources/nsh/Stepping/StepConsole.swift",
  ]

  @Test func nothingTraps() throws {
    for file in try Tree.files(below: "Sources", ending: ".swift") {
      for (index, line) in try Self.code(of: file) {
        for word in ["try!", "as!", "fatalError", "precondition(", "preconditionFailure", "unsafeBitCast"] {
          #expect(!line.contains(word), "\(file):\(index) has \(word)")
        }
        guard !Self.promises.contains(file) else { continue }
        for word in ["@unchecked Sendable", "nonisolated(unsafe)"] {
          #expect(!line.contains(word), "\(file):\(index) has \(word)")
        }
      }
    }
  }

  /// A test whose peer is missing fails; what is skipped would look like what passed.
  @Test func noTestIsSkipped() throws {
    for file in try Tree.files(below: "Tests", ending: ".swift") where !file.hasSuffix("/HouseRuleTests.swift") {
      for (index, line) in try Self.code(of: file) {
        for word in [".enabled(if", ".disabled(", "withKnownIssue", "XCTSkip"] {
          #expect(!line.contains(word), "\(file):\(index) has \(word)")
        }
      }
    }
  }

  /// The lines of a file without what stands behind `//`.
  private static func code(of file: String) throws -> [(Int, Substring)] {
    try Tree.read("\(Tree.root)/\(file)").split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
      (number, line) in (number + 1, line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line)
    }
  }

  @Test func filesAreShortAndNamedAfterWhatTheyHold() throws {
    for file in try Tree.files(below: "Sources", ending: ".swift") + Tree.files(below: "Tests", ending: ".swift") {
      #expect(try Tree.read("\(Tree.root)/\(file)").utf8.count { $0 == 10 } <= 300, "\(file) is long: divide it")
      guard let name = file.split(separator: "/").last?.dropLast(6) else { continue }
      let last = Self.words(of: name).last ?? ""
      #expect(!["Manager", "Helper", "Helpers", "Util", "Utils", "Base", "Impl"].contains(last), "\(file)")
    }
  }

  /// `HTTPReaderBase` → `HTTPReader`, `Base`: the words that begin with a capital after a small letter.
  private static func words(of name: Substring) -> [String] {
    name.reduce(into: [""]) { words, character in
      if character.isUppercase, words[words.count - 1].last?.isLowercase ?? false { words.append("") }
      words[words.count - 1].append(character)
    }
  }

  @Test func theTopLevelHoldsWhatWasAgreed() throws {
    let agreed: Set<String> = [
      "Package.swift", "Sources", "Tests", "examples", "share", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md",
      "CHANGELOG.md", "LICENSE", "Makefile",
      // Written by the package manager, and not kept.
      "Package.resolved",
    ]
    let found = try Program("ls", Tree.root).finish().output
    for name in String(decoding: found, as: UTF8.self).split(separator: "\n") {
      #expect(agreed.contains(String(name)), "\(name) stands on the top level")
    }
  }

  @Test func everyPathInTheArchitectureExists() throws {
    for document in ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md"] {
      let words = try Tree.read("\(Tree.root)/\(document)").split(separator: "`", omittingEmptySubsequences: false)
      for word in words.enumerated().filter({ $0.offset % 2 == 1 }).map(\.element) where Self.isPath(word) {
        let path = word.hasSuffix("/") ? word.dropLast() : word
        #expect(try Program("test", "-e", "\(Tree.root)/\(path)").finish().status == 0, "\(document) names \(path)")
      }
    }
  }

  /// A folder of unit tests stands beside its target's name, and is not told of by itself.
  @Test func theArchitectureTellsOfEveryFolderOfTests() throws {
    let document = try Tree.read("\(Tree.root)/ARCHITECTURE.md")
    let folders = Set(try Tree.files(below: "Tests").map { $0.split(separator: "/")[1] })
    #expect(folders.count > 20)
    for folder in folders where !folder.hasSuffix("Tests") && !["run", "install", "watch"].contains(folder) {
      #expect(document.contains("`Tests/\(folder)"), "ARCHITECTURE.md says nothing of Tests/\(folder)")
    }
  }

  private static func isPath(_ word: Substring) -> Bool {
    ["Sources/", "Tests/", "examples/", "share/", ".ci/"].contains { word.hasPrefix($0) }
      && !word.contains { " <*\n".contains($0) }
  }

  @Test func everyFuzzTargetHasACorpus() throws {
    let targets = try Tree.files(below: "Tests/Fuzz", ending: "modules").map { $0.split(separator: "/")[2] }
    #expect(!targets.isEmpty)
    for target in targets { #expect(try !Tree.files(below: "Tests/Fuzz/corpus/\(target)").isEmpty, "\(target)") }
  }
}
