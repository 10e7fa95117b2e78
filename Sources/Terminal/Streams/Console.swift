import Glibc
import Interpreter
import Synchronization
import Wire

/// Standard output and standard error as one: what is written to the second comes after what went to the first.
public final class Console: Sendable {
  /// One of the two streams, and what stands at its end.
  public struct Stream: Sendable {
    let writer: DescriptorWriter
    public let isTerminal: Bool
    public let hasColor: Bool
  }

  public let output: Stream
  public let errors: Stream
  /// What waits while somebody types at the prompt.
  public let held = HeldOutput()
  /// The thread whose long values go through a pager; 0 for none.
  private let paging = Atomic<UInt>(0)
  /// Whether all of them do, as those of the prompt, or only documents.
  private let pagesAll = Atomic<Bool>(false)
  /// The bar that stands at the cursor, while something is transferred, and who draws at the moment.
  private let bar = ProgressBar()
  private let drawing = Mutex(())
  private let chosen: Mutex<Theme>
  private let ticker = Ticker()

  /// The colours where there are some.
  public var theme: Theme {
    get { chosen.withLock { $0 } }
    set { chosen.withLock { $0 = newValue } }
  }

  /// Writes to two descriptors, 1 and 2 if none are given.
  public init(output: Int32 = 1, errors: Int32 = 2, color: ColorChoice = .auto) {
    func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    func stream(_ descriptor: Int32, _ name: String) -> Stream {
      let isTerminal = isatty(descriptor) == 1
      let hasColor = color.allowsColor(
        isTerminal: isTerminal, noColor: environment("NO_COLOR"), term: environment("TERM"))
      return Stream(writer: DescriptorWriter(descriptor, name: name), isTerminal: isTerminal, hasColor: hasColor)
    }
    chosen = Mutex(Theme.fitting(colorFGBG: environment("COLORFGBG")))
    self.output = stream(output, "standard output")
    self.errors = stream(errors, "standard error")
  }

  /// Writes text made for people to standard output.
  public func print(_ text: StyledText) throws(WriteError) {
    if output.isTerminal, held.hold(text.bytes) { return }
    if output.isTerminal { show(nil) }
    try output.writer.write(text.bytes)
    if output.isTerminal { try flush() }
  }

  /// Writes data to standard output: untouched into a pipe or file, escaped on a terminal.
  public func print(raw bytes: [UInt8]) throws(WriteError) {
    guard output.isTerminal else { return try output.writer.write(bytes) }
    var text = StyledText(hasColor: false)
    text.add(bytes, layout: .lines)
    try print(text)
  }

  /// Gives an empty text for standard output, or for standard error.
  public func text(forErrors: Bool = false) -> StyledText {
    StyledText(theme: (forErrors ? errors : output).hasColor ? theme : .none)
  }

  /// Writes text made for people to standard error, after all that was printed.
  public func report(_ text: StyledText) {
    if errors.isTerminal, held.hold(text.bytes) { return }
    show(nil)
    // What fails here stays with the writer and shows at the end.
    try? flush()
    try? errors.writer.write(text.bytes)
    try? errors.writer.flush()
  }

  /// Writes a line of any origin to standard error; into a file it goes untouched.
  public func report(line: String) {
    guard errors.isTerminal else { return report(untouched: line + "\n") }
    var text = text(forErrors: true)
    text.add(line, layout: .lines)
    text.endLine()
    report(text)
  }

  /// Writes a question of any origin to standard error, without a newline.
  public func ask(_ question: String) {
    guard errors.isTerminal else { return report(untouched: question) }
    var text = text(forErrors: true)
    text.add(question, layout: .lines)
    report(text)
  }

  /// Writes text of any origin to a standard error that is no terminal.
  func report(untouched text: String) {
    try? flush()
    try? errors.writer.write(Array(text.utf8))
    try? errors.writer.flush()
  }

  /// Shows how far a transfer is on a standard error that is a terminal, and goes on showing it; nil erases it.
  public func show(_ transfer: Transfer?) {
    guard errors.isTerminal, transfer != nil || bar.isActive else { return }
    draw { bar.change(to: transfer, window: width, text: text(forErrors: true)) }
    guard transfer != nil else { return }
    // Also while nothing comes.
    ticker.run { [self] in
      draw { bar.change(window: width, text: text(forErrors: true)) }
      return bar.isActive
    }
  }

  /// Writes what is to be drawn; one at a time, so that nothing is drawn behind an erasure.
  private func draw(_ make: () -> [UInt8]) {
    drawing.withLock { _ in
      let bytes = make()
      guard !bytes.isEmpty, !held.hold(bytes) else { return }
      try? output.writer.flush()
      try? errors.writer.writeNow(bytes)
    }
  }

  /// Lets what this thread prints go through a pager if it is long: all values, or documents alone, which are there to be read; where
  /// there is a terminal to work it.
  public func beginPaging(ofAll: Bool) {
    guard output.isTerminal, isatty(0) == 1 else { return }
    pagesAll.store(ofAll, ordering: .relaxed)
    paging.store(UInt(pthread_self()), ordering: .relaxed)
  }

  /// Tells whether a value goes through a pager where it is long.
  func pages(aDocument isDocument: Bool) -> Bool {
    paging.load(ordering: .relaxed) == UInt(pthread_self()) && (isDocument || pagesAll.load(ordering: .relaxed))
  }

  public func flush() throws(WriteError) { try output.writer.flush() }

  /// The width of the window in columns (TIOCGWINSZ of tty_ioctl(4)), else COLUMNS, else 80.
  public var width: Int {
    if let size = window, size.ws_col > 0 { return Int(size.ws_col) }
    let columns = getenv("COLUMNS").flatMap { Int(String(cString: $0)) } ?? 80
    return min(max(columns, 20), 10_000)
  }

  /// The height of the window in lines, else 24.
  public var height: Int { window.map { $0.ws_row > 0 ? Int($0.ws_row) : 24 } ?? 24 }

  private var window: winsize? {
    var size = winsize()
    return ioctl(output.writer.descriptor, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
  }
}
