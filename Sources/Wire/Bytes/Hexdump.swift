import Net

/// Bytes shown sixteen a row, or fewer where that is too wide, in the form of `hexdump -C`: offset, hexadecimal in two groups of eight, and the printable ASCII.
///
/// It is a collection of rows made when asked for, so that a large one costs no more than what is shown of it.
public struct Hexdump: RandomAccessCollection, Sendable {
  /// One row: up to sixteen bytes and where they stand.
  public struct Row: Hashable, Sendable, CustomStringConvertible {
    public let offset: Int
    public let bytes: [UInt8]
    /// How many bytes a full row has.
    let size: Int

    /// How many columns the hexadecimal of a full row takes.
    public var hexColumns: Int { size * 3 - 1 + (size > 8 ? 1 : 0) }

    /// `48 54 54 50 2f 31 2e 31  20 32 30 30`, without padding.
    public var hex: String { text(of: hexBytes) }

    /// The bytes 0x20 to 0x7E as they are, all others as a dot.
    public var printable: String { text(of: printableBytes) }

    /// `00000000  48 54 …  0d 0a  |HTTP/1.1 200 OK..|`; plain ASCII, safe on any terminal.
    public var description: String {
      let digits = String(offset, radix: 16)
      var line = [UInt8](repeating: 0x30, count: Swift.max(0, 8 - digits.utf8.count)) + digits.utf8 + [0x20, 0x20]
      let hex = hexBytes
      line += hex
      line += [UInt8](repeating: 0x20, count: Swift.max(0, hexColumns - hex.count) + 2)
      line.append(0x7C)
      line += printableBytes
      line.append(0x7C)
      return text(of: line)
    }

    private var hexBytes: [UInt8] {
      var out: [UInt8] = []
      out.reserveCapacity(48)
      for (index, byte) in bytes.enumerated() {
        if index > 0 { out.append(0x20) }
        if index == 8 { out.append(0x20) }
        out.append(hexDigit(byte >> 4))
        out.append(hexDigit(byte & 0xF))
      }
      return out
    }

    private var printableBytes: [UInt8] { bytes.map { $0 >= 0x20 && $0 < 0x7F ? $0 : 0x2E } }
  }

  private let bytes: ArraySlice<UInt8>
  private let offset: Int
  private let rowSize: Int

  /// Shows `bytes`; `offset` is the number the first row begins with, `columns` those that a row may take at most.
  public init(_ bytes: ArraySlice<UInt8>, offset: Int = 0, columns: Int = 78) {
    self.bytes = bytes
    self.offset = offset
    // The offset, the spaces and the bars take 14 columns.
    rowSize = [16, 8, 4, 2].first { Row(offset: 0, bytes: [], size: $0).hexColumns + $0 + 14 <= columns } ?? 1
  }

  public init(_ bytes: [UInt8], offset: Int = 0, columns: Int = 78) {
    self.init(bytes[...], offset: offset, columns: columns)
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { bytes.count / rowSize + (bytes.count % rowSize == 0 ? 0 : 1) }

  /// The row of that number; an empty one beyond the end.
  public subscript(row: Int) -> Row {
    guard row >= 0, row < endIndex else { return Row(offset: offset, bytes: [], size: rowSize) }
    return Row(
      offset: offset &+ row * rowSize, bytes: Array(bytes.dropFirst(row * rowSize).prefix(rowSize)), size: rowSize)
  }

  /// All rows as lines of plain ASCII.
  public var lines: [String] { map(\.description) }
}

/// Gives the lower-case digit of a value below 16.
func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + (value & 0xF) }
