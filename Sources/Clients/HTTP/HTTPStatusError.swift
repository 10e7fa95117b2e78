import Net
import Wire

/// A response whose status was to be an error: for which request, and its head.
public struct HTTPStatusError: LayeredError {
  public let call: HTTPCall
  public let head: HTTPResponseHead

  public init(_ call: HTTPCall, _ head: HTTPResponseHead) {
    self.call = call
    self.head = head
  }

  public var layer: Layer { .http }
  public var code: String { "http-status" }
  public var message: String { "\(call.title): the server answered \(head.status) \(head.reason)" }
}
