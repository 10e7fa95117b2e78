import Interpreter
import Net
import Transport
import Wire

let httpSend = Command(
  "http send",
  "Sends a message of HTTP on a connection, whole or in pieces: METHOD TARGET, bytes, or a record as `http parse` gives it.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<[Value]>.rest(
    "message", "METHOD and TARGET, or one value: bytes as they are, or a record with method or status"),
  Parameter<Record?>.option("headers", "fields to send, as a record"),
  Parameter<[UInt8]?>.option("body", "the body"),
  Parameter<ByteSize?>.option("chunked", "send the body in chunks of this size"),
  Parameter<Record?>.option("trailers", "fields behind the last chunk"),
  Parameter<Bool>.flag("head", "send the head only; what follows is sent by the next calls"),
  Parameter<[UInt8]?>.option("chunk", "send one chunk with this data, and no head"),
  Parameter<String?>.option("extension", "what stands behind the chunk's size: name, or name=value"),
  Parameter<Bool>.flag("last", "send the last chunk, and the trailers behind it"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .null,
  examples: [
    Example(
      "let c = tcp connect www.rfc.test:80; http send $c HEAD /rfc/rfc9997.txt; (http read $c).status", "200",
      needsLab: true),
    Example(
      "let c = tcp connect www.rfc.test:80; http send $c POST /pot --head --headers {Transfer-Encoding: chunked}; http send $c --chunk tea --extension cup=1; http send $c --last; (http read $c).status",
      "404", note: "in pieces", needsLab: true),
    Example(
      "let c = tcp connect www.rfc.test:80; http send $c HEAD /rfc/rfc9997.txt; http send $c GET /nothing; (http read $c --whole).status; (http read $c --whole).status",
      "200\n404", note: "pipelined (RFC 9112 §9.3.2): both are sent before an answer is read", needsLab: true),
  ]
) { machine, given, message, headers, body, chunked, trailers, isHead, chunk, chunkExtension, isLast, timeout in
  let open = try machine.connection(given)
  let context = machine.network.context(machine, timeout: timeout)
  var bytes: [UInt8] = []
  if !message.isEmpty {
    guard chunk == nil, !isLast else {
      throw ValueError("bad-argument", "--chunk and --last send no message of their own", layer: .command)
    }
    switch try HTTPSending(message, open.connection) {
    case .bytes(let raw):
      bytes = raw
      for method in HTTPMessage.methods(of: raw) { open.http.sent(method) }
    case .message(var record):
      if let headers { for field in try HTTPRecords.fields(headers) { record.headers.replace(field) } }
      if let body { record.body = body }
      try record.chunk(in: chunked, trailers: trailers)
      bytes = isHead ? try record.headBytes() : try record.bytes()
      if let method = record.method { open.http.sent(method) }
    }
  } else if let chunk {
    let extensions = chunkExtension.map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return [HTTPChunkExtension(parts[0], parts.count == 2 ? parts[1] : nil)]
    }
    bytes = try HTTPWriter.chunk(chunk, extensions: extensions ?? [])
  }
  if isLast { bytes += try HTTPWriter.lastChunk(trailers: try trailers.map { try HTTPRecords.fields($0) } ?? []) }
  guard !bytes.isEmpty else {
    throw ValueError(
      "missing-argument", "`http send` wants METHOD TARGET, a message, --chunk or --last", layer: .command)
  }
  try open.connection.send(bytes, context)
  return .null
}

/// What `http send` is given to send.
private enum HTTPSending {
  case bytes([UInt8])
  case message(HTTPMessageRecord)

  /// Reads the words: METHOD and TARGET, or one value.
  init(_ words: [Value], _ connection: Connection) throws {
    switch words.count {
    case 1:
      if case .record(let record) = words[0] {
        self = .message(try HTTPMessageRecord(record))
      } else if case .bytes(let raw) = words[0] {
        self = .bytes(raw)
      } else {
        throw ValueError("missing-argument", "the target is missing, such as GET /", layer: .command)
      }
    case 2:
      let method = try String.convert(words[0])
      var headers: HTTPHeaders = []
      var target = try String.convert(words[1])
      if case .url = words[1] {
        let url = try URL.convert(words[1])
        headers.append("Host", url.authority)
        target = url.requestTarget
      } else if let host = connection.asked {
        headers.append("Host", host.port == 80 || host.port == 443 ? HTTPSending.text(of: host.host) : "\(host)")
      } else {
        headers.append("Host", "\(connection.remote)")
      }
      self = .message(HTTPMessageRecord(HTTPRequestHead(method: method, target: target, headers: headers), body: []))
    default:
      throw ValueError(
        "bad-argument", "METHOD TARGET or one value is wanted, and these are \(words.count)", layer: .command)
    }
  }

  /// A host as it stands in `Host`, an address of IPv6 in brackets.
  private static func text(of host: Host) -> String {
    let text = "\(host)"
    return text.contains(":") && !text.hasPrefix("[") ? "[\(text)]" : text
  }
}

extension HTTPHeaders {
  /// Puts a field in the place of the one that this command makes itself, else behind the others.
  fileprivate mutating func replace(_ field: HTTPField) {
    if ASCII.same(field.name, "Host") { set(field.name, field.value) } else { append(field) }
  }
}
