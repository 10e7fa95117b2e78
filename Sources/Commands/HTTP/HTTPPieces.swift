import Clients
import Interpreter
import Net
import Wire

let httpBuild = Command(
  "http build", "Builds the exact bytes of a request and sends nothing.",
  Parameter<String>.required("method", "GET, HEAD, POST …"),
  Parameter<URL>.required("url", "what the request is for"),
  Parameter<Record?>.option("headers", "fields to send, as a record"),
  Parameter<[UInt8]?>.option("body", "the body"), gives: .bytes,
  examples: [
    Example("http build GET http://www.rfc.test/ | lines | first 2", "GET / HTTP/1.1\nHost: www.rfc.test\n"),
    Example(
      "http build GET http://www.rfc.test/ | hexdump | lines | first",
      "00000000  47 45 54 20 2f 20 48 54  54 50 2f 31 2e 31 0d 0a  |GET / HTTP/1.1..|\n"),
  ]
) { _, method, url, headers, body in
  let fields = try headers.map { try HTTPRecords.fields($0) } ?? []
  return .bytes(try HTTPCall(method, url, headers: fields, body: body ?? []).bytes())
}

let httpParse = Command(
  "http parse", "Parses the bytes of a whole response.",
  Parameter<[UInt8]>.input("the response as received", named: "bytes"),
  Parameter<String>.option("method", "the method it answers, which matters for HEAD", default: "GET", shown: "GET"),
  gives: .record,
  examples: [
    Example(#""HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi" | http parse | get body"#, "hi"),
    Example(#"(http parse "HTTP/1.1 204 No Content\r\n\r\n").reason"#, "No Content"),
  ]
) { _, bytes, method in
  let response = try HTTPMessage.parseResponse(bytes, method: method)
  return HTTPRecords.response(
    response.head, body: .bytes(response.body),
    [("trailers", HTTPRecords.headers(response.trailers)), ("rest", .bytes(response.rest))])
}

let httpDechunk = Command(
  "http dechunk", "Undoes the chunked transfer coding of RFC 9112, section 7.1.",
  Parameter<[UInt8]>.input("the chunked body", named: "bytes"), gives: .bytes,
  examples: [Example(#"http dechunk "5\r\nhello\r\n0\r\n\r\n""#, "hello")]
) { _, bytes in
  .bytes(try HTTPMessage.dechunk(bytes).body)
}
