import Net

/// Forms and queries of requests, whose pairs `FormPairs` writes.
public enum HTTPForm {
  public static let contentType = "application/x-www-form-urlencoded"

  /// Gives a URL with pairs added to its query.
  public static func adding(_ pairs: [(name: String, value: String)], to url: URL) throws(URLError) -> URL {
    guard !pairs.isEmpty else { return url }
    let whole = url.text
    let fragment = whole.firstIndex(of: "#") ?? whole.endIndex
    var text = String(whole[..<fragment])
    // A query needs a path before it to be read everywhere (RFC 9112 §3.2.1).
    if url.query == nil { text += (url.path.isEmpty ? "/?" : "?") } else if url.query?.isEmpty == false { text += "&" }
    return try URL(text + FormPairs.encode(pairs) + whole[fragment...])
  }
}
