import Net

/// Why a text is no line of curl that can be taken over.
public enum CurlError: LayeredError, Hashable {
  /// A quote or a backslash has no end; `offset` is where it begins.
  case unfinished(offset: Int)
  /// Something the shell would replace or act on, such as `$HOME`, a pipe or a second command.
  case shellSyntax(String, offset: Int)
  case notCurl(String)
  case unknownOption(String)
  case missingValue(String)
  case noURL
  case badValue(String, String)

  public var layer: Layer { .value }
  public var code: String { "curl-line" }

  public var message: String {
    switch self {
    case .unfinished(let offset): "the quote at byte \(offset) of the line has no end"
    case .shellSyntax(let text, let offset):
      "`\(text)` at byte \(offset) of the line is for the shell, and not for curl"
    case .notCurl(let word): "the line begins with `\(word)`, and not with curl"
    case .unknownOption(let option): "nothing here does what curl's \(option) does"
    case .missingValue(let option): "curl's \(option) wants a value"
    case .noURL: "the line has no URL"
    case .badValue(let option, let value): "`\(value)` is no value of curl's \(option)"
    }
  }

  public var hint: String? {
    if case .shellSyntax = self { "put it between single quotes if it is text" } else { nil }
  }
}
