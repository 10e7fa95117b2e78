import Net
import Transport
import Wire

// What comes of a response, held by the taps after it was received and before it is taken.
extension HTTPExchange {
  /// Lets the taps hold a head. Errors: `skipped`, `interrupted`.
  static func hold(
    _ head: HTTPResponseHead, _ call: HTTPCall, _ connection: Connection, _ context: NetworkContext
  ) throws(HTTPClientError) {
    guard context.isHeld else { return }
    let text = (try? head.bytes()) ?? []
    guard try allows(.response, text, "", call, connection, context) else {
      throw HTTPClientError(
        call,
        .transport(TransportError(layer: connection.transport, .receive(.some, from: connection.remote), .skipped)))
    }
  }

  /// Lets the taps hold a piece of the body; false if it is to be left out. Error: `interrupted`.
  static func allows(
    _ piece: [UInt8], _ framing: HTTPFraming?, _ call: HTTPCall, _ connection: Connection, _ context: NetworkContext
  ) throws(HTTPClientError) -> Bool {
    guard context.isHeld else { return true }
    let what = framing == .chunked ? "of a chunk" : "of the body"
    return try allows(.chunk, piece, what, call, connection, context)
  }

  private static func allows(
    _ kind: Step.Kind, _ bytes: [UInt8], _ detail: String, _ call: HTTPCall, _ connection: Connection,
    _ context: NetworkContext
  ) throws(HTTPClientError) -> Bool {
    var step = connection.step(kind, context)
    step.remote = connection.remote
    step.bytes = bytes
    step.detail = "← " + detail
    switch context.hold(&step) {
    case .go, .instead: return true
    case .skip: return false
    case .stop:
      let activity = TransportError.Activity.receive(.some, from: connection.remote)
      throw HTTPClientError(call, .transport(TransportError(layer: connection.transport, activity, .interrupted)))
    }
  }
}
