import Diagnostics
import Syntax

/// The gathering of lines to statements: each is handed on as soon as it is complete.
struct StatementReader {
  /// A text that was parsed and needs no more input.
  struct Statement {
    let source: Source
    let parsed: ParseResult
  }

  private let name: String
  private let prepare: (Source) -> Source
  private let parse: (Source) -> ParseResult
  private var pending: [UInt8] = []
  private var firstLine = 1
  private var nextLine = 1
  /// Whether only comments are pending, which belong to a `def` directly below them.
  private var isComments = true
  private var scanner = LineScanner()
  /// How long the text was when it was last parsed to no avail.
  private var parsedLength = 0
  /// How often a large text seemed closed and was not.
  private var wrongGuesses = 0

  /// Below this a text is parsed whenever it may be complete.
  private static let small = 8 << 10
  /// Up to so many wrong guesses a large text is still parsed when its brackets seem closed.
  private static let patience = 32

  /// - Parameter prepare: what a text goes through before it is parsed.
  init(
    name: String, prepare: @escaping (Source) -> Source = { $0 }, parse: @escaping (Source) -> ParseResult
  ) {
    self.name = name
    self.prepare = prepare
    self.parse = parse
  }

  /// Takes a line with its newline; gives a statement if it completes one.
  mutating func add(_ line: ArraySlice<UInt8>) -> Statement? {
    let first = line.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    defer { nextLine += 1 }
    if isComments {
      switch first {
      case nil, 0x0A:
        pending.removeAll(keepingCapacity: true)
        return nil
      case UInt8(ascii: "#"):
        if pending.isEmpty { firstLine = nextLine }
        pending.append(contentsOf: line)
        return nil
      default:
        if pending.isEmpty { firstLine = nextLine }
        isComments = false
      }
    }
    pending.append(contentsOf: line)
    scanner.scan(line)
    guard mayBeComplete else { return nil }
    let statement = parsePending()
    guard let incomplete = statement.parsed.incomplete else {
      restart()
      return statement
    }
    if pending.count >= Self.small, seemsClosed { wrongGuesses += 1 }
    parsedLength = pending.count
    switch incomplete {
    case .brackets(let count): scanner.restart(depth: count, isInBlockString: false)
    case .string(let end): scanner.restart(depth: 1, isInBlockString: end == "\"\"\"")
    case .continued: scanner.restart(depth: 0, isInBlockString: false)
    }
    return nil
  }

  /// Gives what is left when the input ends, complete or not.
  mutating func end() -> Statement? {
    guard !isComments else { return nil }
    let statement = parsePending()
    restart()
    return statement
  }

  private var mayBeComplete: Bool {
    guard parsedLength > 0 else { return true }
    let hasGrown = pending.count >= parsedLength + parsedLength / 4
    if pending.count < Self.small { return scanner.closings > 0 || scanner.depth <= 0 || hasGrown }
    return hasGrown || (seemsClosed && wrongGuesses < Self.patience)
  }

  private var seemsClosed: Bool { scanner.depth <= 0 && !scanner.isInBlockString && !scanner.endsContinued }

  private func parsePending() -> Statement {
    let source = prepare(Source(name: name, bytes: pending, firstLine: firstLine))
    return Statement(source: source, parsed: parse(source))
  }

  private mutating func restart() {
    pending.removeAll(keepingCapacity: true)
    isComments = true
    scanner = LineScanner()
    parsedLength = 0
    wrongGuesses = 0
  }
}
