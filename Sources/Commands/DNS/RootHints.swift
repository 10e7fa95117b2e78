import Clients
import Interpreter
import Net
import System
import Wire

/// The addresses of the root servers, from the table that comes with the shell.
enum RootHints {
  static func servers(_ machine: Machine) throws -> [(DomainName?, Endpoint)] {
    guard let share = Share.path else {
      throw ValueError("no-data", "the table of root servers is not installed", hint: "`--root @SERVER`", layer: .file)
    }
    var servers: [(DomainName?, Endpoint)] = []
    for line in try FileText.read(share + "/data/root-hints.tsv").split(separator: UInt8(ascii: "\n"))
    where line.first != UInt8(ascii: "#") {
      let cells = line.split(separator: UInt8(ascii: "\t")).map { String(decoding: $0, as: UTF8.self) }
      guard cells.count == 2, let name = try? DomainName(cells[0]), let address = Address(cells[1]) else { continue }
      servers.append((name, Endpoint(address: address, port: DNSServer.port)))
    }
    return servers
  }
}
