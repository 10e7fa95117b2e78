import Diagnostics
import Syntax

/// Names of fields whose values are secrets, and where such values stand in a text.
enum SecretWords {
  static let names = [
    "authorization", "cookie", "password", "passwd", "token", "secret", "api-key", "apikey", "api_key", "signature",
  ]

  static func isSecret(_ key: String) -> Bool {
    let key = key.lowercased()
    return names.contains { key.contains($0) }
  }

  /// Words of options, of whatever command, whose values are secrets too.
  private static let options = ["bearer", "passphrase", "pass", "credential", "psk"]

  /// Finds the values of options that carry credentials by their name, `--password X`, unless they are declared as something else,
  /// and what follows the name of a credential's header field that nobody quoted.
  static func spans(in call: Call, _ source: Source, declared: [ParameterSpec]) -> [Span] {
    var spans = secretHeaders(of: call, source) + passwords(in: call, source, declared)
    for (index, argument) in call.arguments.enumerated() {
      let word = String(decoding: source.bytes[argument.span.start..<argument.span.end], as: UTF8.self)
      let following = call.arguments.dropFirst(index + 1)
      if word.hasSuffix(":"), isSecret(word), let last = following.last {
        spans.append(Span(argument.span.end, last.span.end))
      }
      let name = word.drop { $0 == "-" }.prefix { $0 != "=" }
      guard word.hasPrefix("-"), isSecret(String(name)) || options.contains(name.lowercased()) else { continue }
      guard !declared.contains(where: { $0.name == name && !$0.isSecret }) else { continue }
      if word.contains("=") {
        spans.append(
          Span(argument.span.start + word.utf8.count - word.drop { $0 != "=" }.utf8.count + 1, argument.span.end))
      } else if let value = following.first, case .value(let expression) = value.kind {
        if case .variable = expression.kind { continue }
        spans.append(value.span)
      }
    }
    return spans
  }

  /// Options of curl(1), wget(1) and the like whose value is `user:password`.
  private static let userOptions = ["--user", "--proxy-user", "-u", "-U"]

