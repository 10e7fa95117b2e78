import Interpreter
import Net

let ipCommon = Command(
  "ip common", "Gives the smallest network that contains all addresses and networks.",
  Parameter<Value?>.pipe("a list, a stream, or text with one on each line"),
  Parameter<[Value]>.rest("networks", "addresses, networks and ranges, or files with one on each line"),
  Parameter<Bool>.flag("skip-bad", "leave wrong lines out and count them on standard error"), gives: .network,
  examples: [
    Example("ip common 10.1.2.3 10.1.9.0/24", "10.1.0.0/20"),
    Example("ip common 2001:db8::1 2001:db8::ffff", "2001:db8::/112"),
  ]
) { machine, pipe, arguments, skipsBad in
  let set = try AddressSet(reading: AddressReader("ip common", machine, pipe: pipe, arguments, skipsBad: skipsBad))
  guard !set.isEmpty else { throw ValueError("empty", "there is no address, and so no network around it") }
  guard let network = set.common else {
    throw ValueError(
      "mixed-families", "no network contains IPv4 and IPv6",
      hint: "`ip filter 0.0.0.0/0` keeps IPv4, `ip filter ::/0` IPv6")
  }
  return .network(network)
}
