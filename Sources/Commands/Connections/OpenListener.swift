import Interpreter
import Net
import Transport

/// A listener as a value of the language.
final class OpenListener: Resource {
  let listener: Listener
  /// What protects the connections that it accepts; nil for nothing.
  let tls: ServerTLS?
  private let context: NetworkContext

  init(_ listener: Listener, _ context: NetworkContext, _ tls: ServerTLS? = nil) {
    self.listener = listener
    self.context = context
    self.tls = tls
  }

  var type: TypeName { .listener }

  var fields: Record { Record(pairs: listener.fields(state: listener.state, tls)) }

  func close() { listener.close(context) }
}

extension Listener {
  /// The fields of whatever listens here: `local` is the first of `locals`.
  func fields(state: String, _ tls: ServerTLS? = nil) -> [(String, Value)] {
    [
      ("id", .int(id)), ("transport", .string(tls == nil ? transport.rawValue : "tls")), ("local", Value(local)),
      ("locals", .list(locals.map { Value($0) })), ("remote", .null), ("state", .string(state)),
    ] + (tls.map { [("certificate", .string(String(decoding: $0.identity.certificates, as: UTF8.self)))] } ?? [])
  }
}

extension Machine {
  /// Takes a new listener in: it is closed with the session.
  func opened(_ listener: Listener, _ context: NetworkContext, _ tls: ServerTLS? = nil) -> Value {
    let resource = OpenListener(listener, context, tls)
    session.own(resource)
    return .resource(resource)
  }
}
