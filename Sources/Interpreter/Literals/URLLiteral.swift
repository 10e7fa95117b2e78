import Net

/// The reading of `http://…` and `https://…`.
enum URLLiteral {
  static func read(_ word: String) -> Literal.Reading? {
    guard let colon = word.utf8.firstIndex(of: UInt8(ascii: ":")), word[colon...].hasPrefix("://") else { return nil }
    guard ["http", "https"].contains(word[..<colon].lowercased()) else { return nil }
    do throws(URLError) {
      return .value(.url(try URL(word)))
    } catch {
      return .malformed(message: error.message, hint: error.hint)
    }
  }
}
