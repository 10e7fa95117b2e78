import Interpreter
import Net
import Transport

/// A connection or a listener, for commands that look at either.
enum OpenSocket: ValueConvertible {
  case connection(OpenConnection)
  case listener(OpenListener)

  static var type: TypeName { .connection }

  static func convert(_ value: Value) throws -> OpenSocket {
    if case .resource(let resource) = value {
      if let connection = resource as? OpenConnection { return .connection(connection) }
      if let listener = resource as? OpenListener { return .listener(listener) }
    }
    throw ValueError("wrong-type", "a connection or listener is wanted here, and this is \(value.described)")
  }

  /// Its sockets: of a listener perhaps one for each family.
  var descriptors: [Descriptor] {
    switch self {
    case .connection(let open): [open.connection.descriptor] + (open.connection.twin.map { [$0] } ?? [])
    case .listener(let open): open.listener.sockets
    }
  }

  var id: Int {
    switch self {
    case .connection(let open): open.connection.id
    case .listener(let open): open.listener.id
    }
  }

  var transport: Layer {
    switch self {
    case .connection(let open): open.connection.transport
    case .listener(let open): open.listener.transport
    }
  }
}

extension Machine {
  /// Gives the socket that a command is for: the given one, else the current connection.
  func socket(_ given: OpenSocket?) throws -> OpenSocket { try given ?? .connection(connection(nil)) }
}