  /// Finds the passwords in values of `-u user:password`, also where they stand together in one word.
  private static func passwords(in call: Call, _ source: Source, _ declared: [ParameterSpec]) -> [Span] {
    func bytes(_ span: Span) -> ArraySlice<UInt8> { source.bytes[span.start..<min(span.end, source.bytes.count)] }
    /// Gives what stands behind the first colon, without a quote at the end.
    func password(_ value: ArraySlice<UInt8>) -> Span? {
      guard let colon = value.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      var end = value.endIndex
      if let quote = value.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""), value.last == quote {
        end -= 1
      }
      return colon + 1 < end ? Span(colon + 1, end) : nil
    }
    var spans: [Span] = []
    for (index, argument) in call.arguments.enumerated() {
      let word = bytes(argument.span)
      for option in userOptions where word.starts(with: option.utf8) {
        guard !declared.contains(where: { $0.name == option.drop { $0 == "-" } }) else { continue }
        let rest = word.dropFirst(option.utf8.count)
        if rest.isEmpty, index + 1 < call.arguments.count {
          if let span = password(bytes(call.arguments[index + 1].span)) { spans.append(span) }
        } else if rest.first == UInt8(ascii: "=") || !option.hasPrefix("--"), let span = password(rest) {
          spans.append(span)
        }
      }
    }
    return spans
  }

  /// Finds the values of the fields that `--secret-header` names, in words, strings and records of the same call.
  private static func secretHeaders(of call: Call, _ source: Source) -> [Span] {
    func text(_ span: Span) -> String { String(decoding: source.bytes[span.start..<span.end], as: UTF8.self) }
    func unquoted(_ text: String) -> Substring {
      text.drop { $0 == "'" || $0 == "\"" }.prefix { $0 != "'" && $0 != "\"" }
    }
    var names: Set<String> = []
    for (option, value) in zip(call.arguments, call.arguments.dropFirst()) where text(option.span) == "--secret-header"
    {
      names.insert(unquoted(text(value.span)).lowercased())
    }
    guard !names.isEmpty else { return [] }
    var spans: [Span] = []
    for argument in call.arguments {
      guard case .value(let value) = argument.kind else { continue }
      if case .record(let fields) = value.kind {
        for field in fields {
          guard case .text(let key)? = field.key.parts.first, names.contains(key.lowercased()) else { continue }
          spans.append(field.value.span)
        }
      }
      let word = text(value.span)
      let quotes = word.utf8.count - word.drop { $0 == "'" || $0 == "\"" }.utf8.count
      let name = word.dropFirst(quotes).prefix { $0 != ":" }
      guard names.contains(name.lowercased()), quotes + name.utf8.count < word.utf8.count else { continue }
      spans.append(Span(value.span.start + quotes + name.utf8.count + 1, value.span.end - quotes))
    }
    return spans
  }

  /// Finds the password of a URL (RFC 3986 §3.2.1) and the value of a credential's header field in a word or string.
  static func spans(in source: Source, _ span: Span) -> [Span] {
    let bytes = source.bytes[span.start..<min(span.end, source.bytes.count)]
    var spans: [Span] = []
    if let scheme = bytes.firstRange(of: Array("://".utf8)) {
      let authority = bytes[scheme.upperBound...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
      if let at = authority.lastIndex(of: UInt8(ascii: "@")),
        let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":"))
      {
        spans.append(Span(colon + 1, at))
      }
    }
    spans += queryValues(in: bytes)
    if let value = namedValue(in: bytes) { return spans + [value] }
    let lower = bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    for name in ["authorization:", "cookie:"] {
      guard let found = lower.firstRange(of: Array(name.utf8)) else { continue }
      var end = bytes.endIndex
      if let quote = bytes.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
        while end > bytes.startIndex + found.upperBound, bytes[end - 1] == quote { end -= 1 }
      }
      let start = bytes.startIndex + found.upperBound
      if start < end { spans.append(Span(start, end)) }
    }
    return spans
  }

  /// Finds the values in the query of a URL whose names are those of secrets: `?access_token=…&api_key=…`.
  private static func queryValues(in bytes: ArraySlice<UInt8>) -> [Span] {
    guard let mark = bytes.firstIndex(of: UInt8(ascii: "?")) else { return [] }
    return pairValues(in: bytes[(mark + 1)...])
  }

  private static func pairValues(in bytes: ArraySlice<UInt8>) -> [Span] {
    let ends = Array("&#'\"".utf8)
    return bytes.split(whereSeparator: { ends.contains($0) }).compactMap { pair in
      guard let sign = pair.firstIndex(of: UInt8(ascii: "=")), sign + 1 < pair.endIndex else { return nil }
      return isSecret(String(decoding: pair[..<sign], as: UTF8.self)) ? Span(sign + 1, pair.endIndex) : nil
    }
  }

  /// Finds the values of secrets in the data of a form, `a=1&password=x`, and in a text of JSON, `{"token": "x"}`.
  static func memberValues(in bytes: ArraySlice<UInt8>) -> [Span] {
    guard let first = bytes.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return pairValues(in: bytes)
    }
    // Each string with a colon behind it is a name; quotes in a string of the shell may have a backslash before them.
    let ends = Array("\",{}[]:\\ \t\r\n".utf8)
    var spans: [Span] = []
    var rest = bytes
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      let name = rest[..<colon].split(whereSeparator: { ends.contains($0) }).last ?? []
      let value = rest[(colon + 1)...]
      let start = value.firstIndex { !ends.contains($0) } ?? value.endIndex
      let end = value[start...].firstIndex { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "}") } ?? value.endIndex
      if isSecret(String(decoding: name, as: UTF8.self)), start < end {
        spans.append(Span(start, end))
        rest = rest[end...]
      } else {
        rest = value
      }
    }
    return spans
  }

  /// Finds the value of a word or string that is `Name:value`, `name=value`, `name==value` or `name:=value` with a secret's name, as
  /// requests have them.
  private static func namedValue(in bytes: ArraySlice<UInt8>) -> Span? {
    var end = bytes.endIndex
    var start = bytes.startIndex
    if let quote = bytes.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
      start += 1
      if end - 1 > start, bytes[end - 1] == quote { end -= 1 }
    }
    let name = bytes[start..<end].prefix { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
        || byte == 0x5F
    }
    guard isSecret(String(decoding: name, as: UTF8.self)) else { return nil }
    let mark = bytes[name.endIndex..<end].prefix { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }
    guard !mark.isEmpty, mark.endIndex < end else { return nil }
    return Span(mark.endIndex, end)
  }
}
