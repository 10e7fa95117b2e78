/// What a piece of text is, for its colour.
public enum Role: Sendable, CaseIterable {
  case header, key, number, string, address, faint
  case error, warning, success, place, hint

  /// The parameters of the control sequence SGR (ECMA-48 §8.3.117) that show it.
  var graphicRendition: String {
    switch self {
    case .header: "1"
    case .key: "36"
    case .number: "33"
    case .string: "32"
    case .address: "35"
    case .faint: "2"
    case .error: "1;31"
    case .warning: "1;33"
    case .success: "32"
    case .place: "34"
    case .hint: "36"
    }
  }
}

/// Whether colours are wanted: `--color`.
public enum ColorChoice: String, Sendable, CaseIterable {
  case auto, always, never

  /// Decides for a stream: `auto` colours a terminal that can, unless NO_COLOR is set (no-color.org).
  public func allowsColor(isTerminal: Bool, noColor: String?, term: String?) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isTerminal && (noColor ?? "").isEmpty && term != "dumb" && !(term ?? "").isEmpty
    }
  }
}
