/// What reads the lines of a list one after the other.
protocol AddressLineReader {
  /// Reads a line without the blanks around it and comments.
  mutating func readLine(_ line: TextBytes) throws(WrongLine)
  /// Reads a whole line that begins at an index, if it is of a simple form, and gives where the next begins; else does nothing.
  mutating func readQuickly(_ bytes: TextBytes, at start: Int) -> Int?
}

extension AddressLineReader {
  @inline(__always)
  mutating func readQuickly(_ bytes: TextBytes, at start: Int) -> Int? { nil }
}

/// Why a reader refuses a line.
enum WrongLine: Error {
  /// What is wrong with its text, from which offset on, as what follows the line in a sentence.
  case text(Int, String)
  /// What is wrong with all that was read.
  case list(AddressListError)
}

/// Takes what the lines name, where each names an address, a network or a range.
protocol AddressLineTaker: AddressLineReader {
  /// Whether addresses may carry a zone.
  static var acceptsZones: Bool { get }
  /// Takes an IPv4 address or network as the interval it is; `line` is its text alone.
  mutating func take(_ interval: Interval<UInt32>, line: TextBytes)
  /// Takes anything.
  mutating func take(_ item: AddressItem)
}

extension AddressLineTaker {
  @inline(__always)
  mutating func readQuickly(_ bytes: TextBytes, at start: Int) -> Int? {
    guard let (interval, length, next) = QuickIPv4.line(in: bytes, at: start) else { return nil }
    take(interval, line: TextBytes(rebasing: bytes[start..<(start &+ length)]))
    return next
  }

  mutating func readLine(_ line: TextBytes) throws(WrongLine) {
    guard let item = AddressItem.parse(line) else {
      let error = AddressTextError(in: line)
      throw .text(error.offset, "is no address, network or range: " + error.reason)
    }
    guard Self.acceptsZones || item.first.zone == nil else {
      let offset = line.firstIndex(of: UInt8(ascii: "%")) ?? 0
      throw .text(offset, "has a zone, which a set of addresses has not")
    }
    take(item)
  }
}
