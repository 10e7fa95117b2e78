import System
import Interpreter
import Net
import Wire

let httpParse = Command(
  "http parse", "Parses the bytes of a whole message, a request or a response by its first line.",
  Parameter<[UInt8]>.input("the message as received", named: "bytes"),
  Parameter<String>.option(
    "method", "the method a response answers, which matters for HEAD", default: "GET", shown: "GET"),
  gives: .record,
  examples: [
    Example(#""HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi" | http parse | get body"#, "hi"),
    Example(#"(http parse "HTTP/1.1 204 No Content\r\n\r\n").reason"#, "No Content"),
    Example(
      "http build GET http://www.rfc.test/rfc/ | http parse | select method target", "method\tGET\ntarget\t/rfc/"),
  ]
) { _, bytes, method in
  guard !HTTPMessage.beginsAsRequest(bytes) else {
    let request = try HTTPMessage.parseRequest(bytes)
    return .record(
      Record(
        pairs: HTTPPieceRecords.start(request.head) + [
          ("body", .bytes(request.body)), ("trailers", HTTPRecords.headers(request.trailers)),
          ("rest", .bytes(request.rest)), ("notes", HTTPPieceRecords.notes(request.end)),
        ]))
  }
  let response = try HTTPMessage.parseResponse(bytes, method: method)
  return HTTPRecords.response(
    response.head, body: .bytes(response.body),
    [
      ("trailers", HTTPRecords.headers(response.trailers)), ("rest", .bytes(response.rest)),
      ("informational", .list(response.informational.map { .int($0.status) })),
      ("notes", HTTPPieceRecords.notes(response.end)),
    ])
}

let httpDechunk = Command(
  "http dechunk", "Undoes the chunked transfer coding of RFC 9112, section 7.1.",
  Parameter<[UInt8]>.input("the chunked body", named: "bytes"),
  Parameter<Bool>.flag("chunks", "give a table of the chunks: offset, size, the size line, extensions, data"),
  gives: .bytes,
  examples: [
    Example(#"http dechunk "5\r\nhello\r\n0\r\n\r\n""#, "hello"),
    Example(
      #"http dechunk --chunks "5;a=b\r\nhello\r\n0\r\n\r\n" | select offset size line"#,
      "offset\tsize\tline\n0\t5\t5;a=b\n14\t0\t0"),
  ]
) { _, bytes, wantsChunks in
  guard wantsChunks else { return .bytes(try HTTPMessage.dechunk(bytes).body) }
  return .list(try HTTPMessage.chunks(bytes).map { .record(HTTPPieceRecords.chunk($0.chunk, data: $0.data)) })
}

let httpExplain = Command(
  "http explain",
  "Explains a message line by line: what each part is, and the section of RFC 9110 or 9112 that rules it.",
  Parameter<[UInt8]>.input("a request or response", named: "bytes"),
  Parameter<String>.option(
    "method", "the method a response answers, which matters for HEAD", default: "GET", shown: "GET"),
  gives: .table,
  examples: [
    Example(
      #""HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" | http explain | select offset field value source | first 3"#,
      "offset\tfield\tvalue\tsource\n0\tversion\tHTTP/1.1: connections persist unless somebody says close\tRFC 9112 §2.3\n9\tstatus code\t404: there is nothing here, or nobody says\tRFC 9110 §15.5.5\n13\treason phrase\tNot Found; for people only\tRFC 9112 §4"
    ),
    Example("http build GET http://www.rfc.test/ | http explain | get source | uniq | len | $in > 4", "true"),
  ]
) { _, bytes, method in
  let explanation = HTTPExplanation(bytes, method: method, facts: try .shipped())
  return AnnotationRows.table(
    explanation.annotations, of: bytes, unreadable: explanation.error.map { ($0.message, $0.section ?? "") })
}

extension HTTPFacts {
  /// The table that comes with the shell.
  static func shipped() throws -> HTTPFacts {
    try Share.path.map { HTTPFacts(shared: try FileText.read($0 + "/data/http.tsv")) } ?? HTTPFacts()
  }
}
