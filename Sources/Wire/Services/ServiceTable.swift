import Net

/// The names of services and their ports: /etc/services (services(5)), or the shell's own table of what IANA registered (RFC 6335).
public struct ServiceTable: Sendable {
  public struct Service: Sendable, Hashable {
    public let name: String
    public let port: UInt16
    public let transport: String
    public let aliases: [String]
    public let description: String?

    /// Tells whether it is known by this name, case ignored (RFC 6335 §5.1).
    public func isNamed(_ wanted: String) -> Bool {
      let wanted = wanted.lowercased()
      return name.lowercased() == wanted || aliases.contains { $0.lowercased() == wanted }
    }
  }

  public let services: [Service]

  /// Reads the system's file: `name port/transport aliases… # remark`; lines that are not so are passed over.
  public init(system bytes: [UInt8]) {
    services = Self.lines(bytes).compactMap { line in
      let parts = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let words = (parts.first ?? "").split { $0 == " " || $0 == "\t" }.map(String.init)
      guard words.count >= 2 else { return nil }
      let place = words[1].split(separator: "/", omittingEmptySubsequences: false)
      guard place.count == 2, let port = UInt16(place[0]) else { return nil }
      let remark = parts.count == 2 ? Self.trimmed(parts[1]) : ""
      return Service(
        name: words[0], port: port, transport: String(place[1]), aliases: Array(words.dropFirst(2)),
        description: remark.isEmpty ? nil : remark)
    }
  }

  /// Reads the shell's own table: name, port, transport and description between tabs; lines with `#` and the header are passed over.
  public init(shared bytes: [UInt8]) {
    services = Self.lines(bytes).compactMap { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard cells.count >= 3, !line.hasPrefix("#"), let port = UInt16(cells[1]) else { return nil }
      let description = cells.count > 3 ? String(cells[3]) : ""
      return Service(
        name: String(cells[0]), port: port, transport: String(cells[2]), aliases: [],
        description: description.isEmpty ? nil : description)
    }
  }

  private init(services: [Service]) { self.services = services }

  /// Gives the table with descriptions for those that have none, from another where the name, or else the port, is the same.
  public func described(by other: ServiceTable) -> ServiceTable {
    var texts: [String: String] = [:]
    for service in other.services {
      guard let text = service.description else { continue }
      for key in [service.name.lowercased() + "/\(service.port)", "\(service.port)/\(service.transport)"]
      where texts[key] == nil { texts[key] = text }
    }
    return ServiceTable(
      services: services.map { service in
        guard service.description == nil else { return service }
        let names = ([service.name] + service.aliases).map { $0.lowercased() + "/\(service.port)" }
        let text = (names + ["\(service.port)/\(service.transport)"]).lazy.compactMap { texts[$0] }.first
        return Service(
          name: service.name, port: service.port, transport: service.transport, aliases: service.aliases,
          description: text)
      })
  }

  private static func lines(_ bytes: [UInt8]) -> [Substring] {
    String(decoding: bytes, as: UTF8.self).split { $0 == "\n" || $0 == "\r\n" }
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0 == " " || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
