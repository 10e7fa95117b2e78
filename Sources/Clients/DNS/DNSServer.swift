import Net

/// A name server as an asker reaches it: how, and where.
public struct DNSServer: Sendable, Hashable {
  public enum Transport: String, Sendable, CaseIterable {
    case udp, tcp
    /// DNS over TLS (RFC 7858).
    case tls
    /// DNS over HTTPS (RFC 8484).
    case https

    /// The port where nobody says another (RFC 1035 §4.2, RFC 7858 §3.1).
    public var port: UInt16 {
      switch self {
      case .udp, .tcp: DNSServer.port
      case .tls: 853
      case .https: 443
      }
    }
  }

  public var transport: Transport
  /// Its address, or a name that is looked up first, and its port.
  public var endpoint: Endpoint
  /// Path and query of the resource that a web server is asked at; empty for others.
  public var path = ""

  public init(_ endpoint: Endpoint, transport: Transport = .udp) {
    self.endpoint = endpoint
    self.transport = transport
  }

  public static let port: UInt16 = 53

  public var isEncrypted: Bool { transport == .tls || transport == .https }

  /// Reads what stands behind `@`: `192.0.2.1`, `[2001:db8::1]:5353`, `192.0.2.1#5353`, `ns1.test`, `tcp://…`, `tls://…`,
  /// `https://ns1.test/dns-query`; nil for anything else.
  public init?(_ text: String) {
    var place = text[...]
    var transport = Transport.udp
    for kind in Transport.allCases where place.hasPrefix(kind.rawValue + "://") {
      transport = kind
      place = place.dropFirst(kind.rawValue.utf8.count + 3)
    }
    var path = ""
    if transport == .https {
      let start = place.firstIndex(of: "/") ?? place.endIndex
      // Where nothing is said it is the path that everybody has (RFC 8484 §4.1.1's examples).
      path = start < place.endIndex && place[start...] != "/" ? String(place[start...]) : "/dns-query"
      place = place[..<start]
    }
    guard let endpoint = DNSServer.endpoint(String(place), transport.port) else { return nil }
    self.init(endpoint, transport: transport)
    self.path = path
  }

  private static func endpoint(_ text: String, _ standard: UInt16) -> Endpoint? {
    if let address = Address(text) { return Endpoint(address: address, port: standard) }
    if let mark = text.lastIndex(of: "#") {
      guard let port = UInt16(text[text.index(after: mark)...]), let host = host(String(text[..<mark])) else {
        return nil
      }
      return Endpoint(host: host, port: port)
    }
    if let endpoint = try? Endpoint.parse(text) { return endpoint }
    if text.hasPrefix("["), text.hasSuffix("]"), let address = Address(text.dropFirst().dropLast()) {
      return Endpoint(address: address, port: standard)
    }
    return host(text).map { Endpoint(host: $0, port: standard) }
  }

  private static func host(_ text: String) -> Host? {
    if let address = Address(text) { return .address(address) }
    let isName = !text.isEmpty && text.utf8.allSatisfy { $0.isLetter || $0.isDigit || [0x2D, 0x2E, 0x5F].contains($0) }
    return isName && text.utf8.contains(where: \.isLetter) ? .name(text) : nil
  }
}

extension DNSServer: CustomStringConvertible {
  /// `192.0.2.1:53`, or with the transport before it if that is not UDP.
  public var description: String {
    transport == .udp ? "\(endpoint)" : "\(transport.rawValue)://\(endpoint)\(path)"
  }
}
