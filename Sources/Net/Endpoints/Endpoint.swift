/// Where a connection goes or a listener stands: a host and a port.
public struct Endpoint: Hashable, Sendable {
  public var host: Host
  public var port: UInt16

  public init(host: Host, port: UInt16) {
    self.host = host
    self.port = port
  }

  public init(address: Address, port: UInt16) { self.init(host: .address(address), port: port) }

  /// The address if the host is one.
  public var address: Address? {
    if case .address(let address) = host { address } else { nil }
  }

  /// The name if the host is one.
  public var name: String? {
    if case .name(let name) = host { name } else { nil }
  }
}

extension Endpoint: Comparable {
  /// Orders by host, then by port.
  public static func < (left: Endpoint, right: Endpoint) -> Bool {
    left.host == right.host ? left.port < right.port : left.host < right.host
  }
}

extension Endpoint: CustomStringConvertible {
  /// `host:port`, with an IPv6 address in brackets (RFC 5952 §6).
  public var description: String {
    if let address, !address.isIPv4 { return "[\(address)]:\(port)" }
    return "\(host):\(port)"
  }
}
