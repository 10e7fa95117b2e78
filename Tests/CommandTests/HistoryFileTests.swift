import Glibc
import System
import TestSupport
import Testing

@testable import Commands

/// The file of the history: compaction, and several shells that write at the same time.
@Suite struct HistoryFileTests {
  private let folder: TemporaryFolder
  private let file: HistoryFile

  init() throws {
    folder = try TemporaryFolder()
    file = HistoryFile(path: folder.path + "/nsh/history", limit: 20_000)
  }

  private func lines() throws -> [String] {
    String(decoding: try file.read(), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func theNewestStayEachOnce() {
    let bytes = Array("a\nb\na\nc\nb\nd\n".utf8)
    #expect(HistoryFile.newest(of: bytes, 100) == Array("a\nc\nb\nd\n".utf8))
    #expect(HistoryFile.newest(of: bytes, 5) == Array("b\nd\n".utf8))
    #expect(HistoryFile.newest(of: [], 5) == [])
    #expect(HistoryFile.newest(of: Array("longer than all\n".utf8), 5) == [])
  }

  @Test func onlyALargeFileIsCompacted() throws {
    try file.append(Array("small\n".utf8))
    try file.compact()
    #expect(try lines() == ["small"])
    #expect(try file.append(Array(String(repeating: "x", count: 25_000).utf8) + [0x0A]))
    for number in 0..<2_000 { try file.append(Array("statement \(number)\n".utf8)) }
    try file.compact()
    let kept = try lines()
    #expect(kept.last == "statement 1999" && kept.count > 400 && kept.count < 1_000)
    var status = stat()
    #expect(stat(file.path, &status) == 0 && status.st_mode & 0o777 == 0o600 && status.st_size <= 10_000)
    #expect(access(file.path + ".new", F_OK) != 0)
  }

  /// Four writers and two who compact without a pause: of what was written last none may be missing.
  @Test func nobodyLosesALineWhileOthersCompact() throws {
    let file = file
    let writers = try (0..<4).map { writer in
      try WorkerThread.start {
        for number in 0..<400 { _ = try? file.append(Array("\(writer) \(number)\n".utf8)) }
      }
    }
    let compactors = try (0..<2).map { _ in
      try WorkerThread.start { for _ in 0..<200 { try? file.compact() } }
    }
    for thread in writers + compactors { thread.join() }
    let kept = try lines()
    #expect(kept.count == Set(kept).count)
    for writer in 0..<4 {
      let own = kept.filter { $0.hasPrefix("\(writer) ") }.compactMap { Int($0.dropFirst(2)) }
      // What is left of each is its end, without a gap.
      #expect(own.last == 399 && own == Array((own.first ?? 0)...399))
    }
  }

  @Test func aLinkBesideIsNotFollowed() throws {
    try file.append(Array(String(repeating: "x\ny\n", count: 10_000).utf8))
    let victim = folder.path + "/victim"
    #expect(symlink(victim, file.path + ".new") == 0)
    #expect(throws: FileError.self) { try file.compact() }
    #expect(access(victim, F_OK) != 0)
    #expect(try lines().count == 20_000)
  }

  @Test func whoKeepsTheLockKeepsNobodyFromWriting() throws {
    try file.append(Array("first\n".utf8))
    let held = try #require(try file.locked(LOCK_EX))
    try file.append(Array("second\n".utf8))
    close(held.file)
    #expect(try lines() == ["first", "second"])
  }
}
