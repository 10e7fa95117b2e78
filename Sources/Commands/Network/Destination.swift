import IDN
import Interpreter
import Net

/// A host as it is typed, `HOST:PORT` in one word or the host alone.
struct Destination: ValueConvertible {
  let host: Host
  let port: UInt16?

  static var type: TypeName { .host }

  static func convert(_ value: Value) throws -> Destination {
    switch try TypeName.host.convert(value) {
    case .endpoint(let endpoint): Destination(host: endpoint.content.host, port: endpoint.content.port)
    case .address(let address): Destination(host: .address(address), port: nil)
    case let name: try Destination(named: name.scalarText ?? "")
    }
  }

  private init(host: Host, port: UInt16?) {
    self.host = host
    self.port = port
  }

  /// Takes a name, of which one in other letters than ASCII gets its `xn--` form: before that it is no literal, whatever stands behind it.
  private init(named text: String) throws {
    let mark = text.lastIndex(of: ":") ?? text.endIndex
    let name = try InternationalName.ascii(String(text[..<mark]))
    if name != text[..<mark], let endpoint = try Endpoint.parse(name + text[mark...]) {
      self.init(host: endpoint.host, port: endpoint.port)
    } else {
      self.init(host: .name(try Destination.name(name + text[mark...])), port: nil)
    }
  }

  /// A colon in what is neither an endpoint nor an address is a port that is missing or no port.
  private static func name(_ text: String) throws -> String {
    guard !text.contains(":") else {
      throw ValueError(
        "bad-literal", "`\(text)` is no endpoint",
        hint: "an endpoint is HOST:PORT, such as example.test:80 or [2001:db8::1]:443", layer: .command)
    }
    return text
  }

  /// Gives the endpoint, with the port that was typed as a word of its own if the first has none.
  func endpoint(port second: Int?) throws -> Endpoint {
    switch (port, second) {
    case (let port?, nil): return Endpoint(host: host, port: port)
    case (nil, let number?):
      guard let port = UInt16(exactly: number) else {
        throw ValueError("bad-literal", "port \(number) is outside 0 to 65535", layer: .command)
      }
      return Endpoint(host: host, port: port)
    case (nil, nil):
      throw ValueError(
        "missing-argument", "which port of \(host)?", hint: "HOST:PORT, or HOST PORT", layer: .command)
    case (_?, _?):
      throw ValueError("bad-argument", "two ports are given", hint: "HOST:PORT, or HOST PORT", layer: .command)
    }
  }

  /// Gives where a connection is to come from: an address, a port (`:PORT`), or both.
  var source: Endpoint { Endpoint(host: host, port: port ?? 0) }
}
