import Interpreter
import Net
import Transport

/// A connection as a value of the language.
final class OpenConnection: Resource {
  let connection: Connection
  /// Where `http send` and `http read` stand on it.
  let http = HTTPDialogue()
  private let context: NetworkContext

  init(_ connection: Connection, _ context: NetworkContext) {
    self.connection = connection
    self.context = context
  }

  var type: TypeName { .connection }

  /// What `conn` lists.
  var listed: [(String, Value)] {
    [
      ("id", .int(connection.id)),
      ("transport", .string(OpenConnection.transport(of: connection))),
      ("local", Value(connection.local)), ("remote", Value(connection.remote)),
      ("mapped", connection.mappedFrom.map { .endpoint($0) } ?? .null),
      ("state", .string(connection.state.rawValue)),
    ]
  }

  var fields: Record {
    guard !connection.attempts.isEmpty else { return Record(pairs: listed) }
    return Record(pairs: listed + [("attempts", .list(connection.attempts.map(OpenConnection.row)))])
  }

  /// `tls` once TLS protects it, else what carries its bytes.
  static func transport(of connection: Connection) -> String {
    connection.protection == nil ? connection.transport.rawValue : "tls"
  }

  /// What one address answered while the connection was made.
  private static func row(_ attempt: Attempt) -> Value {
    .record(
      Record([
        "address": .endpoint(attempt.endpoint), "began": .duration(TimeSpan(nanoseconds: attempt.began)),
        "took": .duration(TimeSpan(nanoseconds: attempt.took)), "outcome": .string(attempt.outcome),
      ]))
  }

  func close() { connection.close(context) }
}

extension Value {
  /// The name of a socket: an endpoint, the text of a path, or null for none.
  init(_ name: SocketName) {
    switch name {
    case .endpoint(let endpoint): self = .endpoint(endpoint)
    case .unix(let path): self = .string(path)
    case .unnamed: self = .null
    }
  }
}

extension OpenConnection: ValueConvertible {
  static func convert(_ value: Value) throws -> OpenConnection {
    guard case .resource(let resource) = value, let connection = resource as? OpenConnection else {
      throw ValueError("wrong-type", "a connection is wanted here, and this is \(value.described)")
    }
    return connection
  }

  static var type: TypeName { .connection }
}

extension Machine {
  /// Gives the connection that a command is for: the given one, else the current one.
  func connection(_ given: OpenConnection?) throws -> OpenConnection {
    if let given { return given }
    guard let current = currentConnection as? OpenConnection else {
      throw ValueError(
        "no-connection", "no connection is open", hint: "open one with `tcp connect HOST:PORT`", layer: .command)
    }
    return current
  }

  /// Takes a new connection in: it is closed with the session and is the current one from now on.
  func opened(_ connection: Connection, _ context: NetworkContext) -> Value {
    let resource = OpenConnection(connection, context)
    session.own(resource)
    currentConnection = resource
    return .resource(resource)
  }
}
