import Interpreter
import Net
import System
import Wire

let httpImport = Command(
  "http import",
  "Takes a line of curl over: a record for `http build` and `http send`, with the command that makes it; of several URLs a list.",
  Parameter<String>.input("the line, as browsers and handbooks give it", named: "line"),
  Parameter<Bool>.flag("text", "give the command alone, of several requests a line each"), gives: .any,
  examples: [
    Example(
      "http import \"curl -X PUT https://h/a -H 'X-Size: 2' -d 'a=b' -k\" --text",
      "http put https://h/a --header 'X-Size: 2' --type application/x-www-form-urlencoded --body 'a=b' --insecure"),
    Example(
      "http import 'curl -G http://h/s -d q=tea --data-urlencode \"x=a b\"' | get url", "http://h/s?q=tea&x=a+b"),
    Example(
      "http import 'curl --json {} http://h/' | select method headers",
      "method\tPOST\nheaders\t{\"Accept\":\"application/json\",\"Content-Type\":\"application/json\"}"),
    Example(
      "http import 'curl http://h/a http://h/b --next -X DELETE http://h/c' --text",
      "http get http://h/a\nhttp get http://h/b\nhttp delete http://h/c"),
  ]
) { machine, line, wantsText in
  let imported = try CurlRequest.all(in: line).map { try ImportedRequest($0, machine) }
  guard !wantsText else { return .string(imported.map(\.command).joined(separator: "\n")) }
  let records = imported.map { Value.record($0.record(with: $0.command)) }
  return records.count == 1 ? records[0] : .list(records)
}

/// A request of curl's with its files read and its URL complete.
private struct ImportedRequest {
  let request: CurlRequest
  let url: String
  /// The body, where curl takes it from its line or changes what it reads.
  var body: [UInt8]?
  /// A file that is sent as it is.
  var file: String?

  init(_ request: CurlRequest, _ machine: Machine) throws {
    self.request = request
    file = request.upload
    var url = request.url
    if case .file(let path, stripped: false)? = request.data.first, request.data.count == 1, !request.isQuery {
      file = path
    } else if !request.data.isEmpty {
      let pieces = try request.data.map { try Self.bytes(of: $0, machine) }
      let joined = Array(pieces.joined(separator: request.isJSONBody ? [] : Array("&".utf8)))
      if request.isQuery {
        let text = String(decoding: joined, as: UTF8.self)
        let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        url = parts[0] + (parts[0].contains("?") ? "&" : "?") + text
      } else {
        body = joined
      }
    }
    self.url = url
  }

  private static func bytes(of datum: CurlRequest.Datum, _ machine: Machine) throws -> [UInt8] {
    switch datum {
    case .text(let bytes): return bytes
    case .file(let path, let stripped):
      let bytes = try FileText.read(machine.path(path))
      return stripped ? bytes.filter { $0 != 0 && $0 != ASCII.lf && $0 != ASCII.cr } : bytes
    case .encoded(let name, let content): return encoded(name, content)
    case .encodedFile(let name, let path): return encoded(name, try FileText.read(machine.path(path)))
    }
  }

  private static func encoded(_ name: String, _ content: [UInt8]) -> [UInt8] {
    // curl writes a space as `+`.
    let words = content.split(separator: ASCII.space, omittingEmptySubsequences: false)
    let text = words.map { PercentEncoding.encode(Array($0)) }.joined(separator: "+")
    return Array(((name.isEmpty ? "" : name + "=") + text).utf8)
  }

  /// The request as a record, and the command.
  func record(with command: String) -> Record {
    var headers = HTTPHeaders()
    for (name, value) in request.headers { if let value { headers.append(name, value) } }
    if !request.cookies.isEmpty { headers.append("Cookie", request.cookies.joined(separator: "; ")) }
    if let user = request.user, !headers.contains("Authorization") {
      headers.append("Authorization", "Basic " + BaseEncoding.base64.encode(Array(user.utf8)))
    }
    if let type = request.contentType { headers.append("Content-Type", type) }
    return Record([
      "method": .string(request.method), "url": (try? URL(url)).map { .url($0) } ?? .string(url),
      "headers": HTTPRecords.headers(headers), "body": body.map { .bytes($0) } ?? .null,
      "file": file.map { .string($0) } ?? .null, "command": .string(command),
    ])
  }

  /// The command that makes the request.
  var command: String {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    let method = request.method
    var words = known.contains(method) ? ["http", method.lowercased()] : ["http", "request", CommandText.word(method)]
    words.append(CommandText.word(url))
    for (name, value) in request.headers where value != "" {
      words += ["--header", CommandText.quoted(value.map { "\(name): \($0)" } ?? "\(name):")]
    }
    // `Name:` would leave the field out.
    let empty = request.headers.filter { $0.value == "" }.map { CommandText.quoted($0.name) + ": ''" }
    if !empty.isEmpty { words += ["--headers", "{\(empty.joined(separator: ", "))}"] }
    for cookie in request.cookies { words += ["--cookie", CommandText.quoted(cookie)] }
    if let user = request.user { words += ["--user", CommandText.quoted(user)] }
    if let type = request.contentType { words += ["--type", CommandText.word(type)] }
    if let file { words += ["--file", CommandText.quoted(file)] }
    if let body { words += ["--body", CommandText.quoted(body)] }
    if !request.parts.isEmpty { words += ["--multipart", multipart] }
    for option in request.options {
      words.append("--" + option.name)
      if let value = option.value { words.append(CommandText.word(value)) }
    }
    if let output = request.output, output != "-" {
      words += ["|", "save", CommandText.quoted(output)] + (request.continues ? ["--continue"] : [])
    }
    return words.joined(separator: " ")
  }

  private var multipart: String {
    let fields = request.parts.map { part in
      if let textFile = part.textFile {
        return "\(CommandText.quoted(part.name)): (open \(CommandText.quoted(textFile)))"
      }
      guard let file = part.file else {
        return "\(CommandText.quoted(part.name)): \(CommandText.quoted(part.text ?? ""))"
      }
      var inner = "file: " + CommandText.quoted(file)
      if let name = part.fileName { inner += ", name: " + CommandText.quoted(name) }
      if let type = part.type { inner += ", type: " + CommandText.quoted(type) }
      return "\(CommandText.quoted(part.name)): {\(inner)}"
    }
    return "{\(fields.joined(separator: ", "))}"
  }
}
