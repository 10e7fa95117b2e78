import Clients
import Interpreter
import Net
import System

let netns = Command(
  "netns", "Lists the networks that `netns add` made, with the addresses of each.", gives: .table,
  examples: [
    Example(
      "netns add a b; netns link a eth0 192.0.2.1/24 b eth0 192.0.2.2/24; netns | get name", "a\nb\n"),
    Example("netns | count", "0"),
  ]
) { machine in
  let queries = RoutingQueries(machine.network.context(machine))
  return .list(
    List(
      try machine.ownNetworks.all.map { namespace in
        let addresses = try NetworkNamespace.with(namespace) {
          let names = InterfaceNames(try queries.links())
          return try queries.addresses().compactMap { address -> String? in
            guard let own = address.local, address.interface != 1, !own.isLinkLocal else { return nil }
            return "\(names[address.interface]) \(own)/\(address.prefix)"
          }
        }
        return .record(
          Record(["name": .string(namespace.name), "addresses": .string(addresses.joined(separator: ", "))]))
      }))
}

let netnsAdd = Command(
  "netns add",
  "Makes networks of their own, network_namespaces(7): each has its interfaces, routes and ports, and ends with the shell.",
  Parameter<[String]>.rest("name", "what to call them"), gives: .null,
  examples: [
    Example("netns add client; netns run client { ip link | get interface }", "lo"),
    Example("netns add client router server; netns | get name", "client\nrouter\nserver\n"),
  ]
) { machine, names in
  guard !names.isEmpty else {
    throw ValueError("missing-argument", "`netns add` wants a name", hint: "`netns add client`", layer: .command)
  }
  for name in names { try machine.networkBuilding.switchLoopbackOn(in: machine.ownNetworks.add(name)) }
  return .null
}

let netnsDelete = Command(
  "netns delete", "Ends networks; their cables go with them, and connections in them hear no more.",
  Parameter<[String]>.rest("name", "which"), gives: .null,
  examples: [Example("netns add client; netns delete client; netns | count", "0")]
) { machine, names in
  for name in names { try machine.ownNetworks.remove(name) }
  return .null
}

let netnsCheck = Command(
  "netns check",
  "Tells whether this user may make networks here, and if not which setting of the kernel forbids it.", gives: .record,
  examples: [Example("netns check | get allowed"), Example("if not (netns check).allowed { print (netns check).why }")]
) { machine in
  let refusal = machine.ownNetworks.refusal
  return .record(
    Record([
      "allowed": .bool(refusal == nil), "setting": refusal?.setting.map { .string($0) } ?? .null,
      "why": refusal.map { .string($0.headline) } ?? .null,
    ]))
}

let netnsRun = Command(
  "netns run",
  "Runs a block inside a network: its sockets, its programs and the jobs that it starts are there, and nowhere else.",
  Parameter<String>.required("netns", "which network"),
  Parameter<Function>.required("block", "what to run there"), gives: .any,
  examples: [
    Example("netns add a; netns run a { try { tcp connect 192.0.2.1:80 } catch e { $e.code } }", "ENETUNREACH"),
    Example(
      "netns add a b; netns link a eth0 192.0.2.1/24 b eth0 192.0.2.2/24; netns run a { ping 192.0.2.2 --count 1 | get answer }"
    ),
    Example(
      "netns add a; netns run a { let l = tcp listen 127.0.0.1:80; $l.local }", "127.0.0.1:80",
      note: "no port is root's there"),
  ]
) { machine, name, block in
  try NetworkNamespace.with(try machine.ownNetworks.named(name)) { try machine.call(block, []) }
}
