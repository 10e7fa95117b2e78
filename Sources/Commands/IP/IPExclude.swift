import Interpreter
import Net

let ipExclude = Command(
  "ip exclude", "Takes addresses away from networks, and gives the fewest networks that are left.",
  Parameter<Value>.required("away", "what to take away: a network, address, range, a list of them, or a file"),
  Parameter<Value?>.pipe("what to take it from"),
  Parameter<[Value]>.rest("from", "networks and such, or files with one on each line"),
  Parameter<Bool>.flag("ranges", "give the longest ranges instead of networks"),
  Parameter<Bool>.flag("skip-bad", "leave wrong lines out and count them on standard error"), gives: .list,
  examples: [
    Example("ip exclude 10.0.0.0/10 10.0.0.0/8", "10.64.0.0/10\n10.128.0.0/9"),
    Example(
      "[192.0.2.0/29 198.51.100.0/30] | ip exclude 192.0.2.1",
      "192.0.2.0/32\n192.0.2.2/31\n192.0.2.4/30\n198.51.100.0/30"),
  ]
) { machine, away, pipe, from, asRanges, skipsBad in
  let taken = try AddressSet(reading: AddressReader("ip exclude", machine, pipe: nil, [away], skipsBad: skipsBad))
  let whole = try AddressSet(reading: AddressReader("ip exclude", machine, pipe: pipe, from, skipsBad: skipsBad))
  return whole.subtracting(taken).stream(asRanges ? .ranges : .networks, machine)
}
