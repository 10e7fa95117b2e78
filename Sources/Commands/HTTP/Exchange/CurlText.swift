import Interpreter
import Net
import Transport
import Wire

/// A line that makes curl send a request again, byte for byte but for the order of the fields that curl makes itself.
struct CurlText {
  let line: String

  /// Writes the line of a request that went over the wire.
  /// - Throws: `body-not-kept` where the recorder has not all of its body.
  init(_ exchange: RecordedExchange, _ mask: SecretMask) throws {
    guard exchange.hasRequestBody else {
      throw ValueError(
        "body-not-kept", "the body of the request was not kept whole", hint: "`wire keep all` keeps all from then on",
        layer: .http)
    }
    var place: [String] = []
    // Where the session's own map led elsewhere, curl has to be led there too.
    if exchange.isMapped, case .endpoint(let remote)? = exchange.remote { place = ["--connect-to", "::\(remote)"] }
    if case .unix(let path)? = exchange.remote { place = ["--unix-socket", ShellText.word(path)] }
    line = Self.line(
      method: exchange.request.method, url: mask.url(exchange.url), version: exchange.request.version,
      headers: exchange.request.headers, body: exchange.requestBody, mask, place)
  }

  /// Writes the line of a request that a record says.
  init(_ record: Record, _ mask: SecretMask) throws {
    guard let url = try record["url"].map({ try String.convert($0) }) else {
      throw ValueError("missing-field", "a request for curl has a url", layer: .http)
    }
    var headers: HTTPHeaders = []
    if case .record(let fields)? = record["headers"] { headers = try HTTPRecords.fields(fields) }
    let body = try record["body"].map { $0.isNull ? [] : try [UInt8].convert($0) } ?? []
    line = Self.line(
      method: record["method"]?.scalarText ?? "GET", url: mask.url(url), version: .http11, headers: headers, body: body,
      mask, [])
  }

  private static func line(
    method: String, url: String, version: HTTPVersion, headers: HTTPHeaders, body: [UInt8], _ mask: SecretMask,
    _ place: [String]
  ) -> String {
    var words = ["curl"]
    let isText = !body.contains { $0 == 0 } && String(validating: body, as: UTF8.self) != nil
    if method == "HEAD" {
      words.append("-I")
    } else if method != (body.isEmpty ? "GET" : "POST") {
      words += ["-X", ShellText.word(method)]
    }
    if version == .http10 { words.append("--http1.0") }
    words += place
    words.append(ShellText.word(url))
    let host = (try? URL(url))?.authority
    for field in headers {
      if ASCII.same(field.name, "Host"), field.value == host { continue }
      // curl counts the body itself.
      if ASCII.same(field.name, "Content-Length"), !body.isEmpty { continue }
      let value = mask.value(of: field)
      words += ["-H", ShellText.word(value.isEmpty ? "\(field.name);" : "\(field.name): \(value)")]
    }
    // What curl would add of its own accord.
    for name in ["User-Agent", "Accept"] where !headers.contains(name) { words += ["-H", "'\(name):'"] }
    if !body.isEmpty {
      if !headers.contains("Content-Type") { words += ["-H", "'Content-Type:'"] }
      let text = String(decoding: body, as: UTF8.self)
      let isPlain = isText && !text.hasPrefix("@")
      words += ["--data-binary", isPlain ? ShellText.word(text) : "@-"]
      if !isPlain { return ShellText.printf(body) + " | " + words.joined(separator: " ") }
    }
    return words.joined(separator: " ")
  }
}
