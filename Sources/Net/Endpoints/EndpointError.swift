/// What is wrong with a text that has the shape of an endpoint.
public enum EndpointError: LayeredError, Hashable {
  /// The digits after the colon.
  case portOutOfRange(String)
  /// No port after the colon of a bracketed address.
  case portMissing
  /// A name of a service that the table does not have.
  case unknownService(String)
  /// What stood where an IPv4 address has to stand, such as `300.1.1.1`.
  case notIPv4(String)
  /// What stood in brackets and is no IPv6 address.
  case notIPv6(String)
  /// A host name that DNS cannot hold, and why.
  case badName(String, reason: String)

  public var layer: Layer { .value }

  public var code: String {
    switch self {
    case .portOutOfRange, .portMissing: "bad-port"
    case .unknownService: "unknown-service"
    case .notIPv4, .notIPv6: "bad-address"
    case .badName: "bad-name"
    }
  }

  public var message: String {
    switch self {
    case .portOutOfRange(let digits): "port \(shortened(digits)) is outside 0 to 65535"
    case .portMissing: "the port after the colon is missing"
    case .unknownService(let name): "no service is called \(shortened(name))"
    case .notIPv4(let text): "\(shortened(text)) is no IPv4 address"
    case .notIPv6(let text): "\(shortened(text)) in brackets is no IPv6 address"
    case .badName(let name, let reason): "\(shortened(name)) is no host name: \(reason)"
    }
  }

  public var hint: String? {
    switch self {
    case .unknownService: "write the port as a number"
    case .notIPv6(let text) where Address(text) != nil: "only IPv6 addresses stand in brackets"
    default: nil
    }
  }

  /// Keeps a message to one line, whatever was typed.
  private func shortened(_ text: String) -> String {
    text.utf8.count <= 64 ? text : String(decoding: text.utf8.prefix(60), as: UTF8.self) + "…"
  }
}
