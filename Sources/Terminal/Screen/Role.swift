/// What a piece of text is, for its colour.
public enum Role: Sendable, CaseIterable {
  case header, key, number, string, address, faint
  case error, warning, success, place, hint
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
