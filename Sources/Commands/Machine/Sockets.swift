import Clients
import Interpreter
import Net
import System
import Wire

let sockets = Command(
  "sockets", "Lists the sockets of this machine: state, queues, addresses and, where it may be known, their process.",
  Parameter<Bool>.flag("tcp", "TCP"), Parameter<Bool>.flag("udp", "UDP"), Parameter<Bool>.flag("unix", "Unix sockets"),
  Parameter<Bool>.flag("raw", "raw sockets, of one protocol over IP (raw(7))"),
  Parameter<Bool>.flag("packet", "packet sockets, which see frames (packet(7))"),
  Parameter<Bool>.flag("netlink", "netlink sockets, which talk to the kernel (netlink(7))"),
  Parameter<Bool>.flag("all", "every kind"),
  Parameter<Bool>.flag("listening", "only those that wait for others: TCP that listens, UDP without a peer"),
  Parameter<Bool>.flag("4", "only IPv4"), Parameter<Bool>.flag("6", "only IPv6"),
  Parameter<Value?>.option("port", "only with this port, at either end: a number or the name of a service"),
  Parameter<String?>.option("state", "only in this state of RFC 9293: established, listen, time-wait…"),
  Parameter<Bool>.flag("details", "also user, inode, timers, memory and TCP_INFO"), gives: .table,
  examples: [
    Example("sockets --listening --tcp", note: "the servers of this machine"),
    Example("sockets --tcp --port https --state established | count"),
    Example("sockets --tcp --details | get info | first"),
    Example("sockets --raw --packet", note: "who listens to the wire itself"),
  ]
) { machine, tcp, udp, unix, raw, packet, netlink, all, listening, four, six, port, state, details in
  var search = SocketSearch(listening: listening, four: four, six: six, details: details)
  search.port = try port.map { try SocketSearch.port($0) }
  if let state { search.state = try SocketSearch.state(state) }
  search.owners = SocketOwners { !machine.interrupt.isRaised }
  let queries = SocketQueries(machine.network.context(machine))
  // Without a choice all that have ports.
  let isOpen = all || !(tcp || udp || unix || raw || packet || netlink)
  var rows: [Value] = []
  for (isWanted, transport) in [(tcp, SocketQueries.Transport.tcp), (udp, .udp)] where isWanted || isOpen {
    let families = [AddressFamily.inet, .inet6].filter { wants($0, four, six) }
    for socket in try queries.sockets(transport, families: families) {
      try machine.checkpoint()
      if let row = search.row(socket, transport) { rows.append(.record(row)) }
    }
  }
  if unix || all { rows += search.rows(try queries.unixSockets()) }
  if raw || all {
    let families = [AddressFamily.inet, .inet6].filter { wants($0, four, six) }
    rows += try queries.rawSockets(families).compactMap(search.row)
  }
  if packet || all {
    let interfaces = InterfaceNames(try RoutingQueries(machine.network.context(machine)).links())
    rows += try queries.packetSockets().compactMap { search.row($0, interfaces) }
  }
  if netlink || all { rows += try queries.netlinkSockets().compactMap(search.row) }
  return .list(rows)
}
