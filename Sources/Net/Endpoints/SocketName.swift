/// The name of one end of a socket, as getsockname(2) and getpeername(2) give it.
public enum SocketName: Hashable, Sendable {
  case endpoint(Endpoint)
  /// A path, or `@` and a name in the abstract namespace (unix(7)).
  case unix(String)
  /// No name: a Unix socket that was never bound, or the far end of a socket that is not connected.
  case unnamed

  public var endpoint: Endpoint? {
    if case .endpoint(let endpoint) = self { endpoint } else { nil }
  }
}

extension SocketName: CustomStringConvertible {
  public var description: String {
    switch self {
    case .endpoint(let endpoint): endpoint.description
    case .unix(let path): path
    case .unnamed: "an unnamed socket"
    }
  }
}
