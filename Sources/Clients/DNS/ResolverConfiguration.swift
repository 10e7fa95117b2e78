import Net

/// What resolv.conf(5) says of name servers and of how they are asked.
public struct ResolverConfiguration: Sendable, Hashable {
  /// At most three are used, as the C library does (MAXNS).
  public var servers: [Address] = []
  public var port = DNSServer.port
  /// Appended to names with few dots.
  public var search: [String] = []
  /// A name with as many dots is tried as it is first.
  public var dots = 1
  /// Seconds for each attempt.
  public var timeout = 5
  public var attempts = 2
  public var rotates = false

  public init() {}

  /// One server, and nothing to search.
  init(_ server: Endpoint) {
    servers = [server.address].compactMap { $0 }
    port = server.port
  }

  /// Reads the text of the file; lines that say nothing known are passed over, as the C library does.
  public init(parsing text: some Sequence<UInt8>) {
    for line in Array(text).split(separator: ASCII.lf) {
      guard let first = line.first, first != ASCII.semicolon, first != UInt8(ascii: "#") else { continue }
      let words = line.split(whereSeparator: { $0.isBlank || $0 == ASCII.cr }).map {
        String(decoding: $0, as: UTF8.self)
      }
      switch words.first {
      case "nameserver":
        if words.count > 1, let address = Address(words[1]), servers.count < 3 { servers.append(address) }
      case "domain": search = Array(words.dropFirst().prefix(1))
      case "search": search = Array(words.dropFirst())
      case "options": for option in words.dropFirst() { take(option) }
      default: continue
      }
    }
    // Without a name server the one of this machine is asked (resolv.conf(5)).
    if servers.isEmpty { servers = [Address(v4: 0x7F00_0001)] }
  }

  private mutating func take(_ option: String) {
    let parts = option.split(separator: ":", maxSplits: 1)
    let number = parts.count > 1 ? Int(parts[1]) : nil
    switch (parts.first, number) {
    case ("ndots", let number?): dots = min(max(number, 0), 15)
    case ("timeout", let number?): timeout = min(max(number, 1), 30)
    case ("attempts", let number?): attempts = min(max(number, 1), 5)
    case ("rotate", nil): rotates = true
    default: return
    }
  }
}
