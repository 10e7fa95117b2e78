import Interpreter
import Net
import Transport

let udpJoin = Command(
  "udp join", "Hears a multicast group from now on, on a UDP socket bound to the group's port.",
  Parameter<OpenConnection?>.connection("the socket, if not the current one"),
  Parameter<Address>.required("group", "224.0.0.0/4 or ff00::/8"),
  Parameter<String?>.option("interface", "where; the routes decide unless told"),
  Parameter<Address?>.option("source", "hear only this sender in it"), gives: .null,
  examples: [
    Example(
      "let s = udp bind 0.0.0.0:0; udp join $s 239.1.2.3 --interface lo; let c = udp open --interface lo; "
        + "send $c hello --to 239.1.2.3:${$s.local.port}; recv $s", "hello")
  ]
) { machine, given, group, interface, source in
  try change(machine, given, group, interface, source, isJoining: true)
}

let udpLeave = Command(
  "udp leave", "Hears a multicast group no more.",
  Parameter<OpenConnection?>.connection("the socket, if not the current one"),
  Parameter<Address>.required("group", "the group"),
  Parameter<String?>.option("interface", "where it was joined"),
  Parameter<Address?>.option("source", "the sender that was heard in it"), gives: .null,
  examples: [
    Example(
      "let s = udp bind 0.0.0.0:0; udp join $s 239.1.2.3 --interface lo; udp leave $s 239.1.2.3 --interface lo", "")
  ]
) { machine, given, group, interface, source in
  try change(machine, given, group, interface, source, isJoining: false)
}

private func change(
  _ machine: Machine, _ given: OpenConnection?, _ group: Address, _ interface: String?, _ source: Address?,
  isJoining: Bool
) throws -> Value {
  let connection = try machine.connection(given).connection
  guard connection.transport == .udp else {
    throw ValueError("bad-argument", "only a UDP socket hears groups", layer: .command)
  }
  guard group.isMulticast else {
    throw ValueError(
      "bad-argument", "\(group) is no group", hint: "groups are in 224.0.0.0/4 and ff00::/8", layer: .command)
  }
  guard source == nil || source?.isIPv4 == group.isIPv4 else {
    throw ValueError("bad-argument", "group and source are of one family", layer: .command)
  }
  try connection.change(group: group, isJoining: isJoining, interface: interface, source: source)
  return .null
}
