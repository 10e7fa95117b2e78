import BigInt
import Interpreter
import Net

let ipNth = Command(
  "ip nth", "Gives the address at an index of a network: 0 is the network's own, -1 the last.",
  Parameter<IPInput>.input("the network, or several", named: "network"),
  Parameter<Value>.required("index", "from 0, or from the end if it is negative"), gives: .address,
  examples: [
    Example("ip nth 192.0.2.0/24 10", "192.0.2.10"), Example("ip nth 192.0.2.0/24 -1", "192.0.2.255"),
    Example("[10.1.0.0/16 10.2.0.0/16] | ip nth 1", "10.1.0.1\n10.2.0.1"),
    Example("ip nth 2001:db8::/32 0x1_0000_0000_0000_0000", "2001:db8:0:1::"),
  ]
) { machine, input, index in
  let position = try TypeName.int.convert(index)
  let number = position.wideInteger
  return try input.map(machine) { value in
    let network = try value.network()
    guard let number, let address = network.address(at: number) else {
      throw ValueError(
        "no-item", "\(network.masked) has no address \(position.scalarText ?? "")",
        hint: network.addressCount.map { "it has \($0): 0 to \($0 - 1), or -1 to -\($0)" }, layer: .command)
    }
    return .address(address)
  }
}

let ipRandom = Command(
  "ip random", "Gives a random address that a host of a network can have, or several different ones.",
  Parameter<IPInput>.input("the network, or several", named: "network"),
  Parameter<Int?>.option("count", "how many; they are given as a list"), gives: .address,
  examples: [
    Example("(ip random 192.0.2.0/24) in 192.0.2.0/24", "true"),
    Example("ip random 2001:db8::/64 --count 3 | uniq | len", "3"),
    Example("ip random 192.0.2.0/30 --count 2 | sort", "192.0.2.1\n192.0.2.2"),
  ]
) { machine, input, count in
  try input.map(machine) { value in
    let network = try value.network()
    var random = SystemRandomNumberGenerator()
    guard let count else { return .address(network.randomHost(using: &random)) }
    guard count >= 0, UInt128(count) <= network.hostCount, count <= collectLimit / 64 else {
      throw ValueError(
        "bad-argument", "\(network.masked) has \(network.hostCount) hosts, and \(count) different ones were wanted",
        layer: .command)
    }
    return .list(
      try RandomHosts.choose(count, of: network, using: &random) { try machine.checkpoint() }.map { .address($0) })
  }
}

/// The choice of different random hosts.
private enum RandomHosts {
  static func choose(
    _ count: Int, of network: Network, using random: inout some RandomNumberGenerator, _ checkpoint: () throws -> Void
  ) throws -> [Address] {
    // Where half or more of all are wanted, most draws would hit one that was drawn before: all are shuffled instead.
    guard UInt128(count) * 2 < network.hostCount else {
      let all = (0..<Int(network.hostCount)).compactMap { network.firstHost.advanced(by: Int128($0)) }
      return Array(all.shuffled(using: &random).prefix(count))
    }
    var chosen: Set<Address> = []
    var inOrder: [Address] = []
    while inOrder.count < count {
      try checkpoint()
      let address = network.randomHost(using: &random)
      if chosen.insert(address).inserted { inOrder.append(address) }
    }
    return inOrder
  }
}

extension Value {
  /// The integer, where 128 bits hold it.
  fileprivate var wideInteger: Int128? {
    switch self {
    case .int(let number): Int128(number)
    case .big(let number): Int128(exactly: number.content)
    default: nil
    }
  }
}
