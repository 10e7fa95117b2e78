import Interpreter
import Net

let ipAggregate = Command(
  "ip aggregate", "Joins addresses, networks and ranges to the fewest networks that hold the same addresses.",
  Parameter<Value?>.pipe("a list, a stream, or text with one on each line"),
  Parameter<[Value]>.rest("networks", "addresses, networks and ranges, or files with one on each line"),
  Parameter<Bool>.flag("ranges", "give the longest ranges instead of networks"),
  Parameter<Bool>.flag("skip-bad", "leave wrong lines out and count them on standard error"), gives: .list,
  examples: [
    Example("ip aggregate 10.0.0.0/24 10.0.1.0/24 10.0.1.128/25", "10.0.0.0/23"),
    Example(
      "[192.0.2.1..192.0.2.6 2001:db8::/33 2001:db8:8000::/33] | ip aggregate",
      "192.0.2.1/32\n192.0.2.2/31\n192.0.2.4/31\n192.0.2.6/32\n2001:db8::/32"),
    Example("ip aggregate --ranges 10.0.0.0/30 10.0.0.4", "10.0.0.0..10.0.0.4"),
    Example("'10.0.0.0/9  # the one half\n10.128.0.0/9' | ip aggregate", "10.0.0.0/8"),
  ]
) { machine, pipe, arguments, asRanges, skipsBad in
  let reader = try AddressReader("ip aggregate", machine, pipe: pipe, arguments, skipsBad: skipsBad)
  return try AddressSet(reading: reader).stream(asRanges ? .ranges : .networks, machine)
}
