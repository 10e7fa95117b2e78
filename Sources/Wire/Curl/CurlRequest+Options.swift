import Net

extension CurlRequest {
  /// Does what one option says.
  mutating func apply(_ option: CurlOption, _ value: [UInt8]) throws(CurlError) {
    let text = String(decoding: value, as: UTF8.self)
    switch option {
    case .request: given = text
    case .url: urls.append(text)
    case .header: add(header: text)
    case .userAgent: headers.append(("User-Agent", text.isEmpty ? nil : text))
    case .referer: headers.append(("Referer", text))
    case .range: headers.append(("Range", "bytes=" + text))
    case .data, .dataAscii: data.append(Self.datum(value, stripped: true))
    case .dataBinary: data.append(Self.datum(value, stripped: false))
    case .dataRaw: data.append(.text(value))
    case .dataURLEncode: data.append(Self.encoded(text))
    case .json:
      isJSON = true
      data.append(Self.datum(value, stripped: false))
    case .form: parts.append(try Self.part(text))
    case .formString:
      let (name, content) = Self.halves(text)
      parts.append(Part(name: name, text: content ?? ""))
    case .uploadFile: uploads.append(text)
    case .get: isQuery = true
    case .head: isHead = true
    case .user: user = text
    case .cookie:
      // Without `=` it is a file that the cookies are in; of '' curl only takes that there shall be cookies.
      guard text.isEmpty || text.utf8.contains(ASCII.equals) else { throw .unknownOption("--cookie FILE") }
      if !text.isEmpty { cookies.append(text) }
    case .output: outputs.append(.file(text))
    case .remoteName: outputs.append(.remoteName)
    case .continueAt:
      guard text == "-" else { throw .badValue("--continue-at", text) }
      continues = true
    case .proxy: proxy = text
    case .proxyUser: proxyUser = text
    case .socks5: proxy = "socks5://" + text
    case .socks5Hostname: proxy = "socks5h://" + text
    case .location, .locationTrusted: follows = true
    case .maxRedirs:
      guard let number = Int(text), number >= -1 else { throw .badValue("--max-redirs", text) }
      redirects = number < 0 ? 1000 : number
    case .maxTime:
      guard let seconds = Double(text), seconds >= 0, seconds < 1e9 else { throw .badValue("--max-time", text) }
      options.append(Option(name: "timeout", value: "\(Int((seconds * 1000).rounded()))ms"))
    case .retry:
      guard let number = Int(text), number >= 0 else { throw .badValue("--retry", text) }
      options.append(Option(name: "retry", value: String(number)))
    default: options.append(Option(name: Self.names[option] ?? option.rawValue, value: option.hasValue ? text : nil))
    }
  }

  /// Options of `http request` that have another name than curl's.
  private static let names: [CurlOption: String] = [
    .bearer: "bearer", .failWithBody: "fail", .unixSocket: "unix", .cacert: "ca", .proxyAuthorities: "proxy-ca",
  ]

  /// `Name: value`, `Name:` to leave it out, `Name;` for one without a value.
  private mutating func add(header text: String) {
    let bytes = Array(text.utf8)
    guard let colon = bytes.firstIndex(of: ASCII.colon) else {
      if bytes.last == ASCII.semicolon { headers.append((String(text.dropLast()), "")) }
      return
    }
    let value = String(decoding: ASCII.trimmed(bytes[(colon + 1)...]), as: UTF8.self)
    headers.append((String(decoding: bytes[..<colon], as: UTF8.self), value.isEmpty ? nil : value))
  }

  private static func datum(_ value: [UInt8], stripped: Bool) -> Datum {
    guard value.first == UInt8(ascii: "@") else { return .text(value) }
    return .file(String(decoding: value.dropFirst(), as: UTF8.self), stripped: stripped)
  }

  /// The forms of `--data-urlencode`: `content`, `=content`, `name=content`, `@file`, `name@file`; the first sign counts.
  private static func encoded(_ text: String) -> Datum {
    guard let sign = text.utf8.firstIndex(where: { $0 == ASCII.equals || $0 == UInt8(ascii: "@") }) else {
      return .encoded(name: "", Array(text.utf8))
    }
    let name = String(text[..<sign])
    let content = text[text.utf8.index(after: sign)...]
    return text.utf8[sign] == ASCII.equals
      ? .encoded(name: name, Array(content.utf8)) : .encodedFile(name: name, String(content))
  }

  /// `name=content`, `name=@file;type=T;filename=F`, `name=<file`, `name=content;type=T`.
  private static func part(_ text: String) throws(CurlError) -> Part {
    let (name, content) = halves(text)
    guard let content else { throw .badValue("--form", text) }
    var part = Part(name: name)
    let pieces = content.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    var body = pieces.first ?? ""
    for piece in pieces.dropFirst() {
      let (key, value) = halves(piece)
      switch (ASCII.trimmed(Array(key.utf8)[...]).map { $0.lowercased }, value) {
      case (Array("type".utf8), let value?): part.type = value
      case (Array("filename".utf8), let value?): part.fileName = value
      default: body += ";" + piece
      }
    }
    if body.hasPrefix("@") {
      part.file = String(body.dropFirst())
    } else if body.hasPrefix("<") {
      part.textFile = String(body.dropFirst())
    } else {
      part.text = body
    }
    return part
  }

  private static func halves(_ text: String) -> (String, String?) {
    guard let sign = text.utf8.firstIndex(of: ASCII.equals) else { return (text, nil) }
    return (String(text[..<sign]), String(text[text.utf8.index(after: sign)...]))
  }
}
