import Net
import Wire

/// A whole request as a handler is given it: the message, and between whom it travelled.
public struct ServedRequest: Sendable {
  public var head: HTTPRequestHead
  /// What the target of the head comes to.
  public var target: RequestTarget
  public var body: [UInt8] = []
  public var trailers: HTTPHeaders = []
  public var local: SocketName
  public var remote: SocketName
  /// Whether TLS protects the connection.
  public var isProtected = false

  public init(head: HTTPRequestHead, target: RequestTarget, local: SocketName, remote: SocketName) {
    self.head = head
    self.target = target
    self.local = local
    self.remote = remote
  }
}
