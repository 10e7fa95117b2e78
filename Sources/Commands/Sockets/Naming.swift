import Glibc
import Interpreter
import Net
import Transport

let bind = Command(
  "bind", "Gives a socket a name of its own, bind(2): an address and port, or a path.",
  Parameter<OpenConnection?>.connection("the socket, if not the current one"),
  Parameter<Value>.required("name", "ADDRESS:PORT, :PORT (this machine alone), or a path or @NAME of a Unix socket"),
  gives: .null,
  examples: [Example("let s = socket tcp; bind $s 127.0.0.1:0; $s.state", "bound")]
) { machine, given, name in
  let connection = try machine.connection(given).connection
  let context = machine.network.context(machine)
  try connection.bind(to: try machine.name(name, for: connection, context), context)
  return .null
}

let connect = Command(
  "connect", "Connects a socket to a peer, connect(2); one of datagrams then sends to it and hears only it.",
  Parameter<OpenConnection?>.connection("the socket, if not the current one"),
  Parameter<Value>.required("name", "HOST:PORT, or a path or @NAME of a Unix socket"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take (default 30s)"), gives: .null,
  examples: [
    Example("let l = tcp listen :0; let s = socket tcp; connect $s $l.local; $s.state", "connected"),
    Example("let s = socket udp; connect $s 127.0.0.1:9; $s.remote", "127.0.0.1:9"),
  ]
) { machine, given, name, timeout in
  let connection = try machine.connection(given).connection
  let context = machine.network.context(machine, timeout: timeout)
  try connection.connect(to: try machine.name(name, for: connection, context), context)
  return .null
}

extension Machine {
  /// Makes a name for a socket of its family: a path for a Unix socket, else an endpoint, whose host is looked up if need be.
  func name(_ value: Value, for socket: Connection, _ context: NetworkContext) throws -> SocketName {
    guard socket.transport != .unix else { return .unix(try socketPath(String.convert(value))) }
    let asked = try Endpoint.convert(value)
    let entry = context.map.entry(for: asked)
    if let entry, entry.isLookedUp, let name = asked.name { _ = try context.names.addresses(of: name, context) }
    let endpoint = entry?.to ?? asked
    let isIPv6 = try socket.descriptor.domain() == AF_INET6
    switch endpoint.host {
    case .address: return .endpoint(endpoint)
    case .any:
      let loopback = isIPv6 ? Address(v6High: 0, low: 1) : Address(v4: INADDR_LOOPBACK)
      return .endpoint(Endpoint(address: loopback, port: endpoint.port))
    case .name(let name):
      let found = try context.names.addresses(of: name, context)
      guard let address = found.first(where: { $0.isIPv4 != isIPv6 }) else {
        throw NameError(name: name, code: "NODATA", .noSuchAddress)
      }
      return .endpoint(Endpoint(address: address, port: endpoint.port))
    }
  }
}
