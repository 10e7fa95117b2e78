import Glibc

/// The lines of a list of addresses that comes in pieces: blanks around what they say do not
/// matter, empty lines and what follows `#` or `;` are comments.
///
/// Kept in memory are no more than the beginning of a line whose end has not come yet, and the first wrong line.
public struct AddressLines {
  /// More bytes than this are no line of a list.
  static let longestLine = 65_536

  /// Names the file in errors; nil for a stream.
  public let source: String?
  /// Whether wrong lines are left out and counted instead of being an error.
  public let skipsWrongLines: Bool
  /// How many wrong lines were left out, and what was wrong with the first of them.
  public private(set) var skipped = 0
  public private(set) var firstSkipped: AddressListError?

  private var line = 1
  private var carried: [UInt8] = []

  public init(source: String? = nil, skippingWrongLines: Bool = false) {
    self.source = source
    skipsWrongLines = skippingWrongLines
  }

  /// Reads the lines that end in a piece.
  mutating func read(_ piece: [UInt8], into reader: inout some AddressLineReader) throws(AddressListError) {
    let error: AddressListError? = piece.withUnsafeBufferPointer { bytes in
      do throws(AddressListError) { try read(bytes, into: &reader) } catch { return error }
      return nil
    }
    if let error { throw error }
  }

  /// Reads the last line, if it has no newline.
  mutating func finish(into reader: inout some AddressLineReader) throws(AddressListError) {
    guard !carried.isEmpty else { return }
    try read([UInt8(ascii: "\n")], into: &reader)
  }

  private mutating func read(_ piece: TextBytes, into reader: inout some AddressLineReader) throws(AddressListError) {
    var start = 0
    if !carried.isEmpty {
      let end = newline(in: piece, from: 0) ?? piece.count
      carried.append(contentsOf: TextBytes(rebasing: piece[..<end]))
      guard carried.count <= Self.longestLine else { throw .longLine(source: source, line: line) }
      guard end < piece.count else { return }
      let whole = carried
      carried.removeAll(keepingCapacity: true)
      let error: AddressListError? = whole.withUnsafeBufferPointer { bytes in
        do throws(AddressListError) { try readLine(bytes, into: &reader) } catch { return error }
        return nil
      }
      if let error { throw error }
      line &+= 1
      start = end + 1
    }
    while start < piece.count {
      if let next = reader.readQuickly(piece, at: start) {
        line &+= 1
        start = next
        continue
      }
      guard let end = newline(in: piece, from: start) else { break }
      try readLine(TextBytes(rebasing: piece[start..<end]), into: &reader)
      line &+= 1
      start = end + 1
    }
    guard start < piece.count else { return }
    guard piece.count - start <= Self.longestLine else { throw .longLine(source: source, line: line) }
    carried.append(contentsOf: TextBytes(rebasing: piece[start...]))
  }

  private func newline(in bytes: TextBytes, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count else { return nil }
    return memchr(base + start, 10, bytes.count - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
  }

  /// line = *blank [content] *blank ["#" / ";" comment] [CR]
  private mutating func readLine(_ bytes: TextBytes, into reader: inout some AddressLineReader) throws(AddressListError)
  {
    var (start, end) = (0, bytes.count)
    if let mark = bytes.firstIndex(where: { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: ";") }) { end = mark }
    if end > start, bytes[end - 1] == ASCII.cr { end -= 1 }
    while end > start, bytes[end - 1].isBlank { end -= 1 }
    while start < end, bytes[start].isBlank { start += 1 }
    guard start < end else { return }
    do throws(WrongLine) { try reader.readLine(TextBytes(rebasing: bytes[start..<end])) } catch {
      switch error {
      case .list(let error): throw error
      case .text(let offset, let reason): try leaveOut(bytes, start + offset, reason)
      }
    }
  }

  private mutating func leaveOut(_ bytes: TextBytes, _ offset: Int, _ reason: String) throws(AddressListError) {
    let text = String(decoding: bytes.prefix(64), as: UTF8.self)
    let error = AddressListError.wrongLine(source: source, line: line, text: text, offset: offset, reason: reason)
    guard skipsWrongLines else { throw error }
    skipped &+= 1
    if firstSkipped == nil { firstSkipped = error }
  }
}
