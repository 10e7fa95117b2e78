import Interpreter
import Net
import System

/// The hosts that the shell has heard of: from this session, hosts(5), known_hosts of sshd(8), and the history.
enum KnownHosts {
  /// Gives those whose name begins so.
  static func all(_ session: Session, beginning: String) -> [Candidate] {
    var found: [String: String] = [:]
    func add(_ host: String, _ origin: @autoclosure () -> String) {
      guard !host.isEmpty, host.begins(like: beginning), found[host] == nil else { return }
      found[host] = origin()
    }
    let network = session.service(NetworkService.self) { NetworkService() }
    for entry in network.map.entries { add(host(of: entry.from) ?? "", "mapped to \(entry.to)") }
    for resource in session.resources {
      if case .endpoint(let remote)? = resource.fields["remote"], let name = host(of: remote.content) {
        add(name, "an open connection")
      }
    }
    let memory = session.service(HostMemory.self) { HostMemory() }
    for (origin, names) in memory.names(home: session.environment["HOME"], session.history) {
      for name in names { add(name, origin) }
    }
    return found.map { Candidate($0.key, $0.value) }
  }

  /// The hosts in the endpoints and URLs of a statement.
  static func hosts(in statement: String) -> [String] {
    statement.utf8.split { " \t\n;|(){}'\",".utf8.contains($0) }.compactMap { word in
      guard word.contains(UInt8(ascii: ":")), word.count < 512,
        case .value(let value) = Literal.read(String(word) ?? "")
      else { return nil }
      return switch value {
      case .endpoint(let endpoint): host(of: endpoint.content)
      case .url(let url): url.content.host
      default: nil
      }
    }
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
