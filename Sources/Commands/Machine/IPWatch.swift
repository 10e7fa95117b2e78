import Clients
import Interpreter
import Net
import Wire

let ipWatch = Command(
  "ip watch", "Tells what is new, changed or gone in this machine's network as it happens, until interrupted.",
  Parameter<Bool>.flag("link", "of interfaces"), Parameter<Bool>.flag("addr", "of addresses"),
  Parameter<Bool>.flag("route", "of routes"), Parameter<Bool>.flag("neigh", "of neighbors"),
  Parameter<Bool>.flag("rule", "of rules"), gives: .stream,
  examples: [
    Example("try { within 1ms { ip watch --addr | first 3 } } catch e { $e.code }", "timeout")
  ]
) { machine, link, address, route, neighbor, rule in
  let asked: [(Bool, RoutingMessage.Kind)] = [
    (link, .link), (address, .address), (route, .route), (neighbor, .neighbor), (rule, .rule),
  ]
  let some = asked.filter(\.0).map(\.1)
  let kinds = Set(some.isEmpty ? RoutingMessage.Kind.allCases : some)
  // Interfaces are always listened to: a name may be new.
  let news = try RoutingNews(kinds.union([.link]), machine.network.context(machine))
  let links = try RoutingQueries(machine.network.context(machine)).links()
  var names = RouteNames(interfaces: InterfaceNames(links), tables: RoutingTableNames())
  var waiting: [Value] = []
  return .stream(
    Stream(close: { news.close() }) {
      while waiting.isEmpty {
        for item in try news.next(machine.network.context(machine)) {
          if case .change(.link(let link), _) = item { names.interfaces.note(link) }
          if let row = item.row(kinds, names) { waiting.append(.record(row)) }
        }
      }
      return waiting.removeFirst()
    })
}

extension RoutingNews.Item {
  /// What happened, as a row; nil for what was not asked for.
  fileprivate func row(_ kinds: Set<RoutingMessage.Kind>, _ names: RouteNames) -> Record? {
    guard case .change(let content, let what) = self else {
      return Self.row("lost", "", .null, .null, .empty)
    }
    let event = what.rawValue
    let interfaces = names.interfaces
    switch content {
    case .link(let link) where kinds.contains(.link):
      return Self.row(event, "link", .string(link.name), .string(link.operationalState), link.details(interfaces))
    case .address(let address) where kinds.contains(.address):
      let number = interfaces.value(address.interface)
      return Self.row(event, "address", number, Value(address.network(interfaces)), address.summary(interfaces))
    case .route(let route) where kinds.contains(.route):
      return Self.row(
        event, "route", interfaces.value(route.outgoing), Value(route.destination), route.details(names))
    case .neighbor(let neighbor) where kinds.contains(.neighbor):
      let number = interfaces.value(neighbor.interface)
      return Self.row(event, "neighbor", number, Value(neighbor.address), neighbor.details(interfaces))
    case .rule(let rule) where kinds.contains(.rule):
      return Self.row(event, "rule", .null, .int(Int(rule.priority)), rule.record(names.tables))
    default: return nil
    }
  }

  private static func row(
    _ event: String, _ object: String, _ interface: Value, _ value: Value, _ details: Record
  ) -> Record {
    Record([
      "at": .time(Timestamp.now()), "event": .string(event), "object": .string(object), "interface": interface,
      "value": value, "details": .record(details),
    ])
  }
}
