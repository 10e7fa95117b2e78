import Interpreter
import Net
import Transport

/// A listener as a value of the language.
final class OpenListener: Resource {
  let listener: Listener
  private let context: NetworkContext

  init(_ listener: Listener, _ context: NetworkContext) {
    self.listener = listener
    self.context = context
  }

  var type: TypeName { .listener }

  var fields: Record { Record(pairs: listener.fields(state: listener.state)) }

  func close() { listener.close(context) }
}

extension Listener {
  /// The fields of whatever listens here: `local` is the first of `locals`.
  func fields(state: String) -> [(String, Value)] {
    [
      ("id", .int(id)), ("transport", .string(transport.rawValue)), ("local", Value(local)),
      ("locals", .list(locals.map { Value($0) })), ("remote", .null), ("state", .string(state)),
    ]
  }
}

extension Machine {
  /// Takes a new listener in: it is closed with the session.
  func opened(_ listener: Listener, _ context: NetworkContext) -> Value {
    let resource = OpenListener(listener, context)
    session.own(resource)
    return .resource(resource)
  }
}
