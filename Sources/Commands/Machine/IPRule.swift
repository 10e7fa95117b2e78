import Clients
import Interpreter
import Net
import Wire

let ipRule = Command(
  "ip rule", "Lists the rules that say in which table a packet's route is sought, in the order they are asked.",
  Parameter<Bool>.flag("4", "only IPv4"), Parameter<Bool>.flag("6", "only IPv6"), gives: .table,
  examples: [Example("ip rule -4 | first 1 | get table", "local"), Example("ip rule | get match")]
) { machine, four, six in
  let tables = RoutingTableNames()
  let rules = try RoutingQueries(machine.network.context(machine)).rules()
  return .list(
    rules.filter { $0.family.isInternet && wants($0.family, four, six) }.map { .record($0.record(tables)) })
}

extension RuleMessage {
  func record(_ tables: RoutingTableNames) -> Record {
    Record([
      "priority": .int(Int(priority)), "family": .string(family.name), "from": Value(source), "to": Value(destination),
      "action": .string(actionName), "table": table == 0 ? .null : .string(tables[table]),
      "match": .record(conditions), "protocol": Value(originName),
    ])
  }

  /// What else must hold of a packet, only what the rule says.
  private var conditions: Record {
    let all: [(String, Value)] = [
      ("not", isInverted ? .bool(true) : .null), ("in", Value(incoming)), ("out", Value(outgoing)),
      ("mark", Value(mark)), ("mask", mark == nil ? .null : Value(mask)),
      ("tos", typeOfService == 0 ? .null : .int(Int(typeOfService))),
      ("transport", transport.map { .string([6: "tcp", 17: "udp"][$0] ?? "\($0)") } ?? .null),
      ("source-ports", Value(sourcePorts)), ("ports", Value(destinationPorts)), ("users", Value(users)),
      ("goto", Value(goto)), ("suppress-prefix", Value(suppressedPrefix)),
      ("master-device", isForMasterDevice ? .bool(true) : .null),
    ]
    return Record(pairs: all.filter { !$0.1.isNull })
  }
}

extension Value {
  /// A range of numbers, null for none.
  fileprivate init(_ range: ClosedRange<some FixedWidthInteger>?) {
    guard let range else {
      self = .null
      return
    }
    let (lower, upper) = (Value.int(Int(clamping: range.lowerBound)), Value.int(Int(clamping: range.upperBound)))
    self = .range(Box(RangeValue(lower: lower, upper: upper, includesEnd: true)))
  }
}
