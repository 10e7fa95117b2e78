import Interpreter
import Net
import Wire

/// A message of HTTP as a record says it, to be written: what the record says is sent, framed well or not.
struct HTTPMessageRecord {
  enum Start {
    case request(method: String, target: String)
    case response(status: Int, reason: String?)
  }

  var start: Start
  var version = HTTPVersion.http11
  var headers: HTTPHeaders
  var body: [UInt8]
  var trailers: HTTPHeaders = []
  private var chunkSize: Int?

  /// Takes a request whose head is known.
  init(_ head: HTTPRequestHead, body: [UInt8]) {
    start = .request(method: head.method, target: head.target)
    version = head.version
    headers = head.headers
    self.body = body
  }

  /// Reads `{method, url or target, version, headers, body, trailers}` or `{status, reason, version, headers, body, trailers}`.
  init(_ record: Record) throws {
    headers = try Self.fields(record, "headers")
    body = try record["body"].map { $0.isNull ? [] : try [UInt8].convert($0) } ?? []
    trailers = try Self.fields(record, "trailers")
    if let text = record["version"].flatMap(\.scalarText) {
      guard text == "HTTP/1.1" || text == "HTTP/1.0" else {
        throw ValueError("bad-argument", "a version is HTTP/1.1 or HTTP/1.0, and not “\(text)”", layer: .http)
      }
      version = text == "HTTP/1.0" ? .http10 : .http11
    }
    if let status = record["status"] {
      start = .response(status: try Int.convert(status), reason: record["reason"]?.scalarText)
      return
    }
    guard let method = record["method"].flatMap(\.scalarText) else {
      throw ValueError("missing-field", "a message has a method or a status", layer: .http)
    }
    if let target = record["target"].flatMap(\.scalarText) {
      start = .request(method: method, target: target)
    } else if let url = record["url"] {
      let url = try URL.convert(url)
      start = .request(method: method, target: url.requestTarget)
      // RFC 9110 §7.2: Host should be the first field.
      if !headers.contains("Host") { headers = HTTPHeaders([HTTPField("Host", url.authority)] + headers.fields) }
    } else {
      throw ValueError("missing-field", "a request has a target or a url", layer: .http)
    }
  }

  /// Chooses chunks for the body.
  mutating func chunk(in size: ByteSize?, trailers given: Record?) throws {
    if let size { chunkSize = Int(size.bytes) }
    if let given {
      trailers = try HTTPRecords.fields(given)
      chunkSize = chunkSize ?? max(1, body.count)
    }
  }

  /// The method, for whoever reads the answer.
  var method: String? { if case .request(let method, _) = start { method } else { nil } }

  private var saysChunked: Bool { headers.list("Transfer-Encoding").last.map { ASCII.same($0, "chunked") } ?? false }

  /// Gives the head, with the fields that frame the body unless it has some.
  func framed() throws(HTTPError) -> HTTPHeaders {
    let isFramed = headers.contains("Content-Length") || headers.contains("Transfer-Encoding")
    if let chunkSize, !saysChunked {
      return try HTTPWriter.framed(headers, .chunked(size: chunkSize), bodyLength: body.count)
    }
    guard !isFramed else { return headers }
    switch start {
    case .request(let method, _):
      // RFC 9110 §8.6: a method that expects a body declares the length of an empty one too.
      guard !body.isEmpty || ["POST", "PUT", "PATCH"].contains(method) else { return headers }
    case .response(let status, _):
      // RFC 9110 §8.6: neither 1xx nor 204 has Content-Length, and to 304 that of the body that is not there is not known.
      guard !body.isEmpty || (status >= 200 && status != 204 && status != 304) else { return headers }
    }
    return try HTTPWriter.framed(headers, .contentLength, bodyLength: body.count)
  }

  /// Gives the head as it is sent.
  func headBytes() throws(HTTPError) -> [UInt8] {
    let headers = try framed()
    switch start {
    case .request(let method, let target):
      return try HTTPRequestHead(method: method, target: target, version: version, headers: headers).bytes()
    case .response(let status, let reason):
      return try HTTPResponseHead(status: status, reason: reason, version: version, headers: headers).bytes()
    }
  }

  /// Gives the message as it is sent. What says of itself that it is chunked is, in one chunk unless another size was chosen.
  func bytes() throws(HTTPError) -> [UInt8] {
    guard chunkSize != nil || saysChunked else {
      return try headBytes() + HTTPWriter.encode(body, .contentLength, trailers)
    }
    return try headBytes() + HTTPWriter.encode(body, .chunked(size: chunkSize ?? max(1, body.count)), trailers)
  }

  private static func fields(_ record: Record, _ name: String) throws -> HTTPHeaders {
    guard let value = record[name], !value.isNull else { return [] }
    guard case .record(let fields) = value else {
      throw ValueError("wrong-type", "`\(name)` is \(value.described), and a record is wanted", layer: .http)
    }
    return try HTTPRecords.fields(fields)
  }
}
