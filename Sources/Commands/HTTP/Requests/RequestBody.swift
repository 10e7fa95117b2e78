import Clients
import Glibc
import Interpreter
import Net
import Synchronization
import System
import Wire

/// What the options say of a request's body.
struct RequestBody {
  var input: Value?
  var json: Value?
  var form: Record?
  var multipart: Record?
  var bytes: [UInt8]?
  var file: String?
  var type: String?
  var isHTTP10 = false

  /// Puts the body into a call; `fields` are those of the items, which fill a form if there is one, else a JSON object.
  func apply(to call: inout HTTPCall, _ fields: [RequestItem.Field], _ machine: Machine) throws {
    let piped = input.flatMap { $0.isNull ? nil : $0 }
    let given = [
      json != nil, form != nil, multipart != nil, bytes != nil, file != nil, piped != nil,
      !fields.isEmpty && form == nil && multipart == nil,
    ]
    guard given.count(where: { $0 }) <= 1 else {
      throw ValueError("bad-argument", "a request has one body, and two are given", layer: .command)
    }
    if let json { try setJSON(json, &call) }
    if let form {
      var pairs = try RequestLine.pairs(.record(form), "form")
      for field in fields { pairs.append((field.name, try field.text(machine))) }
      call.content = .bytes(Array(FormPairs.encode(pairs).utf8))
      call.contentType = HTTPForm.contentType
    }
    if multipart != nil || (form == nil && fields.contains { $0.isFile }) {
      let parts = try MultipartFields(record: multipart ?? .empty, fields: fields, machine: machine).multipart()
      call.content = parts.content
      call.contentType = parts.contentType
    } else if form == nil, !fields.isEmpty {
      try setJSON(.record(Record(pairs: fields.map { ($0.name, try $0.value(machine)) })), &call)
    }
    if let bytes { call.content = .bytes(bytes) }
    if let file { call.content = try Self.file(machine.path(file)) }
    if let piped { try set(piped, &call) }
    if let type { call.contentType = type }
    for field in ["Content-Type"] where call.omitted.contains(field.lowercased()) { call.contentType = nil }
  }

  private func setJSON(_ value: Value, _ call: inout HTTPCall) throws {
    call.content = .bytes(try JSONText.line(value))
    call.contentType = "application/json"
    if !call.headers.contains("Accept") { call.headers.append("Accept", "application/json") }
  }

  /// Takes what came through the pipe: a stream goes out as it comes, if it may be chunked.
  private func set(_ value: Value, _ call: inout HTTPCall) throws {
    switch value {
    case .record(let record) where record["body"] != nil && record["status"] != nil:
      try set(record["body"] ?? .null, &call)
    case .record, .list: try setJSON(value, &call)
    case .stream(let stream) where !isHTTP10:
      call.content = .stream(
        HTTPSource {
          guard let piece = try stream.next() else { return nil }
          return try PlainText.bytes(of: piece)
        })
    case .stream: call.content = .bytes(try [UInt8].convert(try value.settled()))
    default: call.content = .bytes(try [UInt8].convert(value))
    }
  }

  /// A regular file with its length; anything else, such as a pipe, is read as it comes.
  static func file(_ path: String) throws -> HTTPContent {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw FileError("read \(path)", SystemCallError(call: "stat", errno: errno))
    }
    guard status.st_mode & S_IFMT != S_IFREG else { return .file(path, length: Int(status.st_size)) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw FileError("read \(path)", SystemCallError(call: "open", errno: EISDIR))
    }
    let file = OwnedPipe(file: try OwnedFile(opening: path))
    return .stream(HTTPSource { try file.read(path) })
  }
}

/// A file that is read by whichever thread sends the request.
///
/// It is `Sendable` since one request is sent by one thread; the lock says so to the compiler.
private final class OwnedPipe: Sendable {
  private let file: Mutex<OwnedFile>

  init(file: sending OwnedFile) { self.file = Mutex(file) }

  func read(_ path: String) throws -> [UInt8]? { try file.withLock { try $0.read(path) } }
}

extension RequestItem.Field {
  var isFile: Bool { if case .file = content { true } else { false } }

  /// What a form has of it.
  func text(_ machine: Machine) throws -> String {
    switch content {
    case .text(let text), .json(let text): return text
    case .textOfFile(let path), .jsonOfFile(let path):
      return String(decoding: try FileText.read(machine.path(path)), as: UTF8.self)
    case .file:
      throw ValueError(
        "bad-argument", "a form without parts carries no file", hint: "`--multipart {}` does", layer: .command)
    }
  }

  /// What a JSON object has of it.
  func value(_ machine: Machine) throws -> Value {
    switch content {
    case .text(let text): .string(text)
    case .textOfFile: .string(try text(machine))
    case .json, .jsonOfFile: try JSONValues.read(Array(text(machine).utf8))
    case .file: .null
    }
  }
}
