import Net

/// The making of text that a terminal can only show: what could move its cursor, colour it, reorder it or hide in it becomes a
/// visible escape such as `\x1b` or `\u{202e}`.
///
/// The value is the incremental form: a UTF-8 sequence or a CR LF cut between two pieces is put together again.
public struct SafeText: Sendable {
  public enum Layout: Sendable {
    /// Newlines and tabs stay, and CR LF is shown as a newline.
    case lines
    /// Newlines, tabs and CR LF are escaped too, as a cell of a table needs.
    case singleLine
  }

  private let layout: Layout
  /// The beginning of a sequence that the last piece cut: at most three bytes.
  private var pending: [UInt8] = []

  public init(_ layout: Layout = .lines) { self.layout = layout }

  /// Gives the safe UTF-8 for the next piece; the last bytes may be held back until what follows is known.
  public mutating func add(_ bytes: [UInt8]) -> [UInt8] {
    if pending.isEmpty, bytes.allSatisfy(isPlain) { return bytes }
    return escape(pending + bytes, isLast: false)
  }

  /// Gives what was held back; the text ends here.
  public mutating func end() -> [UInt8] { escape(pending, isLast: true) }

  /// Escapes bytes of any origin: valid UTF-8 is shown as text, every other byte as `\xNN`.
  public static func escaping(_ bytes: [UInt8], _ layout: Layout = .lines) -> String {
    var escaper = SafeText(layout)
    if bytes.allSatisfy(escaper.isPlain) { return text(of: bytes) }
    return text(of: escaper.escape(bytes, isLast: true))
  }

  /// Escapes a string of any origin.
  public static func escaping(_ string: String, _ layout: Layout = .lines) -> String {
    var escaper = SafeText(layout)
    if string.utf8.allSatisfy(escaper.isPlain) { return string }
    return text(of: escaper.escape(Array(string.utf8), isLast: true))
  }

  private func isPlain(_ byte: UInt8) -> Bool {
    (byte >= 0x20 && byte < 0x7F) || (layout == .lines && (byte == ASCII.lf || byte == ASCII.tab))
  }

  private mutating func escape(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    pending = []
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + bytes.count / 8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if isPlain(byte) {
        out.append(byte)
        index += 1
      } else if byte == ASCII.cr {
        if index + 1 == bytes.count && !isLast { break }
        let beforeLineFeed = index + 1 < bytes.count && bytes[index + 1] == ASCII.lf
        if !(beforeLineFeed && layout == .lines) { out += "\\r".utf8 }
        index += 1
      } else if byte < 0x80 {
        escapeControl(byte, to: &out)
        index += 1
      } else {
        switch UTF8Sequence(in: bytes, at: index) {
        case .scalar(let scalar, let length):
          if scalar.isUnsafeToShow {
            out += "\\u{\(String(scalar.value, radix: 16))}".utf8
          } else {
            out += bytes[index..<index + length]
          }
          index += length
        case .cut where !isLast:
          pending = Array(bytes[index...])
          return out
        case .cut, .invalid:
          escapeByte(byte, to: &out)
          index += 1
        }
      }
    }
    if index < bytes.count { pending = Array(bytes[index...]) }
    return out
  }

  private func escapeControl(_ byte: UInt8, to out: inout [UInt8]) {
    switch byte {
    case ASCII.lf: out += "\\n".utf8
    case ASCII.tab: out += "\\t".utf8
    default: escapeByte(byte, to: &out)
    }
  }

  private func escapeByte(_ byte: UInt8, to out: inout [UInt8]) {
    out += [ASCII.backslash, 0x78, hexDigit(byte >> 4), hexDigit(byte & 0xF)]
  }
}
