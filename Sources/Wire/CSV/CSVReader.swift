/// A reader of CSV (RFC 4180) that comes in pieces, a row at a call.
///
/// Call `receive` and then `next` until it gives nil; after the last piece `finish`, and again `next` until nil. Lines end with CRLF or LF;
/// empty lines and a byte order mark at the very start are left out.
public struct CSVReader: Sendable {
  public struct Row: Sendable, Hashable {
    /// The number of the line on which it begins, from 1.
    public let line: Int
    public let fields: [[UInt8]]
  }

  private enum State {
    case start
    case fieldStart
    case plain
    case quoted
    /// Behind a quotation mark within quotation marks: the end of the field, or half of a doubled one.
    case quote
    case carriageReturn
  }

  private let delimiter: UInt8
  private let rowLimit: Int
  private var state = State.start
  private var input: [UInt8] = []
  private var position = 0
  private var isFinished = false
  private var line = 1
  private var rowLine = 1
  private var rowSize = 0
  private var fields: [[UInt8]] = []
  private var field: [UInt8] = []
  /// Whether the row has quotation marks, so that it is not an empty line.
  private var hasQuotes = false

  /// Makes a reader.
  /// - Parameters:
  ///   - delimiter: an ASCII character other than a quotation mark, CR or LF.
  ///   - rowLimit: how many bytes a row may have.
  public init(delimiter: UInt8 = UInt8(ascii: ","), rowLimit: Int = 1 << 26) {
    self.delimiter = delimiter
    self.rowLimit = rowLimit
  }

  /// Takes the next bytes.
  public mutating func receive(_ bytes: [UInt8]) {
    if position == input.count {
      input = bytes
    } else {
      input.removeFirst(position)
      input += bytes
    }
    position = 0
  }

  /// Says that the input is complete.
  public mutating func finish() { isFinished = true }

  /// Gives the next row; nil when more input is needed or all was given.
  public mutating func next() throws(CSVError) -> Row? {
    if state == .start, !takeMark() { return nil }
    while position < input.count {
      if let row = try step() { return row }
    }
    guard isFinished else { return nil }
    switch state {
    case .quoted: throw error(.cutOff)
    case .carriageReturn: throw error(.loneCR)
    default: return fields.isEmpty && field.isEmpty && !hasQuotes ? nil : endRow()
    }
  }

  /// Leaves out a byte order mark; false while too little is here to know.
  private mutating func takeMark() -> Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = input[position...].prefix(3)
    guard start.count == 3 || isFinished || !mark.starts(with: start) else { return false }
    if Array(start) == mark { position += 3 }
    state = .fieldStart
    return true
  }

  /// Goes on by one byte, or a run of bytes that mean nothing special.
  private mutating func step() throws(CSVError) -> Row? {
    let byte = input[position]
    switch state {
    case .start, .fieldStart, .plain:
      switch byte {
      case delimiter: endField()
      case UInt8(ascii: "\n"): return endLine()
      case UInt8(ascii: "\r"): state = .carriageReturn
      case UInt8(ascii: "\""):
        guard state != .plain else { throw error(.bareQuote) }
        state = .quoted
        hasQuotes = true
      default:
        state = .plain
        try takeRun(to: (delimiter, UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\"")))
        return nil
      }
    case .quoted:
      guard byte != UInt8(ascii: "\"") else {
        state = .quote
        break
      }
      if byte == UInt8(ascii: "\n") { line += 1 }
      try add(input[position...position])
      position += 1
      try takeRun(to: (UInt8(ascii: "\n"), UInt8(ascii: "\""), UInt8(ascii: "\""), UInt8(ascii: "\"")))
      return nil
    case .quote:
      switch byte {
      case UInt8(ascii: "\""):
        try add([byte])
        state = .quoted
      case delimiter: endField()
      case UInt8(ascii: "\n"): return endLine()
      case UInt8(ascii: "\r"): state = .carriageReturn
      default: throw error(.afterQuote)
      }
    case .carriageReturn:
      guard byte == UInt8(ascii: "\n") else { throw error(.loneCR) }
      return endLine()
    }
    position += 1
    return nil
  }

  /// Takes all bytes before the next of these.
  private mutating func takeRun(to stops: (UInt8, UInt8, UInt8, UInt8)) throws(CSVError) {
    let end = input[position...].firstIndex { $0 == stops.0 || $0 == stops.1 || $0 == stops.2 || $0 == stops.3 }
    let run = input[position..<(end ?? input.count)]
    try add(run)
    position = run.endIndex
  }

  private mutating func add(_ bytes: ArraySlice<UInt8>) throws(CSVError) {
    rowSize += bytes.count
    guard rowSize <= rowLimit else { throw error(.tooLong(limit: rowLimit)) }
    field += bytes
  }

  private mutating func endField() {
    // A delimiter counts too, so that a row of empty fields has a bound.
    rowSize += 1
    fields.append(field)
    field = []
    state = .fieldStart
  }

  /// Ends a row at its LF; nil for an empty line.
  private mutating func endLine() -> Row? {
    position += 1
    line += 1
    if fields.isEmpty, field.isEmpty, !hasQuotes {
      rowLine = line
      state = .fieldStart
      return nil
    }
    return endRow()
  }

  private mutating func endRow() -> Row {
    endField()
    defer {
      fields = []
      rowLine = line
      rowSize = 0
      hasQuotes = false
    }
    return Row(line: rowLine, fields: fields)
  }

  private func error(_ reason: CSVError.Reason) -> CSVError {
    CSVError(reason: reason, line: line, field: fields.count + 1)
  }
}
