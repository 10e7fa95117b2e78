import Interpreter
import Net

let ipContains = Command(
  "ip contains", "Tells whether networks contain all of some addresses, networks or ranges.",
  Parameter<Value>.required("networks", "a network, a list of them, or a file with one on each line"),
  Parameter<Value?>.pipe("the addresses"),
  Parameter<[Value]>.rest("addresses", "the addresses, networks or ranges"), gives: .bool,
  examples: [
    Example("ip contains 10.0.0.0/8 10.1.2.3", "true"),
    Example("ip contains [192.0.2.0/25 192.0.2.128/25] 192.0.2.0/24", "true", note: "the two halves together"),
    Example("[10.1.2.3 11.1.2.3] | ip contains 10.0.0.0/8", "false"),
  ]
) { machine, networks, pipe, addresses in
  let outer = try AddressSet(reading: AddressReader("ip contains", machine, pipe: nil, [networks]))
  let inner = try AddressSet(reading: AddressReader("ip contains", machine, pipe: pipe, addresses))
  return .bool(inner.subtracting(outer).isEmpty)
}
