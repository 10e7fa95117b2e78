import Interpreter
import Net

let ipDiff = Command(
  "ip diff",
  "Compares two sets of addresses: what only the first has, what only the second, and what both, as the fewest networks.",
  Parameter<Value>.input("networks, a list of them, or a file", named: "a"),
  Parameter<Value>.required("b", "the others"),
  Parameter<Bool>.flag("skip-bad", "leave wrong lines out and count them on standard error"), gives: .record,
  examples: [
    Example(
      "ip diff [10.0.0.0/24 10.0.1.0/24] [10.0.1.0/24 10.0.2.0/24]",
      "only-a\t[\"10.0.0.0/24\"]\nonly-b\t[\"10.0.2.0/24\"]\nboth\t[\"10.0.1.0/24\"]"),
    Example("(ip diff 10.0.0.0/8 10.0.0.0/9).only-a", "10.128.0.0/9"),
  ]
) { machine, a, b, skipsBad in
  let one = try AddressSet(reading: AddressReader("ip diff", machine, pipe: nil, [a], skipsBad: skipsBad))
  let two = try AddressSet(reading: AddressReader("ip diff", machine, pipe: nil, [b], skipsBad: skipsBad))
  return .record(
    Record([
      "only-a": one.subtracting(two).list, "only-b": two.subtracting(one).list, "both": one.intersection(two).list,
    ]))
}
