import Interpreter
import Net
import System
import Wire

let port = Command(
  "port", "Gives what a service's name or a port's number stands for, by /etc/services.",
  Parameter<Value>.required("service", "a name such as https, or a number"), gives: .table,
  examples: [
    Example("port https | first | get port", "443"), Example("port 25 | get name", "smtp"),
    Example("port domain | get transport | sort", "tcp\nudp"),
  ]
) { machine, wanted in
  let services = try ServiceList.read().services
  let found: [ServiceTable.Service]
  switch wanted {
  case .int(let number):
    guard let port = UInt16(exactly: number) else {
      throw ValueError("bad-argument", "\(number) is no port: 0 to 65535 are", layer: .command)
    }
    found = services.filter { $0.port == port }
  case .string(let name):
    found = services.filter { $0.isNamed(name) }
    guard !found.isEmpty else {
      throw ValueError(
        "no-service", "no service is named \(name)", hint: "`port list --search \(name)` looks for it everywhere",
        layer: .command)
    }
  default:
    throw ValueError("wrong-type", "a service's name or a port is wanted, not \(wanted.described)", layer: .command)
  }
  return .list(found.map { .record($0.record) })
}

let portList = Command(
  "port list", "Lists the services that have names.",
  Parameter<String?>.option("search", "only those with this in their name, aliases or description"), gives: .table,
  examples: [
    Example("port list --search imap | where {|s| $s.port == 993} | get name | first", "imaps"),
    Example("port list | where {|s| $s.port < 100 and $s.transport == 'tcp'}"),
  ]
) { _, search in
  let services = try ServiceList.read().services
  guard let search = search?.lowercased() else { return .list(services.map { .record($0.record) }) }
  let found = services.filter { service in
    ([service.name, service.description ?? ""] + service.aliases).contains { $0.lowercased().contains(search) }
  }
  return .list(found.map { .record($0.record) })
}

/// The table of services that this machine has.
enum ServiceList {
  /// Reads /etc/services, with what the shell's own table says of each; where the file is missing that table alone.
  static func read() throws -> ServiceTable {
    let own = Share.path.flatMap { try? FileText.read($0 + "/data/services.tsv") }.map { ServiceTable(shared: $0) }
    if let bytes = try? FileText.read("/etc/services") {
      let system = ServiceTable(system: bytes)
      return own.map { system.described(by: $0) } ?? system
    }
    guard let own else {
      throw ValueError("no-services", "there is no /etc/services and no share/nsh/data", layer: .command)
    }
    return own
  }
}

extension ServiceTable.Service {
  fileprivate var record: Record {
    Record([
      "name": .string(name), "port": .int(Int(port)), "transport": .string(transport), "aliases": Value(aliases),
      "description": Value(description),
    ])
  }
}
