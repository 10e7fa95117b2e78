import Diagnostics

/// The secrets in a line of curl(1), whose short options name none: cookies, passwords of users, proxies and keys, tokens.
///
/// The line is the arguments of a program, or stands in a string, as `http import` takes it.
struct CurlSecrets {
  let source: Source

  /// What of an option's value is secret.
  private enum Part { case all, behindColon, behindEquals, field, address, none }

  /// Long options with a value that may hold a secret (curl(1) of 8.x).
  private static let long: [String: Part] = [
    "cookie": .behindEquals, "user": .behindColon, "proxy-user": .behindColon, "oauth2-bearer": .all, "pass": .all,
    "proxy-pass": .all, "tlspassword": .all, "proxy-tlspassword": .all, "cert": .behindColon,
    "proxy-cert": .behindColon, "header": .field, "proxy-header": .field, "proxy": .address, "preproxy": .address,
    "socks5": .address, "socks5-hostname": .address, "socks4": .address, "socks4a": .address, "data": .field,
    "data-raw": .field, "data-ascii": .field, "data-binary": .field, "data-urlencode": .field, "json": .field,
    "form": .field, "form-string": .field, "url": .address, "url-query": .field, "referer": .address,
  ]

  /// The short options that take a value, which may be glued to them.
  private static let short: [UInt8: Part] = [
    UInt8(ascii: "b"): .behindEquals, UInt8(ascii: "u"): .behindColon, UInt8(ascii: "U"): .behindColon,
    UInt8(ascii: "E"): .behindColon, UInt8(ascii: "H"): .field, UInt8(ascii: "x"): .address, UInt8(ascii: "d"): .field,
    UInt8(ascii: "F"): .field, UInt8(ascii: "e"): .address,
  ].merging("AcCDhKmoPQrtTwXyYz".utf8.map { ($0, .none) }) { first, _ in first }

  /// Tells whether a word is the name of the program, perhaps with its path.
  static func isCurl(_ word: ArraySlice<UInt8>) -> Bool {
    word.elementsEqual("curl".utf8) || word.suffix(5).elementsEqual("/curl".utf8)
  }

  /// Finds the secrets in the words behind the program's name.
  func spans(in words: [Span]) -> [Span] {
    var spans: [Span] = []
    var expected: Part?
    for word in words.map(unquoted) {
      let bytes = self.bytes(word)
      if let part = expected {
        spans += secrets(part, word)
        expected = nil
      } else if bytes.starts(with: "--".utf8) {
        let name = String(decoding: bytes.dropFirst(2).prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
        guard let part = Self.long[name] else { continue }
        let value = bytes.dropFirst(2 + name.utf8.count)
        if value.isEmpty { expected = part } else { spans += secrets(part, Span(value.startIndex + 1, word.end)) }
      } else if bytes.first == UInt8(ascii: "-"), bytes.count > 1 {
        guard let letter = bytes.dropFirst().firstIndex(where: { Self.short[$0] != nil }) else { continue }
        let part = Self.short[bytes[letter]] ?? .none
        if letter + 1 == word.end {
          expected = part
        } else {
          spans += secrets(part, unquoted(Span(letter + 1, word.end)))
        }
      } else {
        spans += secrets(.address, word)
      }
    }
    return spans
  }

  private func bytes(_ span: Span) -> ArraySlice<UInt8> {
    let end = min(span.end, source.bytes.count)
    return source.bytes[min(span.start, end)..<end]
  }

  private func secrets(_ part: Part, _ value: Span) -> [Span] {
    let bytes = bytes(value)
    // The name of a variable tells nothing.
    guard let first = bytes.first, first != UInt8(ascii: "$") else { return [] }
    func rest(behind mark: UInt8) -> [Span] {
      guard let at = bytes.firstIndex(of: mark), at + 1 < bytes.endIndex else { return [] }
      return [Span(at + 1, bytes.endIndex)]
    }
    switch part {
    case .none: return []
    case .all: return [value]
    case .behindColon: return rest(behind: UInt8(ascii: ":"))
    case .behindEquals: return rest(behind: UInt8(ascii: "="))
    case .field: return SecretWords.spans(in: source, value) + SecretWords.memberValues(in: bytes)
    case .address:
      let known = SecretWords.spans(in: source, value)
      guard known.isEmpty, bytes.firstRange(of: Array("://".utf8)) == nil else { return known }
      let authority = bytes.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
      guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
        let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":")), colon + 1 < at
      else { return known }
      return [Span(colon + 1, at)]
    }
  }

  /// Gives the span without one pair of quotes, or quotes with a backslash, around it.
  private func unquoted(_ span: Span) -> Span {
    let bytes = bytes(span)
    var skipped = 0
    if bytes.first == UInt8(ascii: "$") || bytes.first == UInt8(ascii: "\\"),
      bytes.dropFirst().first.map(Self.isQuote) ?? false
    {
      skipped = 1
    }
    guard let quote = bytes.dropFirst(skipped).first, Self.isQuote(quote), bytes.count > skipped + 1,
      bytes.last == quote
    else { return span }
    let isEscaped = bytes.first == UInt8(ascii: "\\")
    return Span(span.start + skipped + 1, max(span.start + skipped + 1, span.end - (isEscaped ? 2 : 1)))
  }

  private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") }
}

// MARK: Lines in strings

extension CurlSecrets {
  /// Finds the secrets of a string that holds a line of curl; nil if it holds none.
  func spans(inString span: Span) -> [Span]? {
    let words = words(of: span)
    let start = words.first.map { bytes($0).elementsEqual("$".utf8) } == true ? 1 : 0
    guard start < words.count, Self.isCurl(bytes(words[start])) else { return nil }
    return spans(in: Array(words[(start + 1)...]))
  }

  /// Divides what stands between a string's quotes as a shell would; a quote of the string's own kind has a backslash before it.
  private func words(of span: Span) -> [Span] {
    let inner = unquoted(span)
    var words: [Span] = []
    var start: Int?
    var open: UInt8?
    for index in inner.start..<max(inner.start, min(inner.end, source.bytes.count)) {
      let byte = source.bytes[index]
      if Self.isQuote(byte), open == nil || open == byte { open = open == nil ? byte : nil }
      let isBlank = byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
      if isBlank, open == nil {
        if let begun = start { words.append(Span(begun, index)) }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    if let begun = start { words.append(Span(begun, inner.end)) }
    return words
  }
}
