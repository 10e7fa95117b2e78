import Glibc
import Synchronization
import System

/// The way of one value to the terminal: straight, or through a pager as soon as it is longer than the window.
final class Pager {
  private let console: Console
  private let window: (columns: Int, rows: Int)
  private var shown = StyledText(hasColor: false)
  private var rows = 0
  private var program: ChildProcess?
  private var writer: DescriptorWriter?
  /// Whether no pager is wanted any more, or none was.
  private var isDirect: Bool
  private let start = monotonic()

  /// How long a stream may take to fill the window; who watches a slower one sees it anyway.
  private static let patience: Int64 = 2_000_000_000

  /// - Parameter isDocument: whether what comes is a text to be read, as an RFC is.
  init(_ console: Console, isDocument: Bool = false) {
    self.console = console
    window = (console.width, console.height)
    isDirect = !console.pages(aDocument: isDocument)
  }

  private static func monotonic() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Shows the next piece; false if the person wants no more.
  func show(_ text: StyledText) throws -> Bool {
    if let writer { return (try? writer.writeNow(text.bytes)) != nil }
    guard !isDirect else {
      try console.print(text)
      return true
    }
    shown.add(text)
    rows += Self.rows(of: text.bytes, columns: window.columns)
    guard rows >= window.rows, Self.monotonic() - start < Self.patience else {
      if rows >= window.rows { isDirect = true }
      try console.print(text)
      return true
    }
    return try begin(text)
  }

  /// Waits until the person has left the pager.
  func end() {
    guard let program else { return }
    program.closeEnd(of: 0)
    _ = program.status(wait: true)
    self.program = nil
  }

  deinit { end() }

  private func begin(_ text: StyledText) throws -> Bool {
    try console.flush()
    let wanted = getenv("PAGER").map { String(cString: $0) } ?? ""
    let environment = Self.environment()
    // $PAGER is a command line for the system's shell, as for man(1).
    let words = wanted.isEmpty ? ["less", "-R"] : ["sh", "-c", wanted]
    let program = try? ChildProcess.start(
      words[0], Array(words.dropFirst()), environment: environment, input: .pipe, output: .inherited,
      errors: .inherited)
    guard let program else {
      isDirect = true
      return try SimplePager(console).show(text)
    }
    self.program = program
    let writer = DescriptorWriter(program.end(of: 0), name: "the pager")
    self.writer = writer
    return (try? writer.writeNow(shown.bytes)) != nil
  }

  private static func environment() -> [String] {
    var all: [String] = []
    var next = environ
    while let text = next.pointee {
      all.append(String(cString: text))
      next += 1
    }
    return all
  }

  /// Counts the rows that escaped text takes.
  static func rows(of bytes: [UInt8], columns: Int) -> Int {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().reduce(0) { rows, line in
      // Control sequences only make a line seem longer, which is no harm here beyond one line each.
      line.contains(0x1B) || line.count <= columns
        ? rows + 1 : rows + max(1, (DisplayWidth.of(String(decoding: line, as: UTF8.self)) + columns - 1) / columns)
    }
  }
}
