/// A reader of text in a charset as its bytes come, cut anywhere; what is no character becomes U+FFFD, and nothing fails.
///
/// A byte order mark at the start of UTF-8 or UTF-16 is left out.
public final class CharsetDecoder {
  private let charset: Charset
  private let converter: Converter?
  /// The beginning of a character whose rest has not come; a few bytes.
  private var held: [UInt8] = []
  /// Whether the start has been looked at for a byte order mark.
  private var isPastMark = false
  private var isLittleEndian: Bool

  public init(_ charset: Charset) {
    self.charset = charset
    isLittleEndian = charset.kind == .utf16LE
    converter = if case .foreign(let name) = charset.kind { Converter(from: name) } else { nil }
  }

  /// Takes the next bytes and gives the characters that are complete with them.
  public func receive(_ bytes: [UInt8]) -> String { decode(bytes, isLast: false) }

  /// Gives what is left at the end: U+FFFD where it is half a character.
  public func finish() -> String { decode([], isLast: true) }

  private func decode(_ more: [UInt8], isLast: Bool) -> String {
    switch charset.kind {
    case .ascii: return String(decoding: more.map { $0 < 0x80 ? UInt16($0) : 0xFFFD }, as: UTF16.self)
    case .latin1: return String(decoding: more.map(UInt16.init), as: UTF16.self)
    case .foreign: return foreign(more, isLast: isLast)
    case .utf8: return unicode(more, isLast: isLast, mark: [0xEF, 0xBB, 0xBF], read: utf8)
    case .utf16, .utf16LE, .utf16BE:
      return unicode(more, isLast: isLast, mark: isLittleEndian ? [0xFF, 0xFE] : [0xFE, 0xFF], read: utf16)
    }
  }

  /// Joins what was held, takes the mark off the start, and reads.
  private func unicode(
    _ more: [UInt8], isLast: Bool, mark: [UInt8], read: (ArraySlice<UInt8>, Bool) -> String
  ) -> String {
    var bytes = (held.isEmpty ? more : held + more)[...]
    held = []
    if !isPastMark {
      if !isLast, bytes.count < mark.count {
        held = Array(bytes)
        return ""
      }
      isPastMark = true
      if bytes.starts(with: mark) {
        bytes = bytes.dropFirst(mark.count)
      } else if charset.kind == .utf16, bytes.starts(with: [0xFF, 0xFE]) {
        isLittleEndian = true
        bytes = bytes.dropFirst(2)
      }
    }
    return read(bytes, isLast)
  }

  /// Reads UTF-8 (RFC 3629), each maximal part of a broken sequence as one U+FFFD.
  private func utf8(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> String {
    var complete = bytes
    if !isLast {
      // A sequence that has begun waits for its rest: its first byte is among the last three.
      for back in 1...3 where back <= bytes.count {
        let byte = bytes[bytes.endIndex - back]
        guard byte & 0xC0 != 0x80 else { continue }
        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
        if length > back { complete = bytes.dropLast(back) }
        break
      }
      held = Array(bytes[complete.endIndex...])
    }
    return String(decoding: complete, as: UTF8.self)
  }

  /// Reads UTF-16 (RFC 2781 §2.2), each surrogate that is alone as one U+FFFD.
  private func utf16(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> String {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2 + 1)
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isLittleEndian ? second << 8 | first : first << 8 | second)
      index += 2
    }
    var rest = Array(bytes[index...])
    if isLast {
      // Half a pair and half a unit are one character that broke off.
      if !rest.isEmpty, !(units.last.map(UTF16.isLeadSurrogate) ?? false) { units.append(0xFFFD) }
      rest = []
    } else if let last = units.last, UTF16.isLeadSurrogate(last) {
      units.removeLast()
      rest = Array(bytes[(index - 2)...])
    }
    held = rest
    return String(decoding: units, as: UTF16.self)
  }

  private func foreign(_ more: [UInt8], isLast: Bool) -> String {
    guard let converter else {
      return isLast ? "" : String(decoding: more.map { $0 < 0x80 ? UInt16($0) : 0xFFFD }, as: UTF16.self)
    }
    let (text, rest) = converter.convert(held + more, isLast: isLast)
    held = rest
    return text
  }
}
