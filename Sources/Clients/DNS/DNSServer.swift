import Net

/// A name server as an asker reaches it: how, and where.
public struct DNSServer: Sendable, Hashable {
  public enum Transport: String, Sendable, CaseIterable {
    case udp, tcp
  }

  public var transport: Transport
  /// Its address, or a name that is looked up first, and its port.
  public var endpoint: Endpoint

  public init(_ endpoint: Endpoint, transport: Transport = .udp) {
    self.endpoint = endpoint
    self.transport = transport
  }

  public static let port: UInt16 = 53

  /// Reads what stands behind `@`: `192.0.2.1`, `[2001:db8::1]:5353`, `192.0.2.1#5353`, `ns1.test`, `tcp://…`; nil for anything else.
  public init?(_ text: String) {
    var place = text[...]
    var transport = Transport.udp
    for kind in Transport.allCases where place.hasPrefix(kind.rawValue + "://") {
      transport = kind
      place = place.dropFirst(kind.rawValue.utf8.count + 3)
    }
    guard let endpoint = DNSServer.endpoint(String(place), DNSServer.port) else { return nil }
    self.init(endpoint, transport: transport)
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
    transport == .udp ? "\(endpoint)" : "\(transport.rawValue)://\(endpoint)"
  }
}
