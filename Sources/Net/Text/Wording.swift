/// Names so many of something: `1 byte`, `4 bytes`, `2 addresses`, `3 entries`.
public func counted(_ number: some BinaryInteger, _ noun: String) -> String {
  guard number != 1 else { return "1 \(noun)" }
  if noun.hasSuffix("s") { return "\(number) \(noun)es" }
  return noun.hasSuffix("ry") ? "\(number) \(noun.dropLast())ies" : "\(number) \(noun)s"
}

extension String {
  /// Gives the text with spaces behind it up to so many characters.
  public func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  /// Gives the text with spaces before it up to so many characters.
  public func indented(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
