import Net

/// The reading of a URL of which parts are left out, as people type it.
enum WebAddress {
  /// Reads a URL, `HOST/PATH` as one of http, and `:PORT/PATH` or `:/PATH` as one of this machine.
  ///
  ///     web-address = http-URL / host [":" port] path / ":" [port] path
  static func read(_ value: Value) throws(ValueError) -> URL {
    if case .url(let url) = value { return url.content }
    guard let text = value.scalarText, !text.isEmpty else {
      throw ValueError.wrongType(TypeName.web.noun, found: value)
    }
    let scheme = text.prefix { $0 != ":" }.lowercased()
    guard !text.contains("://") || scheme == "http" || scheme == "https" else {
      throw ValueError.wrongType(TypeName.web.noun, found: value)
    }
    do throws(URLError) {
      if text.contains("://") { return try URL(text) }
      if text.hasPrefix(":/") { return try URL("http://localhost" + text.dropFirst()) }
      return try URL("http://" + (text.hasPrefix(":") ? "localhost" : "") + text)
    } catch {
      throw ValueError(error.code, error.message, hint: error.hint)
    }
  }
}
