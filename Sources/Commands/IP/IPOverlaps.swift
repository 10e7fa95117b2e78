import Interpreter
import Net

let ipOverlaps = Command(
  "ip overlaps",
  "Tells whether two sets of addresses have any in common; of one list, gives each two of its networks that do.",
  Parameter<Value>.input("networks, a list of them, or a file", named: "a"),
  Parameter<Value?>.optional("b", "the others"),
  Parameter<Bool>.flag("skip-bad", "leave wrong lines out and count them on standard error"), gives: .any,
  examples: [
    Example("ip overlaps 10.0.0.0/8 10.1.0.0/16", "true"),
    Example("ip overlaps [10.0.0.0/8 192.168.0.0/16] 172.16.0.0/12", "false"),
    Example(
      "[10.1.0.0/16 192.0.2.0/24 10.0.0.0/8 10.1.2.3] | ip overlaps",
      "network\toverlaps\n10.1.0.0/16\t10.0.0.0/8\n10.1.2.3\t10.0.0.0/8\n10.1.2.3\t10.1.0.0/16"),
  ]
) { machine, a, b, skipsBad in
  if let b {
    let one = try AddressSet(reading: AddressReader("ip overlaps", machine, pipe: nil, [a], skipsBad: skipsBad))
    let two = try AddressSet(reading: AddressReader("ip overlaps", machine, pipe: nil, [b], skipsBad: skipsBad))
    return .bool(one.overlaps(two))
  }
  var list = AddressItemList()
  try AddressReader("ip overlaps", machine, pipe: nil, [a], skipsBad: skipsBad).readAll(into: &list)
  var pairs = list.overlaps
  return .stream(
    Stream {
      try machine.checkpoint()
      return pairs.next().map { .record(Record(["network": Value($0.item), "overlaps": Value($0.with)])) }
    })
}
