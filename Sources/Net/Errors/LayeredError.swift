/// The part of the stack that an error speaks of: the name that stands before its line when it is shown.
public struct Layer: RawRepresentable, Hashable, Sendable {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let value = Layer(rawValue: "value")
  public static let command = Layer(rawValue: "command")
  public static let file = Layer(rawValue: "file")
  public static let job = Layer(rawValue: "job")
  public static let rfc = Layer(rawValue: "rfc")
  public static let http = Layer(rawValue: "http")
  public static let dns = Layer(rawValue: "dns")
  public static let name = Layer(rawValue: "name")
  public static let tls = Layer(rawValue: "tls")
  public static let tcp = Layer(rawValue: "tcp")
  public static let udp = Layer(rawValue: "udp")
  public static let unix = Layer(rawValue: "unix")
  public static let icmp = Layer(rawValue: "icmp")
  public static let packet = Layer(rawValue: "packet")
  public static let system = Layer(rawValue: "system")
}

/// What every error of nsh says about itself: the layer it belongs to, what that layer was doing, and what stopped it.
///
/// An error is a chain, outermost layer first: each one says only what it was doing itself and leaves the rest to `cause`.
public protocol LayeredError: Error, Sendable {
  var layer: Layer { get }
  /// The stable name scripts compare with, such as `ECONNREFUSED`, `NXDOMAIN`, `timeout`, `eof`; never prose.
  var code: String { get }
  /// A phrase without a final stop that says what was being done or what is wrong: `connect to 127.0.0.1:80`.
  var message: String { get }
  /// The sentence that people read first when this is the outermost layer: `cannot connect to 127.0.0.1:80`.
  var headline: String { get }
  var cause: (any LayeredError)? { get }
  /// A suggestion of what to do next, where this error knows one better than the table of hints by code.
  var hint: String? { get }
}

extension LayeredError {
  public var headline: String { message }
  public var cause: (any LayeredError)? { nil }
  public var hint: String? { nil }

  /// The chain from this error down to its root, this one first.
  public var layers: [any LayeredError] {
    var chain: [any LayeredError] = [self]
    while let next = chain[chain.count - 1].cause, chain.count < 32 { chain.append(next) }
    return chain
  }
}
