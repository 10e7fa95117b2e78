import Net

/// How a connection is to be made, where the defaults do not serve.
public struct ConnectOptions: Sendable {
  public enum Family: Sendable {
    case v4
    case v6
  }

  /// Only addresses of this family are tried.
  public var family: Family?
  /// Where it comes from, bind(2): an address, a port, or both; without an address `:PORT`.
  public var source: Endpoint?
  /// The interface that it leaves by.
  public var interface: String?
  /// How long after one attempt the next begins beside it, nanoseconds (RFC 8305 §5: 250 ms is recommended).
  public var stagger: Int64 = 250_000_000

  public init() {}

  func admits(_ address: Address) -> Bool {
    if let source = source?.address, source.isIPv4 != address.isIPv4 { return false }
    switch family {
    case .v4: return address.isIPv4
    case .v6: return !address.isIPv4
    case nil: return true
    }
  }
}

/// What one address answered while a connection was made.
public struct Attempt: Sendable {
  public let endpoint: Endpoint
  /// Nanoseconds from the beginning of the first attempt to the beginning of this one.
  public let began: Int64
  /// Nanoseconds until its outcome.
  public let took: Int64
  /// `connected`, `abandoned` (another was faster), or the code of its error.
  public let outcome: String
}
