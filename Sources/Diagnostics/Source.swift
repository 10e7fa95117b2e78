/// A script text with its name, and where its lines begin.
public final class Source: Sendable {
  /// What stands before the colon in a finding: a file's name, `-c`, `stdin`, `prompt`.
  public let name: String
  public let bytes: [UInt8]
  /// The line of the whole input on which this text begins, counted from 1: a statement read from stdin may begin later.
  public let firstLine: Int
  private let lineStarts: [Int]
  /// The text as it was written, where some of it was replaced before it is read.
  private let original: Original?

  public convenience init(name: String, bytes: [UInt8], firstLine: Int = 1) {
    self.init(name, bytes, firstLine, original: nil)
  }

  init(_ name: String, _ bytes: [UInt8], _ firstLine: Int, original: Original?) {
    self.name = name
    self.bytes = bytes
    self.firstLine = firstLine
    self.original = original
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
    lineStarts = starts
  }

  public convenience init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

  /// The text as it was written; itself if nothing was replaced.
  public var written: Source { original?.source ?? self }

  /// Gives the place in the text as it was written that a span of this one stands for.
  public func written(_ span: Span) -> Span { original?.span(of: span) ?? span }

  /// Gives line and column, both from 1, of a byte offset, in the text as it was written; the column counts Unicode scalars.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    if let original { return original.source.position(of: original.span(of: Span(offset, offset)).start) }
    let offset = min(max(0, offset), bytes.count)
    let index = lineIndex(of: offset)
    let column = bytes[lineStarts[index]..<offset].reduce(into: 1) { count, byte in
      if byte & 0xC0 != 0x80 { count += 1 }
    }
    return (firstLine + index, column)
  }

  /// Gives the text of the line (counted as `position` counts) without its end; bytes that are not UTF-8 are replaced.
  public func lineText(_ line: Int) -> String {
    let range = lineRange(line)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// Gives the byte range of a line without its line end; an empty range for a line that is not there.
  public func lineRange(_ line: Int) -> Range<Int> {
    let index = line - firstLine
    guard lineStarts.indices.contains(index) else { return bytes.count..<bytes.count }
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  public func text(_ span: Span) -> String {
    let start = min(max(0, span.start), bytes.count)
    return String(decoding: bytes[start..<min(max(start, span.end), bytes.count)], as: UTF8.self)
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

/// A range of byte offsets in a source, its end not included.
public struct Span: Hashable, Sendable {
  public var start: Int
  public var end: Int

  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// Gives the smallest span that covers both.
  public func through(_ other: Span) -> Span { Span(min(start, other.start), max(end, other.end)) }
}
