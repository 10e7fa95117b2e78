import Interpreter
import Net

let ipOverlaps = Command(
  "ip overlaps",
  "Tells whether two sets of addresses have any in common; of one list, which of its networks lie across others.",
  Parameter<Value>.input("networks, a list of them, or a file", named: "a"),
  Parameter<Value?>.optional("b", "the others"),
  Parameter<Bool>.flag("skip-bad", "leave wrong lines out and count them on standard error"), gives: .any,
  examples: [
    Example("ip overlaps 10.0.0.0/8 10.1.0.0/16", "true"),
    Example("ip overlaps [10.0.0.0/8 192.168.0.0/16] 172.16.0.0/12", "false"),
    Example("[10.1.0.0/16 192.0.2.0/24 10.0.0.0/8] | ip overlaps", "network\toverlaps\n10.1.0.0/16\t10.0.0.0/8"),
  ]
) { machine, a, b, skipsBad in
  if let b {
    let one = try AddressSet(reading: AddressReader("ip overlaps", machine, pipe: nil, [a], skipsBad: skipsBad))
    let two = try AddressSet(reading: AddressReader("ip overlaps", machine, pipe: nil, [b], skipsBad: skipsBad))
    return .bool(one.overlaps(two))
  }
  var list = AddressItemList()
  try AddressReader("ip overlaps", machine, pipe: nil, [a], skipsBad: skipsBad).readAll(into: &list)
  return .list(
    list.overlaps.map { pair in
      .record(Record(["network": Value(pair.item), "overlaps": Value(pair.with)]))
    })
}
