import Glibc
import Interpreter
import Synchronization
import System

/// The statements that were typed, the oldest first: those that the file held when it was first asked for, then this session's.
public final class History: Sendable {
  /// A statement of this session.
  struct Entry {
    let text: String
    /// Whether a secret was taken out of it, so that it cannot run again as it is.
    let isCensored: Bool
    /// 0 if it was done; nil while it runs.
    var status: Int32?
  }

  private struct State {
    /// What the file held, and where its lines begin and end; nil before it was read.
    var old: [UInt8]?
    var lines: [Range<Int>] = []
    var session: [Entry] = []
    /// Whether this shell compacts the file at the moment.
    var isCompacting = false
    /// Whether the file's last line has no end.
    var isCut = false
  }

  private let file: HistoryFile?
  private let state = Mutex(State())

  /// A statement longer than this is not kept.
  private static let longest = 1 << 20

  init(_ file: HistoryFile?) { self.file = file }

  public var count: Int {
    state.withLock {
      read(&$0); return $0.lines.count + $0.session.count
    }
  }

  /// Gives a statement by its number from 0, the oldest first; nil if there is none.
  public subscript(index: Int) -> String? {
    state.withLock { state in
      read(&state)
      guard index >= 0 else { return nil }
      guard index >= state.lines.count else {
        return HistoryLine.statement(of: (state.old ?? [])[state.lines[index]])
      }
      let own = index - state.lines.count
      return own < state.session.count ? state.session[own].text : nil
    }
  }

  /// The statements of this session.
  var session: [Entry] { state.withLock { $0.session } }

  /// Takes a statement in and writes it at the end of the file, unless it begins with a blank or is the same as the one
  /// before; secrets in it are taken out first.
  ///
  /// Gives whether it was taken in. Throws what the file says; the statement is then in memory only.
  @discardableResult
  public func add(_ statement: String, _ session: Session) throws(FileError) -> Bool {
    guard let first = statement.utf8.first, first != 0x20, first != 0x09, statement.utf8.count <= Self.longest,
      let shown = session.withoutSecrets(statement)
    else { return false }
    let failure = state.withLock { state -> FileError? in
      read(&state)
      let last =
        state.session.last?.text
        ?? state.lines.last.map { HistoryLine.statement(of: (state.old ?? [])[$0]) }
      let isSame = last == shown
      if !isSame || state.session.isEmpty {
        state.session.append(Entry(text: shown, isCensored: shown != statement, status: nil))
      }
      guard !isSame, let file else { return nil }
      do throws(FileError) {
        let isLarge = try file.append((state.isCut ? [UInt8(ascii: "\n")] : []) + HistoryLine.line(of: shown))
        state.isCut = false
        if isLarge, !state.isCompacting { state.isCompacting = compact(file) }
        return nil
      } catch {
        state.isCut = true
        return error
      }
    }
    if let failure { throw failure }
    return true
  }

  /// Compacts the file in the background, for nobody waits for it; if it fails the file stays as it is.
  private func compact(_ file: HistoryFile) -> Bool {
    let thread = try? WorkerThread.start { [self] in
      try? file.compact()
      state.withLock { $0.isCompacting = false }
    }
    return thread != nil
  }

  /// Says how the last statement that was taken in ended.
  public func end(status: Int32) {
    state.withLock { state in
      guard let last = state.session.indices.last else { return }
      state.session[last].status = status
    }
  }

  /// Reads the file once; one that cannot be read is as none, and shows when it is written.
  private func read(_ state: inout State) {
    guard state.old == nil else { return }
    let bytes = (try? file?.read()) ?? []
    var lines: [Range<Int>] = []
    var start = 0
    bytes.withUnsafeBytes { all in
      while start < all.count, let base = all.baseAddress {
        let found = memchr(base + start, 0x0A, all.count - start)
        let end = found.map { UnsafeRawPointer($0) - base } ?? all.count
        if end > start { lines.append(start..<end) }
        start = end + 1
      }
    }
    state.isCut = bytes.last.map { $0 != UInt8(ascii: "\n") } ?? false
    state.lines = lines
    state.old = bytes
  }
}

extension Session {
  /// The history of the person who uses this session.
  public var history: History {
    service(History.self) { History(HistoryFile.standard { self.environment[$0] }) }
  }
}
