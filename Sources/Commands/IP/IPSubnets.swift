import Interpreter
import Net

let ipSplit = Command(
  "ip split", "Divides a network into equal parts, as a stream.",
  Parameter<IPInput>.input("the network, or several", named: "network"),
  Parameter<Int?>.option("into", "how many parts: a power of two"),
  Parameter<Int?>.option("prefix", "the prefix length of each part"),
  Parameter<Int?>.option("hosts", "how many hosts each part has room for at least"), gives: .stream,
  examples: [
    Example(
      "ip split 192.168.10.0/24 --into 4", "192.168.10.0/26\n192.168.10.64/26\n192.168.10.128/26\n192.168.10.192/26"),
    Example("ip split 10.0.0.0/8 --prefix 28 | first 2", "10.0.0.0/28\n10.0.0.16/28"),
    Example("ip split 192.168.10.0/24 --hosts 50 | count", "4", note: "50 hosts need a /26: 64 addresses less 2"),
    Example("ip split 2001:db8::/48 --prefix 64 | last", "2001:db8:0:ffff::/64"),
  ]
) { machine, input, parts, prefix, hosts in
  guard [parts, prefix, hosts].count(where: { $0 != nil }) == 1 else {
    throw ValueError("bad-argument", "`ip split` wants one of --into, --prefix and --hosts", layer: .command)
  }
  return try input.flatMap(machine) { value in
    let network = try value.network()
    return try Subnetting.subnets(of: network, prefix: Subnetting.prefix(for: network, parts, prefix, hosts))
  }
}

let ipSubnets = Command(
  "ip subnets", "Gives the networks of a prefix length in a network, as a stream; without one its two halves.",
  Parameter<IPInput>.input("the network, or several", named: "network"),
  Parameter<Int?>.option("prefix", "their prefix length"), gives: .stream,
  examples: [
    Example("ip subnets 10.0.0.0/8", "10.0.0.0/9\n10.128.0.0/9"),
    Example("ip subnets 172.16.0.0/12 --prefix 16 | count", "16"),
    Example("ip subnets 0.0.0.0/0 --prefix 32 | first", "0.0.0.0/32"),
  ]
) { machine, input, prefix in
  try input.flatMap(machine) { value in
    let network = try value.network()
    return try Subnetting.subnets(of: network, prefix: prefix ?? min(network.prefix + 1, network.address.bitCount))
  }
}

let ipHosts = Command(
  "ip hosts", "Gives the addresses that hosts of a network can have, as a stream.",
  Parameter<IPInput>.input("the network, or several", named: "network"), gives: .stream,
  examples: [
    Example("ip hosts 192.0.2.0/29 | join ' '", "192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4 192.0.2.5 192.0.2.6"),
    Example("ip hosts 192.0.2.0/31", "192.0.2.0\n192.0.2.1", note: "a link between two uses both (RFC 3021)"),
    Example("ip hosts 2001:db8::/64 | first", "2001:db8::1"),
  ]
) { machine, input in
  if let value = try input.only {
    let network = try value.network()
    return AddressRun(from: network.firstHost, to: network.lastHost).stream(machine)
  }
  return try input.flatMap(machine) { value in
    let network = try value.network()
    var run = AddressRun(from: network.firstHost, to: network.lastHost)
    return { run.nextAddress().map { .address($0) } }
  }
}

extension AddressRun {
  /// Gives the addresses as a stream.
  fileprivate func stream(_ machine: Machine) -> Value {
    var run = self
    return .stream(
      Stream(
        text: {
          try machine.checkpoint()
          return run.nextText()
        }, next: { run.nextAddress().map { .address($0) } }))
  }
}

/// The choice of a prefix length for the parts of a network.
enum Subnetting {
  /// Gives a function that gives the parts one after the other, then nil.
  static func subnets(of network: Network, prefix: Int) throws -> () -> Value? {
    guard var subnets = Subnets(of: network, prefix: prefix) else { throw misfit(network, prefix) }
    return { subnets.next().map { .network($0) } }
  }

  /// Gives the prefix length for so many parts, as it is given, or for so many hosts.
  static func prefix(for network: Network, _ parts: Int?, _ prefix: Int?, _ hosts: Int?) throws -> Int {
    if let prefix { return prefix }
    if let parts { return try self.prefix(for: network, parts: parts) }
    return try self.prefix(for: network, hosts: hosts ?? 1)
  }

  private static func prefix(for network: Network, parts: Int) throws -> Int {
    guard parts > 0, parts.nonzeroBitCount == 1 else {
      let next = parts > 0 && parts < 1 << 32 ? 1 << (Int.bitWidth - (parts - 1).leadingZeroBitCount) : 2
      throw ValueError(
        "bad-argument", "a network cannot be divided into \(parts) equal parts",
        hint: "each bit doubles them: \(next) parts would do; `ip plan` makes parts of different sizes", layer: .command
      )
    }
    let prefix = network.prefix + parts.trailingZeroBitCount
    guard prefix <= network.address.bitCount else { throw misfit(network, prefix) }
    return prefix
  }

  static func prefix(for network: Network, hosts: Int) throws -> Int {
    guard hosts > 0 else { throw ValueError("bad-argument", "\(hosts) hosts need no network", layer: .command) }
    guard let prefix = network.prefix(forHosts: UInt128(hosts)) else {
      throw ValueError(
        "too-small", "\(network.masked) has room for \(network.hostCount) hosts, not for \(hosts)", layer: .command)
    }
    return prefix
  }

  static func misfit(_ network: Network, _ prefix: Int) -> ValueError {
    ValueError(
      "bad-argument", "\(network.masked) has no parts with /\(prefix)",
      hint: "their prefix length is \(network.prefix) to \(network.address.bitCount)", layer: .command)
  }
}
