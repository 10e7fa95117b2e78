/// Names and values as a query or a form writes them: application/x-www-form-urlencoded (WHATWG URL §5).
public enum FormPairs {
  /// Joins pairs by `&`.
  public static func encode(_ pairs: [(name: String, value: String)]) -> String {
    pairs.map { PercentEncodeSet.form.encode($0.name) + "=" + PercentEncodeSet.form.encode($0.value) }
      .joined(separator: "&")
  }

  /// Reads pairs in their order; what is not UTF-8 becomes U+FFFD, and an empty piece is none (§5.1).
  public static func decode(_ text: String) -> [(name: String, value: String)] {
    text.utf8.split(separator: UInt8(ascii: "&")).map { piece in
      let name = piece.prefix { $0 != ASCII.equals }
      return (part(name), part(piece.dropFirst(name.count + 1)))
    }
  }

  private static func part(_ bytes: Substring.UTF8View) -> String {
    String(decoding: PercentEncodeSet.decode(Array(bytes), isForm: true), as: UTF8.self)
  }
}
