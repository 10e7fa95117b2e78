import Net

/// Why a text is not CSV (RFC 4180), and where.
public struct CSVError: LayeredError, Hashable {
  public enum Reason: Sendable, Hashable {
    /// A quotation mark within a field that does not begin with one.
    case bareQuote
    /// Something other than a delimiter or the end of the line behind a closing quotation mark.
    case afterQuote
    case loneCR
    /// The text ends within quotation marks.
    case cutOff
    case tooLong(limit: Int)
  }

  public let reason: Reason
  /// Lines and fields count from 1; a line within quotation marks counts too.
  public let line: Int
  public let field: Int

  public var layer: Layer { .value }
  public var code: String { if case .tooLong = reason { "too-large" } else { "not-csv" } }
  public var message: String { "\(sentence), in field \(field) of line \(line)" }

  public var hint: String? {
    switch reason {
    case .bareQuote, .afterQuote:
      "a field with a quotation mark stands in quotation marks, and the mark in it is doubled"
    default: nil
    }
  }

  private var sentence: String {
    switch reason {
    case .bareQuote: "a quotation mark stands in a field without quotation marks"
    case .afterQuote: "something follows a closing quotation mark"
    case .loneCR: "a carriage return stands without a line feed"
    case .cutOff: "the text ends within quotation marks"
    case .tooLong(let limit): "a row has more than \(limit) bytes"
    }
  }
}
