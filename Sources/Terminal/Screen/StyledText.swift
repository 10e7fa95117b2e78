import Interpreter
import Wire

/// Text that is fit for a terminal: whatever was added is escaped, and only its roles bring control sequences.
///
/// It is the one form in which anything reaches a terminal, and adding is the one way to make it.
public struct StyledText: Sendable {
  public private(set) var bytes: [UInt8] = []
  /// The colours in which roles are shown.
  public let theme: Theme
  /// Whether roles are shown as colours.
  public var hasColor: Bool { theme != .none }

  public init(theme: Theme) { self.theme = theme }

  public init(hasColor: Bool) { self.init(theme: hasColor ? .dark : .none) }

  public var isEmpty: Bool { bytes.isEmpty }
  public var endsLine: Bool { bytes.last == UInt8(ascii: "\n") }

  /// Adds text of any origin; on `lines` newlines and tabs stay.
  public mutating func add(_ text: String, _ role: Role? = nil, layout: SafeText.Layout = .singleLine) {
    add(escaped: Array(SafeText.escaping(text, layout).utf8), role)
  }

  /// Adds bytes of any origin, of which the valid UTF-8 is shown as text.
  public mutating func add(_ raw: [UInt8], _ role: Role? = nil, layout: SafeText.Layout = .singleLine) {
    add(escaped: Array(SafeText.escaping(raw, layout).utf8), role)
  }

  /// Adds lines of which the first stands where the text is, and the others under it.
  public mutating func add(_ other: StyledText, indent: Int = 0) {
    guard indent > 0 else { return bytes.append(contentsOf: other.bytes) }
    var isNewLine = false
    for byte in other.bytes {
      if isNewLine { addSpaces(indent) }
      bytes.append(byte)
      isNewLine = byte == UInt8(ascii: "\n")
    }
  }

  public mutating func addSpaces(_ count: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, count)))
  }

  public mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

  /// Adds the next piece of a longer text; the escaper keeps what the piece's end cut.
  public mutating func add(piece: [UInt8], through escaper: inout SafeText) { add(escaped: escaper.add(piece), nil) }

  /// Adds what the escaper held back; the longer text ends here.
  public mutating func addEnd(of escaper: inout SafeText) { add(escaped: escaper.end(), nil) }

  /// Adds text that may bring its own colours: of its control sequences SGR (ECMA-48 §8.3.117) stays, the rest is escaped.
  public mutating func add(colored text: String) {
    for (index, part) in text.split(separator: "\u{1b}[", omittingEmptySubsequences: false).enumerated() {
      let parameters = part.prefix { $0.isASCII && ($0.isNumber || $0 == ";") }
      let rest = part.dropFirst(parameters.count)
      guard index > 0 else {
        add(String(part))
        continue
      }
      guard rest.first == "m" else {
        add("\u{1b}[" + String(part))
        continue
      }
      if hasColor { bytes.append(contentsOf: "\u{1b}[\(parameters)m".utf8) }
      add(String(rest.dropFirst()))
    }
  }

  private mutating func add(escaped: [UInt8], _ role: Role?) {
    guard let role, let rendition = theme.graphicRendition(of: role), !escaped.isEmpty else {
      return bytes.append(contentsOf: escaped)
    }
    bytes.append(contentsOf: "\u{1b}[\(rendition)m".utf8)
    bytes.append(contentsOf: escaped)
    bytes.append(contentsOf: "\u{1b}[0m".utf8)
  }
}
