import Interpreter
import Net
import Wire

/// What is to be said of something open: a connection, a listener, a job, a lab, a routing table.
enum ResourceFacts {
  static func of(_ resource: any Resource, _ machine: Machine) throws -> [Fact] {
    switch resource.type {
    case .connection: try connection(resource, machine)
    case .listener: listener(resource)
    case .job: job(resource)
    case .lab:
      [Fact("lab", "servers on this machine", "they answer the names of the lab, and end with the shell")]
        + fields(resource.fields)
    default:
      [Fact(resource.type.rawValue, "open", "a resource: it has fields, and is closed when the shell ends")]
        + fields(resource.fields)
    }
  }

  private static func connection(_ resource: any Resource, _ machine: Machine) throws -> [Fact] {
    var record = resource.fields
    if let open = resource as? OpenConnection, let told = try? SocketFacts(machine).record(open.connection) {
      record = told
    }
    let transport = record["transport"]?.scalarText ?? ""
    var facts = [Fact("connection", record["id"]?.scalarText ?? "", "its number in this shell"), carrier(transport)]
    for side in ["local", "remote"] {
      guard case .endpoint(let endpoint)? = record[side] else { continue }
      facts.append(Fact(side, "\(endpoint.content)", side == "local" ? "the end here" : "the end there"))
      // What is usual of the peer's address and port tells most; its own port was chosen by the kernel.
      if side == "remote" {
        facts += URLFacts.of(endpoint.content).filter { ["kind", "block", "port"].contains($0.part) }.map {
          $0.within(side)
        }
      }
    }
    if case .endpoint(let mapped)? = resource.fields["mapped"] {
      facts.append(Fact("mapped", "\(mapped.content)", "whom it was meant for; `map` led it elsewhere"))
    }
    let state = record["state"]?.scalarText ?? ""
    facts += StateFacts.of(state.lowercased())
    if !facts.contains(where: { $0.part == "state" }) {
      facts.append(Fact("state", state.lowercased(), "of the socket here"))
    }
    if case .record(let tls)? = record["tls"] {
      let shown = ["version", "cipher", "group", "alpn", "verified"]
      facts += shown.filter { tls[$0]?.isNull == false }.map { name in
        Fact("tls \(name)", CollectionFacts.shortText(tls[name]), "agreed on in the handshake", "RFC 8446 §4.1.3")
      }
    }
    return facts.filter { !$0.isReading } + facts.filter(\.isReading)
  }

  private static func carrier(_ transport: String) -> Fact {
    switch transport {
    case "tcp": Fact("transport", transport, "a stream of bytes in order, acknowledged", "RFC 9293 §2.2")
    case "udp": Fact("transport", transport, "datagrams, each by itself, that may be lost", "RFC 768")
    case "tls":
      Fact("transport", transport, "TLS over TCP: sealed, and the peer known by its certificate", "RFC 8446 §1")
    default: Fact("transport", transport, "between processes of this machine")
    }
  }

  private static func listener(_ resource: any Resource) -> [Fact] {
    let record = resource.fields
    let transport = record["transport"]?.scalarText ?? "tcp"
    var facts = [
      Fact("listener", record["id"]?.scalarText ?? "", "a socket that takes what comes to its port"),
      carrier(transport),
    ]
    if case .endpoint(let local)? = record["local"] {
      facts.append(Fact("local", "\(local.content)", "where it listens"))
      facts += URLFacts.of(local.content).filter { ["kind", "port"].contains($0.part) || $0.isReading }.map {
        $0.within("local")
      }
    }
    let isOpen = record["state"]?.scalarText != "closed"
    if transport != "udp" { facts += StateFacts.of(isOpen ? .listen : .closed) }
    return facts.filter { !$0.isReading } + facts.filter(\.isReading)
  }

  private static func job(_ resource: any Resource) -> [Fact] {
    let meanings = [
      "running": "its block still runs beside the script", "done": "its block ended; `wait` gives its value",
      "failed": "an error ended it; `wait` gives that error", "stopped": "it was stopped",
    ]
    return fields(resource.fields).map { fact in
      switch fact.part {
      case "state": Fact("state", fact.value, meanings[fact.value] ?? "")
      case "id": Fact("job", fact.value, "its number; a block that runs on a thread of its own")
      default: fact
      }
    }
  }

  private static func fields(_ record: Record) -> [Fact] {
    record.names.prefix(40).map { Fact($0, CollectionFacts.shortText(record[$0]), record[$0]?.type.rawValue ?? "") }
  }
}
