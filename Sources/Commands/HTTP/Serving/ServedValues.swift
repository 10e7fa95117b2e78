import Interpreter
import Net
import Servers
import System
import Wire

/// The forms that requests and answers of a server have as values of the language.
enum ServedValues {
  /// What a function is given.
  static func request(_ request: ServedRequest) -> Value {
    let head = request.head
    let target = request.target
    return .record(
      Record(pairs: [
        ("method", .string(head.method)), ("target", .string(head.target)),
        ("path", .string(target.path.utf8.contains(0x25) ? decoded(target.path) : target.path)),
        ("query", URLParts.parameters(target.query)), ("version", .string("\(head.version)")),
        ("headers", HTTPRecords.headers(head.headers)), ("body", .bytes(request.body)), ("json", json(request)),
        ("remote", Value(request.remote)), ("local", Value(request.local)), ("tls", .bool(request.isProtected)),
      ]))
  }

  /// The body as a value if it says that it is JSON and is; else null.
  private static func json(_ request: ServedRequest) -> Value {
    guard let type = request.head.headers["Content-Type"] else { return .null }
    let essence = type.prefix { $0 != ";" }.lowercased()
    guard essence == "application/json" || essence.hasSuffix("+json") else { return .null }
    return (try? JSONValues.read(request.body)) ?? .null
  }

  /// Undoes percent-encoding; what is malformed stays as it is.
  private static func decoded(_ text: String) -> String {
    guard let bytes = try? PercentEncoding.decode(Array(text.utf8)) else { return text }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A body that is not there yet.
  enum Flow {
    case items(Stream)
    /// What is called when the body is wanted.
    case function(Function)
  }

  private static let fields: Set<String> = ["status", "reason", "headers", "body", "json", "file"]

  /// Reads what a function gave: a record of `status`, `reason`, `headers` and one of `body`, `json`, `file`, or any other value,
  /// which is the body. A stream, a range, and a function that stands as `body` give a body that flows.
  static func response(_ value: Value, to request: ServedRequest) throws -> (ServedResponse, Flow?) {
    if let flow = flow(value) { return (ServedResponse(HTTPResponseHead(status: 200)), flow) }
    guard case .record(let record) = value, record.pairs.allSatisfy({ fields.contains($0.0) }), !record.pairs.isEmpty
    else { return (try checked(content(value, status: value.isNull ? 204 : 200)), nil) }
    let status = try status(record["status"])
    var response: ServedResponse
    var body: Flow?
    let contents = ["body", "json", "file"].filter { record[$0] != nil }
    guard contents.count <= 1 else {
      throw ValueError("bad-response", "an answer has one of body, json and file, and not several", layer: .http)
    }
    if let value = record["json"] {
      response = try json(value, status: status ?? 200)
    } else if let value = record["file"] {
      response = try file(value, to: request)
      if let status { response.head.status = status }
    } else if let flow = record["body"].flatMap(flow) {
      response = ServedResponse(HTTPResponseHead(status: status ?? 200))
      body = flow
    } else {
      response = try content(record["body"] ?? .null, status: status ?? 200)
    }
    if let status { response.head = HTTPResponseHead(status: status, headers: response.head.headers) }
    if let reason = record["reason"]?.scalarText { response.head.reasonBytes = Array(reason.utf8) }
    if let headers = record["headers"] { try set(headers, in: &response) }
    return (try checked(response), body)
  }

  private static func flow(_ value: Value) -> Flow? {
    switch value {
    case .stream(let stream): .items(stream)
    case .range(let range): .items(Stream(next: range.content.members()))
    case .function(let function): .function(function)
    default: nil
    }
  }

  /// Puts a value as the body into an answer that has none yet; a type that it names stays.
  static func fill(_ response: ServedResponse, with value: Value) throws -> ServedResponse {
    let made = try content(value, status: response.head.status)
    var response = response
    response.body = made.body
    if let type = made.head.headers["Content-Type"], !response.head.headers.contains("Content-Type") {
      response.head.headers.append("Content-Type", type)
    }
    return response
  }

  private static func status(_ value: Value?) throws -> Int? {
    guard let value else { return nil }
    guard case .int(let status) = value, (200...599).contains(status) else {
      throw ValueError(
        "bad-response", "the status of an answer is a number from 200 to 599, and this is \(value.described)",
        layer: .http)
    }
    return status
  }

  /// Puts the fields in place of those that are there; how the body is framed is not theirs to say.
  private static func set(_ value: Value, in response: inout ServedResponse) throws {
    guard case .record(let record) = value else {
      throw ValueError("bad-response", "headers are a record, and this is \(value.described)", layer: .http)
    }
    let fields = try HTTPRecords.fields(record)
    for name in Set(fields.map { $0.name.lowercased() }) { response.head.headers.remove(name) }
    for field in fields { response.head.headers.append(field) }
    for name in ["Content-Length", "Transfer-Encoding"] { response.head.headers.remove(name) }
  }

  private static func content(_ value: Value, status: Int) throws -> ServedResponse {
    switch value {
    case .null: return ServedResponse(HTTPResponseHead(status: status))
    case .bytes(let bytes): return answer(bytes, "application/octet-stream", status)
    case .list, .record: return try json(value, status: status)
    default:
      guard let text = value.scalarText else {
        throw ValueError("bad-response", "\(value.described) cannot be the body of an answer", layer: .http)
      }
      return answer(Array(text.utf8), "text/plain; charset=utf-8", status)
    }
  }

  private static func json(_ value: Value, status: Int) throws -> ServedResponse {
    var text = JSONText()
    try text.write(value)
    return answer(text.bytes, "application/json", status)
  }

  /// A file with its type; ranges and conditions of the request are answered too.
  private static func file(_ value: Value, to request: ServedRequest) throws -> ServedResponse {
    guard let path = value.scalarText, !path.utf8.contains(0) else {
      throw ValueError("bad-response", "a file is named by its path, and this is \(value.described)", layer: .http)
    }
    let file: OpenFile
    do throws(SystemCallError) { file = try OpenFile.open(path) } catch { throw FileError("serve \(path)", error) }
    guard file.kind == .regular else {
      throw ValueError("bad-response", "\(path) is no regular file", layer: .http)
    }
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    return FileAnswer(file, type: MediaTypes.type(of: name), to: request.head).response()
  }

  private static func answer(_ bytes: [UInt8], _ type: String, _ status: Int) -> ServedResponse {
    ServedResponse(HTTPResponseHead(status: status, headers: [HTTPField("Content-Type", type)]), .bytes(bytes))
  }

  /// Refuses what cannot be written on the wire, such as a line break in a field, while there is somebody to tell.
  private static func checked(_ response: ServedResponse) throws -> ServedResponse {
    _ = try response.head.bytes()
    return response
  }
}
