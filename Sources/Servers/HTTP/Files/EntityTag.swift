import Wire

/// A validator that changes when a file does: `"2a-17f3…"`, or `W/"…"` for one that only says "as good as" (RFC 9110 §8.8.3).
struct EntityTag: Equatable {
  let opaque: Substring
  let isWeak: Bool

  /// Reads one member of a list of tags; nil for what is none.
  ///
  ///     entity-tag = [ %s"W/" ] DQUOTE *etagc DQUOTE
  init?(_ text: some StringProtocol) {
    isWeak = text.hasPrefix("W/")
    let quoted = Substring(isWeak ? text.dropFirst(2) : text[...])
    guard quoted.utf8.count >= 2, quoted.hasPrefix("\""), quoted.hasSuffix("\"") else { return nil }
    opaque = quoted.dropFirst().dropLast()
  }

  /// Whether both stand for the same bytes; weak ones never do (strong comparison, RFC 9110 §8.8.3.2).
  func isSameBytes(as other: EntityTag) -> Bool { !isWeak && !other.isWeak && opaque == other.opaque }

  /// Whether one is as good as the other (weak comparison).
  func isAsGood(as other: EntityTag) -> Bool { opaque == other.opaque }
}
