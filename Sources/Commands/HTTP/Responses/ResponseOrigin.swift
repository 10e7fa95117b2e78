import Clients
import Coding
import Interpreter
import Net
import TLS
import Transport
import Wire

/// What a response's record came of: it decodes the body when text or JSON is asked for, and knows the rest of the exchange.
final class ResponseOrigin: RecordOrigin {
  let exchange: HTTPExchange
  let responding: Responding

  init(exchange: HTTPExchange, responding: Responding) {
    self.exchange = exchange
    self.responding = responding
  }

  var names: [String] { ["text", "json", "connection", "interim", "trailers", "timings"] }

  func field(_ name: String, of record: Record) throws(ValueError) -> Value? {
    switch name {
    case "text": return .string(try text(of: record))
    case "json":
      do { return try JSONValues.read(Array(text(of: record).utf8)) } catch let error as ValueError {
        throw error
      } catch let error as any LayeredError {
        throw ValueError(
          error.code, "the body is not JSON: \(error.message)", hint: "`text` gives it as it is", layer: .http)
      } catch {
        throw ValueError("not-json", "the body is not JSON", layer: .http)
      }
    case "connection": return Self.connection(of: exchange)
    case "trailers":
      // They come behind the body (RFC 9112 §7.1.2).
      _ = try body(of: record)
      return HTTPRecords.headers(exchange.trailers)
    // The 1xx responses before the final one (RFC 9110 §15.2).
    case "interim": return .list(exchange.informational.map { HTTPRecords.response($0, body: .bytes([])) })
    case "timings": return Self.record(of: exchange.timings)
    default: return nil
    }
  }

  /// Content-Length (RFC 9110 §8.6), unless a coding makes it another length than that of what the stream gives.
  var length: Int? {
    let headers = exchange.head.headers
    return headers.contains("Content-Encoding") ? nil : headers["Content-Length"].flatMap { Int($0) }
  }

  func lateFields() -> [(String, Value)] {
    [
      ("connection", Self.connection(of: exchange)), ("trailers", HTTPRecords.headers(exchange.trailers)),
      ("timings", Self.record(of: exchange.timings)),
    ]
  }

  private func body(of record: Record) throws(ValueError) -> [UInt8] {
    try TypeName.bytes.convert(record["body"] ?? .null).rawBytes
  }

  /// Decodes the body: by its byte order mark, by the charset of its media type (RFC 9110 §8.3), else as UTF-8 where it is that, else
  /// as ISO 8859-1.
  private func text(of record: Record) throws(ValueError) -> String {
    let bytes = try body(of: record)
    var charset = Charset.marked(bytes)
    if charset == nil { charset = try declaredCharset() }
    var text = charset.map { $0.decode(bytes) } ?? String(validating: bytes, as: UTF8.self) ?? Latin1.decode(bytes)
    // The mark is no part of the text (RFC 3629 §6).
    if text.unicodeScalars.first == "\u{FEFF}" { text = String(text.unicodeScalars.dropFirst()) }
    return text
  }

  /// media-type = type "/" subtype *( OWS ";" OWS name "=" ( token / quoted-string ) )    (RFC 9110 §8.3.1)
  private func declaredCharset() throws(ValueError) -> Charset? {
    for part in (exchange.head.headers["Content-Type"] ?? "").split(separator: ";").dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1).map { word in
        String(decoding: ASCII.trimmed(Array(word.utf8)[...]), as: UTF8.self)
      }
      guard pair.count == 2, pair[0].lowercased() == "charset" else { continue }
      let label = pair[1].hasPrefix("\"") && pair[1].hasSuffix("\"") ? String(pair[1].dropFirst().dropLast()) : pair[1]
      guard let charset = Charset(label) else {
        throw ValueError(
          "unknown-charset", "the text is in `\(label)`, which nobody here can read", hint: "`body` gives its bytes",
          layer: .http)
      }
      return charset
    }
    return nil
  }

  /// The phases as durations; null for one that is not over.
  private static func record(of timings: HTTPTimings) -> Value {
    @Sendable func span(_ nanoseconds: Int64?) -> Value {
      nanoseconds.map { .duration(TimeSpan(nanoseconds: $0)) } ?? .null
    }
    return .record(
      Record(depth: 1) {
        [
          ("redirects", span(timings.redirects)), ("name", span(timings.name)), ("connect", span(timings.connect)),
          ("tls", span(timings.tls)), ("send", span(timings.send)), ("first-byte", span(timings.firstByte)),
          ("transfer", span(timings.transfer)), ("total", span(timings.total)),
        ]
      })
  }

  /// The facts of the connection: which one it was, whether it had served before, and how it is protected.
  private static func connection(of exchange: HTTPExchange) -> Value {
    .record(Record(depth: 2) { pairs(of: exchange) })
  }

  private static func pairs(of exchange: HTTPExchange) -> [(String, Value)] {
    let connection = exchange.connection
    var pairs: [(String, Value)] = [
      ("id", .int(connection.id)), ("reused", .bool(exchange.requestsOnConnection > 1)),
      ("requests", .int(exchange.requestsOnConnection)), ("local", Value(connection.local)),
      ("remote", Value(connection.remote)),
    ]
    if let proxy = exchange.proxy { pairs.append(("proxy", .string("\(proxy)"))) }
    // Over TLS to a proxy alone the origin is not protected.
    if exchange.call.url.scheme == "https", let session = connection.tls {
      let info = session.info()
      pairs.append(
        (
          "tls",
          .record(
            Record([
              "version": .string(info.version), "cipher": .string(info.cipher),
              "alpn": info.alpn.map { .string($0) } ?? .null, "resumed": .bool(info.isResumed),
              "verified": .bool(info.wasVerified && info.faults.isEmpty),
            ]))
        ))
    }
    return pairs
  }
}

extension Value {
  fileprivate var rawBytes: [UInt8] { if case .bytes(let bytes) = self { bytes } else { [] } }
}
