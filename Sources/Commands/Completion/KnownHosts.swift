import Interpreter
import Net
import System

/// The hosts that the shell has heard of: from this session, hosts(5), known_hosts of sshd(8), and the history.
enum KnownHosts {
  /// So many of the last statements are looked through.
  private static let statements = 500

  static func all(_ session: Session) -> [Candidate] {
    var found: [String: String] = [:]
    func add(_ host: some StringProtocol, _ origin: String) {
      guard !host.isEmpty, found[String(host)] == nil else { return }
      found[String(host)] = origin
    }
    let network = session.service(NetworkService.self) { NetworkService() }
    for entry in network.map.entries { add(host(of: entry.from) ?? "", "mapped to \(entry.to)") }
    for resource in session.resources {
      if case .endpoint(let remote)? = resource.fields["remote"], let name = host(of: remote.content) {
        add(name, "an open connection")
      }
    }
    for (origin, names) in session.service(HostFiles.self, make: { HostFiles() }).names(
      home: session.environment["HOME"])
    {
      for name in names { add(name, origin) }
    }
    let count = session.history.count
    for index in max(0, count - statements)..<count {
      guard let text = session.history[index] else { continue }
      for word in text.split(whereSeparator: { " \t\n;|(){}'\",".contains($0) }) where word.contains(":") {
        guard word.utf8.count < 512, case .value(let value) = Literal.read(String(word)) else { continue }
        switch value {
        case .endpoint(let endpoint): add(host(of: endpoint.content) ?? "", "the history")
        case .url(let url): add(url.content.host, "the history")
        default: break
        }
      }
    }
    return found.map { Candidate($0.key, $0.value) }
  }

  private static func host(of endpoint: Endpoint) -> String? {
    switch endpoint.host {
    case .any: nil
    case .address(let address): address.description
    case .name(let name): name
    }
  }

  private static func host(of text: String) -> String? { text.split(separator: ":").first.map(String.init) }

  /// Gives the lines of a file; none if it cannot be read.
  static func lines(of path: String) -> [Substring] {
    String(decoding: (try? FileText.read(path)) ?? [], as: UTF8.self).split(separator: "\n")
  }
}
