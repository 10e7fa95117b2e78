import Coding
import Interpreter
import Net
import Transport
import Wire

/// Exchanges as an HTTP Archive, version 1.2: the format in which browsers write down what they did.
struct HTTPArchive {
  let value: Value

  init(_ exchanges: [RecordedExchange], _ mask: SecretMask) {
    let entries = exchanges.map { Value.record(Self.entry($0, mask)) }
    value = .record(
      Record([
        "log": .record(
          Record([
            "version": .string("1.2"),
            "creator": .record(Record(["name": .string("nsh"), "version": .string("1")])),
            "entries": .list(entries),
          ]))
      ]))
  }

  /// The archive's text, one line of JSON.
  func json() throws -> [UInt8] { try JSONText.line(value) }

  private static func entry(_ exchange: RecordedExchange, _ mask: SecretMask) -> Record {
    let timings = timings(exchange)
    // Times of -1 say that there was no such phase, and connect has that of TLS in it.
    let total = timings.filter { $0.0 != "ssl" && $0.1 > 0 }.reduce(0) { $0 + $1.1 }
    var fields: [(String, Value)] = [
      ("startedDateTime", .string("\(exchange.started)")), ("time", .float(total)),
      ("request", .record(request(exchange, mask))), ("response", .record(response(exchange, mask))),
      ("cache", .record(Record(pairs: []))), ("timings", .record(Record(pairs: timings.map { ($0.0, .float($0.1)) }))),
    ]
    if case .endpoint(let endpoint)? = exchange.remote {
      fields.append(("serverIPAddress", .string("\(endpoint.host)")))
    }
    fields.append(("connection", .string(String(exchange.connection))))
    return Record(pairs: fields)
  }

  /// The phases in milliseconds.
  private static func timings(_ exchange: RecordedExchange) -> [(String, Double)] {
    func ms(_ nanoseconds: Int64) -> Double { Double(max(0, nanoseconds) / 1000) / 1000 }
    let before = exchange.before
    let handshake = before?.handshake ?? 0
    return [
      ("blocked", -1), ("dns", before.map { $0.names > 0 ? ms($0.names) : -1 } ?? -1),
      ("connect", before.map { ms($0.connect &+ $0.handshake) } ?? -1),
      ("send", ms(exchange.times.sent &- exchange.times.began)),
      ("wait", ms(exchange.times.first &- exchange.times.sent)),
      ("receive", ms(exchange.times.last &- exchange.times.first)), ("ssl", handshake > 0 ? ms(handshake) : -1),
    ]
  }

  private static func request(_ exchange: RecordedExchange, _ mask: SecretMask) -> Record {
    let url = mask.url(exchange.url)
    let query =
      url.split(separator: "#", maxSplits: 1).first?.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
    let head = exchange.request
    var fields: [(String, Value)] = [
      ("method", .string(head.method)), ("url", .string(url)), ("httpVersion", .string("\(head.version)")),
      ("cookies", cookies(head.headers.values("Cookie").flatMap { $0.split(separator: ";").map(String.init) }, mask)),
      ("headers", headers(head.headers, mask)), ("queryString", pairs(FormPairs.decode(String(query)))),
    ]
    if !exchange.requestBody.isEmpty {
      let type = head.headers["Content-Type"] ?? ""
      var post: [(String, Value)] = [("mimeType", .string(type)), ("params", .list([]))]
      post +=
        exchange.hasRequestBody
        ? text(exchange.requestBody) : [("text", .string("")), ("comment", .string("not kept whole"))]
      fields.append(("postData", .record(Record(pairs: post))))
    }
    fields += [("headersSize", .int(exchange.requestSizes.head)), ("bodySize", .int(exchange.requestSizes.body))]
    return Record(pairs: fields)
  }

  private static func response(_ exchange: RecordedExchange, _ mask: SecretMask) -> Record {
    let head = exchange.response
    let headers = head?.headers ?? []
    return Record([
      "status": .int(head?.status ?? 0), "statusText": .string(head?.reason ?? ""),
      "httpVersion": .string(head.map { "\($0.version)" } ?? ""),
      "cookies": cookies(headers.values("Set-Cookie"), mask),
      "headers": Self.headers(headers, mask), "content": .record(content(exchange)),
      "redirectURL": .string(mask.url(headers["Location"] ?? "")), "headersSize": .int(exchange.responseSizes.head),
      "bodySize": .int(exchange.responseSizes.body),
    ])
  }

  /// The body with its codings undone, where it was kept whole and they can be.
  private static func content(_ exchange: RecordedExchange) -> Record {
    let headers = exchange.response?.headers ?? []
    let type = headers["Content-Type"] ?? ""
    let raw = exchange.responseBody
    guard exchange.hasResponseBody else {
      return Record(["size": .int(raw.count), "mimeType": .string(type), "comment": .string("not kept whole")])
    }
    let codings = headers.list("Content-Encoding")
    let decoded = codings.isEmpty ? raw : try? ContentDecoder(codings: codings, limit: 64 << 20).all(of: raw)
    guard let decoded else {
      return Record(
        pairs: [("size", .int(raw.count)), ("mimeType", .string(type))] + text(raw) + [
          ("comment", .string("as it came, coded"))
        ])
    }
    var fields: [(String, Value)] = [("size", .int(decoded.count))]
    if !codings.isEmpty { fields.append(("compression", .int(decoded.count - raw.count))) }
    return Record(pairs: fields + [("mimeType", .string(type))] + (decoded.isEmpty ? [] : text(decoded)))
  }

  /// Bytes as text, or as base64 with a word that says so.
  private static func text(_ bytes: [UInt8]) -> [(String, Value)] {
    if let text = String(validating: bytes, as: UTF8.self) { return [("text", .string(text))] }
    return [("text", .string(BaseEncoding.base64.encode(bytes))), ("encoding", .string("base64"))]
  }

  private static func headers(_ headers: HTTPHeaders, _ mask: SecretMask) -> Value {
    .list(headers.map { .record(Record(["name": .string($0.name), "value": .string(mask.value(of: $0))])) })
  }

  private static func pairs(_ pairs: [(name: String, value: String)]) -> Value {
    .list(pairs.map { .record(Record(["name": .string($0.name), "value": .string($0.value)])) })
  }

  /// Cookies of the form `name=value; attributes`.
  private static func cookies(_ texts: [String], _ mask: SecretMask) -> Value {
    .list(
      texts.map { text in
        let pair = text.split(separator: ";", maxSplits: 1).first ?? ""
        let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = String(decoding: ASCII.trimmed(Array((halves.first ?? "").utf8)[...]), as: UTF8.self)
        let value = halves.count > 1 ? halves[1] : ""
        return .record(Record(["name": .string(name), "value": .string(mask.isOff ? value : SecretMask.mark)]))
      })
  }
}
