/// The five components of a URI or relative reference, split but not looked into (RFC 3986 §4.1, appendix B).
struct URLReference {
  var scheme: String?
  var authority: String?
  var path = ""
  var query: String?
  var fragment: String?

  init() {}

  /// Splits a reference; refuses only what no component may hold, so that every part can be written into a line of text.
  ///
  ///     [ scheme ":" ] [ "//" authority ] path [ "?" query ] [ "#" fragment ]
  init(_ text: String, checksPercents: Bool = true) throws(URLError) {
    try Self.checkCharacters(text)
    var rest = Substring(text).utf8
    func part(_ slice: Substring.UTF8View) throws(URLError) -> String {
      if checksPercents {
        try Self.checkPercents(slice, at: text.utf8.distance(from: text.startIndex, to: slice.startIndex))
      }
      return String(Substring(slice))
    }
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      fragment = try part(rest[rest.index(after: hash)...])
      rest = rest[..<hash]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      query = try part(rest[rest.index(after: mark)...])
      rest = rest[..<mark]
    }
    if let colon = rest.firstIndex(of: ASCII.colon), Self.isScheme(rest[..<colon]) {
      scheme = String(Substring(rest[..<colon]))
      rest = rest[rest.index(after: colon)...]
    }
    if rest.starts(with: "//".utf8) {
      rest = rest.dropFirst(2)
      let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      // A zone in brackets may stand behind a bare %; the parser of the authority knows.
      let isBracketed = rest[..<end].contains(0x5B)
      authority = isBracketed ? String(Substring(rest[..<end])) : try part(rest[..<end])
      rest = rest[end...]
    }
    path = try part(rest)
  }

  /// The components put together again (RFC 3986 §5.3).
  var text: String {
    var out = scheme.map { $0 + ":" } ?? ""
    if let authority { out += "//" + authority }
    // Without an authority a path of two slashes would be read as one.
    if authority == nil && path.hasPrefix("//") { out += "/." }
    out += path
    if let query { out += "?" + query }
    if let fragment { out += "#" + fragment }
    return out
  }

  /// Transforms a reference seen at `base` into its target, strictly (RFC 3986 §5.2.2).
  func resolved(against base: URLReference) -> URLReference {
    var target = self
    if scheme != nil {
      target.path = Self.removingDots(path)
      return target
    }
    target.scheme = base.scheme
    if authority != nil {
      target.path = Self.removingDots(path)
      return target
    }
    target.authority = base.authority
    if path.isEmpty {
      target.path = base.path
      target.query = query ?? base.query
    } else {
      target.path = Self.removingDots(path.utf8.first == 0x2F ? path : merged(with: base))
    }
    return target
  }

  /// Gives the path put behind the last slash of the base's path (RFC 3986 §5.2.3).
  private func merged(with base: URLReference) -> String {
    if base.authority != nil && base.path.isEmpty { return "/" + path }
    guard let slash = base.path.utf8.lastIndex(of: 0x2F) else { return path }
    return base.path[...slash] + path
  }

  /// Takes `.` and `..` out of a path by the steps A to E of RFC 3986 §5.2.4.
  static func removingDots(_ path: String) -> String {
    let slash: UInt8 = 0x2F
    var input = Array(path.utf8)[...]
    var output: [UInt8] = []
    while !input.isEmpty {
      if input.starts(with: "../".utf8) || input.starts(with: "./".utf8) {
        input = input.drop { $0 != slash }.dropFirst()
      } else if input.starts(with: "/./".utf8) {
        input = input.dropFirst(2)
      } else if input.elementsEqual("/.".utf8) {
        input = [slash]
      } else if input.starts(with: "/../".utf8) || input.elementsEqual("/..".utf8) {
        input = input.count == 3 ? [slash] : input.dropFirst(3)
        output.removeLast(output.count - (output.lastIndex(of: slash) ?? 0))
      } else if input.elementsEqual(".".utf8) || input.elementsEqual("..".utf8) {
        input = []
      } else {
        let end = input.dropFirst().firstIndex(of: slash) ?? input.endIndex
        output += input[..<end]
        input = input[end...]
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) (RFC 3986 §3.1)
  static func isScheme(_ bytes: some Collection<UInt8>) -> Bool {
    guard let first = bytes.first, first.isLetter else { return false }
    return bytes.allSatisfy { $0.isLetter || $0.isDigit || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E }
  }

  /// Refuses spaces and controls. Other characters outside the grammar pass, since the web is full of them; they are
  /// encoded when the request target is made.
  private static func checkCharacters(_ text: String) throws(URLError) {
    var offset = 0
    for scalar in text.unicodeScalars {
      let value = scalar.value
      if value <= 0x20 || (0x7F...0x9F).contains(value) || scalar.properties.isWhitespace {
        throw .badCharacter(scalar, offset: offset)
      }
      offset += UTF8.width(scalar)
    }
  }

  /// pct-encoded = "%" HEXDIG HEXDIG (RFC 3986 §2.1)
  private static func checkPercents(_ part: Substring.UTF8View, at start: Int) throws(URLError) {
    let bytes = Array(part)
    for (index, byte) in bytes.enumerated() where byte == 0x25 {
      let digits = bytes[(index + 1)...].prefix(2)
      guard digits.count == 2, digits.allSatisfy({ $0.hexValue != nil }) else {
        throw .badPercent(offset: start + index)
      }
    }
  }
}
