import Net

extension HTTPExplanation {
  /// Explains the lines of a head: the start line in its parts, the fields, and the empty line.
  mutating func lines(_ range: Range<Int>, isRequest: Bool) {
    var isStart = true
    for line in lineRanges(range) {
      let bytes = content(line)
      guard !bytes.isEmpty else {
        if isStart {
          note(line, "empty line", "ignored before a request line", "RFC 9112 §2.2")
        } else {
          note(line, "end of the head", "an empty line", "RFC 9112 §2.1")
        }
        continue
      }
      guard isStart else {
        field(line, "field")
        continue
      }
      isStart = false
      if isRequest { requestLine(line) } else { statusLine(line) }
    }
  }

  /// Explains `method SP request-target SP HTTP-version` (RFC 9112 §3).
  private mutating func requestLine(_ line: Range<Int>) {
    let parts = spaced(line, at: 3)
    guard parts.count == 3 else { return note(line, "request line", text(of: content(line)), "RFC 9112 §3") }
    let method = shown(content(parts[0]))
    let fact = facts.find(method, .method)
    note(
      parts[0], "method", method, fact?.source ?? "RFC 9110 §9.1",
      meaning: fact?.meaning ?? "a method that is not registered")
    let target = shown(content(parts[1]))
    let form = Self.form(of: target, method)
    note(parts[1], "request target", target, form.section, meaning: form.name)
    version(parts[2])
  }

  /// Tells which of the four forms a request target has (RFC 9112 §3.2).
  private static func form(of target: String, _ method: String) -> (name: String, section: String) {
    if method == "CONNECT" { return ("authority-form: host and port of a tunnel", "RFC 9112 §3.2.3") }
    if target == "*" { return ("asterisk-form: the server as a whole", "RFC 9112 §3.2.4") }
    if target.hasPrefix("/") { return ("origin-form: path and query", "RFC 9112 §3.2.1") }
    return ("absolute-form: the whole URL, as for a proxy", "RFC 9112 §3.2.2")
  }

  /// Explains `HTTP-version SP status-code SP [ reason-phrase ]` (RFC 9112 §4).
  private mutating func statusLine(_ line: Range<Int>) {
    let parts = spaced(line, at: 3)
    guard parts.count >= 2 else { return note(line, "status line", text(of: content(line)), "RFC 9112 §4") }
    version(parts[0])
    let code = shown(content(parts[1]))
    let fact = facts.find(code, .status)
    let kind = code.utf8.first.map(Self.statusClass) ?? "a status code"
    note(parts[1], "status code", code, fact?.source ?? "RFC 9110 §15", meaning: fact?.meaning ?? kind)
    guard parts.count == 3 else { return }
    let reason = text(of: content(parts[2]))
    note(
      parts[2], "reason phrase", reason.isEmpty ? "empty; nobody reads it" : "\(reason); for people only", "RFC 9112 §4"
    )
  }

  private static func statusClass(_ digit: UInt8) -> String {
    switch digit {
    case UInt8(ascii: "1"): "informational, the final response follows"
    case UInt8(ascii: "2"): "a success that is not registered"
    case UInt8(ascii: "3"): "a redirection that is not registered"
    case UInt8(ascii: "4"): "an error of the client's that is not registered"
    case UInt8(ascii: "5"): "an error of the server's that is not registered"
    default: "a class of status that does not exist"
    }
  }

  private mutating func version(_ part: Range<Int>) {
    let version = text(of: content(part).prefix { $0 != ASCII.space })
    let meaning =
      switch version {
      case "HTTP/1.1": "connections persist unless somebody says close"
      case "HTTP/1.0": "the connection closes behind the message; no chunks"
      default: "a version that this is not about"
      }
    note(part, "version", version, "RFC 9112 §2.3", meaning: meaning)
  }

  /// Explains a field line, `field-name ":" OWS field-value OWS` (RFC 9112 §5), or the fold of one.
  mutating func field(_ line: Range<Int>, _ kind: String) {
    let bytes = content(line)
    if bytes.first?.isBlank == true {
      return note(
        line, "folded line", "\(shown(bytes)): belongs to the field above; one space takes its place", "RFC 9112 §5.2")
    }
    guard let colon = bytes.firstIndex(of: ASCII.colon) else {
      return note(line, "line without a colon", shown(bytes), "RFC 9112 §5")
    }
    let name = text(of: bytes[..<colon])
    let fact = facts.find(name, .field)
    note(
      line, "\(kind) \(name)", shown(bytes[(colon + 1)...]), fact?.source ?? "RFC 9110 §16.3",
      meaning: fact?.meaning ?? "a field that is not registered")
  }

  /// Says how the end of the body is found, and by which rule of RFC 9112 §6.3.
  mutating func framing(_ framing: HTTPFraming?, at place: Int, _ headers: HTTPHeaders, isRequest: Bool) {
    let meaning: String
    let rule: Int
    switch framing {
    case .none?, nil:
      meaning = "there is no body"
      rule = !isRequest ? 1 : headers.contains("Content-Length") ? 6 : 7
    case .length(let length)?: (meaning, rule) = ("the body has \(length) bytes, by Content-Length", 6)
    case .chunked?: (meaning, rule) = ("the body comes in chunks, by Transfer-Encoding", 4)
    case .untilClose?: (meaning, rule) = ("the body ends where the connection does", 8)
    case .tunnel?: (meaning, rule) = ("another protocol follows", 2)
    }
    note(place..<place, "framing", meaning, "RFC 9112 §6.3, rule \(rule)")
  }

  /// Divides a line at its first spaces; a space belongs to the part before it, the line's end to the last.
  private func spaced(_ line: Range<Int>, at most: Int) -> [Range<Int>] {
    let bytes = content(line)
    var parts: [Range<Int>] = []
    var start = line.lowerBound
    for index in bytes.indices where bytes[index] == ASCII.space && parts.count < most - 1 {
      parts.append(start..<(index + 1))
      start = index + 1
    }
    return parts + [start..<line.upperBound]
  }

  func shown(_ bytes: ArraySlice<UInt8>) -> String { text(of: ASCII.trimmed(bytes)) }
}

extension HTTPExplanation {
  /// Explains a chunk-size line (RFC 9112 §7.1, §7.1.1).
  mutating func chunk(_ chunk: HTTPChunk, _ line: Range<Int>) {
    let size = String(chunk.size, radix: 16)
    let extensions = chunk.extensions.map { item in item.value.map { "\(item.name)=\($0)" } ?? item.name }
    let more = extensions.isEmpty ? "" : "; extensions, which nobody has to know: \(extensions.joined(separator: ", "))"
    guard chunk.size > 0 else {
      return note(line, "last chunk", "0: no data follow, the trailers do\(more)", "RFC 9112 §7.1")
    }
    note(
      line, "chunk size", "\(size) in hexadecimal: \(chunk.size) bytes follow\(more)",
      extensions.isEmpty ? "RFC 9112 §7.1" : "RFC 9112 §7.1.1")
  }

  /// Explains the trailer section and the empty line behind it (RFC 9112 §7.1.2).
  mutating func trailers(_ range: Range<Int>) {
    for line in lineRanges(range) {
      if content(line).isEmpty {
        note(line, "end of the message", "an empty line", "RFC 9112 §7.1.2")
      } else {
        field(line, "trailer")
      }
    }
  }
}
