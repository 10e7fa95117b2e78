/// A type of the language by the name that `def` and `type` use.
public enum TypeName: String, Sendable, CaseIterable {
  case any, null, bool, int, float, number, string, bytes, regex, pattern, duration, size, address, network, mac,
    endpoint, host, url, time
  /// An address or a network.
  case ip
  /// A URL of the web, of which the scheme or the host may be left out: `example.test/a`, `:8000/a`.
  case web
  case list, record, table, range, function, block, stream, error
  case resource, connection, listener, job, lab, routes
}

extension Value {
  /// The type's name as `type` shows it.
  public var type: TypeName {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int, .big: .int
    case .float: .float
    case .string: .string
    case .bytes: .bytes
    case .regex: .regex
    case .duration: .duration
    case .size: .size
    case .address: .address
    case .network: .network
    case .mac: .mac
    case .endpoint: .endpoint
    case .url: .url
    case .time: .time
    case .list: .list
    case .record: .record
    case .range: .range
    case .function: .function
    case .resource(let resource): resource.type
    case .error: .error
    case .stream: .stream
    }
  }
}
