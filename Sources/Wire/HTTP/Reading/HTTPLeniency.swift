/// Something the grammar forbids that the reader let pass because the standard allows a recipient to; the first of its kind.
public struct HTTPLeniency: Hashable, Sendable, CustomStringConvertible {
  public enum Kind: String, Sendable {
    /// A line of the head ended with LF alone.
    case bareLF = "a line ends with LF without CR"
    /// Empty lines stood before the request line.
    case leadingEmptyLine = "there is an empty line before the request line"
    /// A field value went on over a second line; the fold became one space.
    case foldedField = "a field value is folded over two lines"
    /// The status line ended right after the code, without the space before the empty phrase.
    case reasonMissing = "the status line ends without the space after the code"
    /// White space stood between a chunk size and the end of its line.
    case chunkPadding = "a chunk size is followed by white space"
  }

  public let kind: Kind
  /// Where it is, in bytes from the start of the stream.
  public let offset: Int

  /// The rule that lets it pass.
  public var section: String {
    switch kind {
    case .bareLF, .leadingEmptyLine: "RFC 9112 §2.2"
    case .foldedField: "RFC 9112 §5.2"
    case .reasonMissing: "RFC 9112 §4"
    case .chunkPadding: "RFC 9112 §7.1.1"
    }
  }

  public var description: String { "\(kind.rawValue) at byte \(offset) (\(section))" }
}
