import IDN
import Interpreter
import Net
import Transport

/// Where a single request connects instead of where its URL says: `--resolve` and `--connect-to`, in curl's form.
struct RequestMap {
  var resolve: [String] = []
  var connectTo: [String] = []

  /// Adds the entries to a map of names; parts of an entry that are left out are those of the URL.
  func apply(to map: inout NameMap, for url: URL) throws {
    for text in resolve {
      let parts = Self.parts(text)
      let address = parts.count == 3 ? parts[2].split(separator: ",").first.map(String.init) ?? "" : ""
      guard parts.count == 3, let port = UInt16(parts[1]), let address = Address(Self.unbracketed(address)) else {
        throw Self.malformed("resolve", text, "HOST:PORT:ADDRESS")
      }
      map.map(Endpoint(host: try Self.host(parts[0]), port: port), to: Endpoint(address: address, port: port))
    }
    for text in connectTo {
      let parts = Self.parts(text)
      guard parts.count == 4 else { throw Self.malformed("connect-to", text, "HOST:PORT:HOST2:PORT2") }
      let own = (
        host: parts[0].isEmpty ? url.host : parts[0], port: parts[1].isEmpty ? url.effectivePort : UInt16(parts[1])
      )
      let other = (
        host: parts[2].isEmpty ? own.host : parts[2], port: parts[3].isEmpty ? own.port : UInt16(parts[3])
      )
      guard let from = own.port, let to = other.port else {
        throw Self.malformed("connect-to", text, "HOST:PORT:HOST2:PORT2")
      }
      map.map(
        Endpoint(host: try Self.host(own.host), port: from), to: Endpoint(host: try Self.host(other.host), port: to))
    }
  }

  /// Splits at the colons outside brackets.
  private static func parts(_ text: String) -> [String] {
    var parts = [""]
    var isBracketed = false
    for scalar in text.unicodeScalars {
      if scalar == "[" { isBracketed = true }
      if scalar == "]" { isBracketed = false }
      if scalar == ":", !isBracketed {
        parts.append("")
      } else {
        parts[parts.count - 1].unicodeScalars.append(scalar)
      }
    }
    // An IPv6 address at the end may stand without its brackets, as curl has it.
    guard parts.count > 4, Address(parts[2...].joined(separator: ":")) != nil else { return parts }
    return Array(parts[..<2]) + [parts[2...].joined(separator: ":")]
  }

  private static func unbracketed(_ text: String) -> String {
    text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
  }

  private static func host(_ text: String) throws -> Host {
    let bare = unbracketed(text)
    return try Address(bare).map { .address($0) } ?? .name(InternationalName.ascii(bare))
  }

  private static func malformed(_ option: String, _ text: String, _ form: String) -> ValueError {
    ValueError("bad-argument", "`--\(option)` is \(form), and this is `\(text)`", layer: .command)
  }
}
