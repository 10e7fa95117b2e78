import Diagnostics
import Syntax

extension Session {
  /// Gives a statement with `…` in the place of each secret: of the values of parameters that are declared secret, of
  /// passwords in URLs, and of header fields and record fields that carry credentials.
  ///
  /// Gives nil where the text is wrong and a secret may stand in it, for then nobody can say where.
  public func withoutSecrets(_ statement: String) -> String? {
    let source = Source(name: "history", text: statement)
    let parsed = parse(source)
    let spans = secrets(in: parsed.block, source)
    guard parsed.findings.isEmpty || spans.isEmpty && !mentionsSecrets(statement) else { return nil }
    guard !spans.isEmpty else { return statement }
    var bytes: [UInt8] = []
    var at = 0
    for span in spans.sorted(by: { ($0.start, -$0.end) < ($1.start, -$1.end) }) where span.start >= at {
      bytes += source.bytes[at..<span.start] + Array("…".utf8)
      at = span.end
    }
    return String(decoding: bytes + source.bytes[at...], as: UTF8.self)
  }

  /// Gives a report whose source shows a `*` for each byte of a secret, so that errors repeat none.
  public func withoutSecrets(_ report: Report) -> Report {
    guard let source = report.source else { return report }
    let spans = secrets(in: parse(source).block, source)
    guard !spans.isEmpty else { return report }
    var bytes = source.bytes
    for span in spans {
      for index in span.start..<min(span.end, bytes.count) where bytes[index] != UInt8(ascii: "\n") {
        bytes[index] = UInt8(ascii: "*")
      }
    }
    let shown = Source(name: source.name, bytes: bytes, firstLine: source.firstLine)
    return Report(report.headline, in: shown, at: report.span, labels: report.labels, rows: report.rows)
  }

  private func secrets(in block: Block, _ source: Source) -> [Span] {
    var spans: [Span] = []
    let functions = completionWorld.functions
    func hide(_ expression: Expression) {
      switch expression.kind {
      // The name of a variable tells nothing.
      case .variable, .access: break
      default: if expression.span.end > expression.span.start { spans.append(expression.span) }
      }
    }
    let walk = TreeWalk { node in
      switch node {
      case .call(let call, let isPiped, let isProgram):
        let known =
          isProgram
          ? nil : CallPlace(call, before: call.arguments.count, commands: self.commands, functions: functions)
        for span in SecretWords.spans(in: call, source, declared: known?.parameters ?? []) { spans.append(span) }
        // A name that nobody knows may be a misspelt one.
        guard !isProgram, let place = known ?? self.secretCommand(near: call),
          place.parameters.contains(where: \.isSecret)
        else { return }
        let arguments = call.arguments[place.nameArguments...]
        for (argument, spec) in zip(arguments, place.parameters(of: arguments, isPiped: isPiped)) {
          guard spec?.isSecret == true else { continue }
          switch argument.kind {
          case .value(let value), .option(_, let value?): hide(value)
          case .option(_, nil), .endOfOptions: break
          }
        }
      case .expression(let expression):
        switch expression.kind {
        case .record(let fields):
          for field in fields {
            guard case .text(let key)? = field.key.parts.first, SecretWords.isSecret(key) else { continue }
            hide(field.value)
          }
        case .word, .text: spans += SecretWords.spans(in: source, expression.span)
        default: break
        }
      default: break
      }
    }
    walk.walk(block)
    return spans.filter { $0.start < min($0.end, source.bytes.count) }
  }

  /// Finds the command with a secret that a call's words are nearest to, if they are near to one.
  private func secretCommand(near call: Call) -> CallPlace? {
    let secret = commands.all.filter { $0.parameters.contains(where: \.isSecret) }
    let words = [call.head.text] + call.arguments.prefix(commands.longest - 1).map { $0.bareWord ?? "" }
    for count in (1...words.count).reversed() {
      let names = secret.map(\.name).filter { $0.split(separator: " ").count == count }
      let name = nearestNames(to: words.prefix(count).joined(separator: " "), among: names).first
      if let name, let command = commands[name] { return CallPlace(command, words: count) }
    }
    return nil
  }

  private func mentionsSecrets(_ text: String) -> Bool {
    let text = text.lowercased()
    if text.contains(" -u") || text.contains("-user") { return true }
    if SecretWords.names.contains(where: { text.contains($0) }) || text.contains("://") && text.contains("@") {
      return true
    }
    return commands.all.contains { $0.parameters.contains(where: \.isSecret) && text.contains($0.name) }
  }
}

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
    /// What stands behind the first colon, without a quote at the end.
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
    let ends = Array("&#'\"".utf8)
    return bytes[(mark + 1)...].split(whereSeparator: { ends.contains($0) }).compactMap { pair in
      guard let sign = pair.firstIndex(of: UInt8(ascii: "=")), sign + 1 < pair.endIndex else { return nil }
      return isSecret(String(decoding: pair[..<sign], as: UTF8.self)) ? Span(sign + 1, pair.endIndex) : nil
    }
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
