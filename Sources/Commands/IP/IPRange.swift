import Interpreter
import Net

let ipRange = Command(
  "ip range", "Gives the fewest networks from one address to another, both included.",
  Parameter<Value>.input("the first address, or a range", named: "first"),
  Parameter<Address?>.optional("last", "the last address"), gives: .list,
  examples: [
    Example("ip range 192.0.2.1 192.0.2.6", "192.0.2.1/32\n192.0.2.2/31\n192.0.2.4/31\n192.0.2.6/32"),
    Example("ip range 2001:db8::..2001:db8::ff", "2001:db8::/120"),
  ]
) { _, first, last in
  var item = try AddressItem(first)
  if let last {
    guard case .address(let start) = item else {
      throw ValueError(
        "bad-argument", "before another address stands an address, not \(first.described)", layer: .command)
    }
    guard start.isIPv4 == last.isIPv4, start.zone == nil, last.zone == nil else {
      throw ValueError(
        "bad-argument", "\(start) and \(last) are of different families, or have a zone", layer: .command)
    }
    guard start <= last else {
      throw ValueError(
        "bad-argument", "\(start) comes after \(last)", hint: "the lower address stands first", layer: .command)
    }
    item = .range(start, last)
  }
  return AddressSet([item]).list
}
