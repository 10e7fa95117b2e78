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
    for span in spans.sorted(by: { ($0.start, -$0.end) < ($1.start, -$1.end) }) {
      if span.start >= at { bytes += source.bytes[at..<span.start] + Array("…".utf8) }
      at = max(at, span.end)
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
        spans += SecretWords.spans(in: call, source, declared: known?.parameters ?? [])
        if isProgram || call.head.text == "sh" { spans += self.curlSecrets(in: call, source) }
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
        case .word, .text:
          spans +=
            CurlSecrets(source: source).spans(inString: expression.span)
            ?? SecretWords.spans(in: source, expression.span)
        default: break
        }
      default: break
      }
    }
    walk.walk(block)
    return spans.filter { $0.start < min($0.end, source.bytes.count) }
  }

  /// Finds the secrets of curl in a call of it: `^curl …`, `sh curl …`.
  private func curlSecrets(in call: Call, _ source: Source) -> [Span] {
    let words = [call.head.span] + call.arguments.map(\.span)
    let program = words.prefix(2).firstIndex { span in
      let end = min(span.end, source.bytes.count)
      return CurlSecrets.isCurl(source.bytes[span.start..<end].drop { $0 == UInt8(ascii: "^") })
    }
    return program.map { CurlSecrets(source: source).spans(in: Array(words[($0 + 1)...])) } ?? []
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
    if text.contains(" -u") || text.contains("-user") || text.contains("curl ") && text.contains(" -") { return true }
    if SecretWords.names.contains(where: { text.contains($0) }) || text.contains("://") && text.contains("@") {
      return true
    }
    return commands.all.contains { $0.parameters.contains(where: \.isSecret) && text.contains($0.name) }
  }
}
