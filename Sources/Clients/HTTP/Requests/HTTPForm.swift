import Net

/// Names and values as application/x-www-form-urlencoded writes them (WHATWG URL §5.2): also the form of most queries.
public enum HTTPForm {
  public static let contentType = "application/x-www-form-urlencoded"

  /// Joins pairs by `&`; a space becomes `+`, and all but letters, digits and `*-._` is percent-encoded.
  public static func encode(_ pairs: [(name: String, value: String)]) -> String {
    pairs.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
  }

  static func encode(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case ASCII.space: out.append(UInt8(ascii: "+"))
      case 0x2A, 0x2D, 0x2E, 0x5F: out.append(byte)
      case _ where byte.isLetter || byte.isDigit: out.append(byte)
      default: out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Gives a URL with pairs added to its query.
  public static func adding(_ pairs: [(name: String, value: String)], to url: URL) throws(URLError) -> URL {
    guard !pairs.isEmpty else { return url }
    let whole = url.text
    let fragment = whole.firstIndex(of: "#") ?? whole.endIndex
    var text = String(whole[..<fragment])
    // A query needs a path before it to be read everywhere (RFC 9112 §3.2.1).
    if url.query == nil { text += (url.path.isEmpty ? "/?" : "?") } else if url.query?.isEmpty == false { text += "&" }
    return try URL(text + encode(pairs) + whole[fragment...])
  }
}
