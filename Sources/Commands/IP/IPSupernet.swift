import Interpreter
import Net

let ipSupernet = Command(
  "ip supernet", "Gives the network around each network: twice as large, or with the prefix that is named.",
  Parameter<Value?>.pipe("a list, a stream, or text with one on each line"),
  Parameter<[Value]>.rest("networks", "addresses and networks, or files with one on each line"),
  Parameter<Int?>.option("prefix", "the prefix of the networks to give"),
  Parameter<Bool>.flag("skip-bad", "leave wrong lines out and count them on standard error"), gives: .list,
  examples: [
    Example("ip supernet 10.64.0.0/10", "10.0.0.0/9"), Example("ip supernet 192.0.2.77 --prefix 24", "192.0.2.0/24"),
    Example("[2001:db8:1::/48 2001:db8:2::/48] | ip supernet --prefix 32 | uniq", "2001:db8::/32"),
  ]
) { machine, pipe, arguments, prefix, skipsBad in
  let reader = try AddressReader("ip supernet", machine, pipe: pipe, arguments, skipsBad: skipsBad)
  return AddressItemStream.make(reader) { item in
    if case .range = item {
      throw ValueError("wrong-type", "a range has no supernet", hint: "`ip common` gives the network around it")
    }
    let network: Network =
      if case .network(let given) = item { given } else { try .convert(.address(item.first.withoutZone)) }
    return .network(try supernet(of: network, prefix))
  }
}

/// Gives the network around a network, with a shorter prefix, one bit shorter if none is named.
private func supernet(of network: Network, _ wanted: Int?) throws -> Network {
  guard network.prefix > 0 || wanted == 0 else {
    throw ValueError("bad-argument", "nothing is around \(network)", layer: .command)
  }
  let prefix = wanted ?? network.prefix - 1
  guard prefix <= network.prefix, let outer = Network(address: network.address, prefix: prefix) else {
    throw ValueError(
      "bad-argument", "a network around \(network) has a prefix from 0 to \(network.prefix), not \(prefix)",
      layer: .command)
  }
  return outer.masked
}
