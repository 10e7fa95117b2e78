import Clients
import Interpreter
import Net
import Wire

let httpBuild = Command(
  "http build",
  "Builds the exact bytes of a request, or of a message given as a record as `http parse` gives it, and sends nothing.",
  Parameter<Record?>.pipe("a message: method and url or target, or status; headers, body, trailers"),
  Parameter<String?>.optional("method", "GET, HEAD, POST …"),
  Parameter<URL?>.optional("url", "what the request is for"),
  Parameter<Record?>.option("headers", "fields to send, as a record"),
  Parameter<[UInt8]?>.option("body", "the body"),
  Parameter<ByteSize?>.option("chunked", "send the body in chunks of this size"),
  Parameter<Record?>.option("trailers", "fields behind a chunked body"), gives: .bytes,
  examples: [
    Example("http build GET http://www.rfc.test/ | lines | first 2", "GET / HTTP/1.1\nHost: www.rfc.test\n"),
    Example(
      "http build GET http://www.rfc.test/ | hexdump | lines | first",
      "00000000  47 45 54 20 2f 20 48 54  54 50 2f 31 2e 31 0d 0a  |GET / HTTP/1.1..|\n"),
    Example("{status: 204, headers: {Date: never}} | http build", "HTTP/1.1 204 No Content\r\nDate: never\r\n\r\n"),
    Example(
      "{method: PUT, target: /pot, headers: {Host: h}, body: tea} | http build --chunked 2B | lines | last 8 | len", "8"
    ),
  ]
) { _, record, method, url, headers, body, chunked, trailers in
  let fields = try headers.map { try HTTPRecords.fields($0) } ?? []
  var message: HTTPMessageRecord
  if let record {
    guard method == nil, url == nil else {
      throw ValueError(
        "bad-argument", "the message comes through the pipe, so it has its method already", layer: .command)
    }
    message = try HTTPMessageRecord(record)
    for field in fields { message.headers.append(field) }
    if let body { message.body = body }
  } else {
    guard let method, let url = try url?.withHostInASCII() else {
      throw ValueError("missing-argument", "`http build` wants a method and a URL, or a record", layer: .command)
    }
    // What a client would send of its own accord.
    if chunked == nil, trailers == nil {
      return .bytes(try HTTPCall(method, url, headers: fields, body: body ?? []).bytes())
    }
    message = HTTPMessageRecord(HTTPCall(method, url, headers: fields).head, body: body ?? [])
  }
  try message.chunk(in: chunked, trailers: trailers)
  return .bytes(try message.bytes())
}
