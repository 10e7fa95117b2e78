/// A quick look at lines that tells when a statement may be complete, so that a long block is not parsed anew at each line of it.
///
/// It may be wrong where only the parser knows (a bracket in a regular expression); the parser has the last word, and
/// `StatementReader` sees to it that a wrong guess costs time at most.
struct LineScanner {
  /// Brackets that are open, as far as can be seen.
  private(set) var depth = 0
  /// Closing brackets since the last `restart`.
  private(set) var closings = 0
  private(set) var endsContinued = false
  private var quote: UInt8 = 0
  /// Whether a block string is open.
  private(set) var isInBlockString = false

  /// Takes the parser's count of what is open.
  mutating func restart(depth: Int, isInBlockString: Bool) {
    self.depth = depth
    self.isInBlockString = isInBlockString
    closings = 0
  }

  /// Looks at one line.
  mutating func scan(_ line: ArraySlice<UInt8>) {
    quote = 0
    var atWordStart = true
    var last: UInt8 = 0
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      if isTripleQuote(line, index) {
        isInBlockString.toggle()
        index += 3
        continue
      }
      index += 1
      if isInBlockString { continue }
      if quote != 0 {
        if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") { index += 1 } else if byte == quote { quote = 0 }
        continue
      }
      switch byte {
      case UInt8(ascii: "#") where atWordStart: index = line.endIndex
      case UInt8(ascii: "'"), UInt8(ascii: "\""): quote = byte
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        closings += 1
      default: break
      }
      let isBlank = byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
      if !isBlank, byte != UInt8(ascii: "#") || !atWordStart { last = byte }
      atWordStart = isBlank || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "(")
    }
    endsContinued = last == UInt8(ascii: "|") || last == UInt8(ascii: "\\")
  }

  private func isTripleQuote(_ line: ArraySlice<UInt8>, _ index: Int) -> Bool {
    quote == 0 && line[index...].starts(with: [0x22, 0x22, 0x22])
  }
}
