import Interpreter
import Net

let ipULA = Command(
  "ip ula", "Makes a network for private use in IPv6: fd00::/8 and 40 random bits (RFC 4193).",
  Parameter<Int?>.option("subnet", "the /64 with this number, 0 to 65535, instead of the whole /48"), gives: .network,
  examples: [
    Example("(ip ula) in fd00::/8", "true"), Example("(ip ula).prefix", "48"),
    Example("(ip ula --subnet 7).prefix", "64"),
  ]
) { _, subnet in
  var random = SystemRandomNumberGenerator()
  guard let network = Network.uniqueLocal(using: &random) else { return .null }
  guard let subnet else { return .network(network) }
  guard (0...0xffff).contains(subnet), let address = network.first.advanced(by: Int128(subnet) << 64),
    let part = Network(address: address, prefix: 64)
  else { throw ValueError("bad-argument", "a /48 has the subnets 0 to 65535, not \(subnet)", layer: .command) }
  return .network(part)
}

let ipEUI64 = Command(
  "ip eui64", "Makes the IPv6 address that an interface gives itself by its MAC address (modified EUI-64, RFC 4291).",
  Parameter<Network>.required("network", "a network with a prefix up to /64"),
  Parameter<MACInput>.input("the MAC address, or several", named: "mac"), gives: .address,
  examples: [
    Example("ip eui64 2001:db8::/64 02:00:5e:10:00:01", "2001:db8::5eff:fe10:1"),
    Example("ip eui64 fe80::/64 34-56-78-9A-BC-DE", "fe80::3656:78ff:fe9a:bcde"),
    Example("[02:00:5e:10:00:01 02:00:5e:10:00:02] | ip eui64 fe80::/64", "fe80::5eff:fe10:1\nfe80::5eff:fe10:2"),
  ]
) { machine, network, input in
  try input.map(machine) { mac in
    guard let address = network.address(of: mac) else {
      throw ValueError(
        "bad-argument", "\(network) leaves no 64 bits for an interface", hint: "an IPv6 network up to /64 does",
        layer: .command)
    }
    return .address(address)
  }
}

/// A MAC address, or several in a list, a stream or the lines of a file.
struct MACInput: ValueConvertible {
  static var type: TypeName { .mac }
  private let value: Value

  static func convert(_ value: Value) throws -> MACInput {
    switch value {
    case .list, .stream: MACInput(value: value)
    default: MACInput(value: try TypeName.mac.convert(value))
    }
  }

  /// Gives the result for one, or the results for several: a stream of a stream, else a list.
  func map(_ machine: Machine, _ transform: @escaping (MAC) throws -> Value) throws -> Value {
    func result(_ value: Value) throws -> Value {
      guard case .mac(let mac) = try TypeName.mac.convert(value) else {
        throw ValueError("wrong-type", "a MAC address is wanted here, and this is \(value.described)")
      }
      return try transform(mac)
    }
    switch value {
    case .list, .stream: return try Items.map(value, machine, result)
    default: return try result(value)
    }
  }
}

let ipNAT64 = Command(
  "ip nat64", "Makes the IPv6 address by which a translator reaches an IPv4 address (RFC 6052).",
  Parameter<IPInput>.input("the IPv4 address, or several", named: "address"),
  Parameter<Network?>.option("prefix", "the translator's prefix: 64:ff9b::/96 if none is given"), gives: .address,
  examples: [
    Example("ip nat64 192.0.2.33", "64:ff9b::c000:221"),
    Example("ip nat64 192.0.2.33 --prefix 2001:db8:122::/48", "2001:db8:122:c000:2:2100::"),
  ]
) { machine, input, prefix in
  try input.map(machine) { value in
    guard let network = prefix ?? Network.wellKnownNAT64, let address = network.translating(value.address) else {
      throw ValueError(
        "bad-argument", "\(prefix.map { "\($0)" } ?? "64:ff9b::/96") translates no \(value.address)",
        hint: "an IPv4 address behind an IPv6 prefix of /32, /40, /48, /56, /64 or /96", layer: .command)
    }
    return .address(address)
  }
}

let ipReverse = Command(
  "ip reverse", "Gives the name in DNS that holds the PTR record of an address, or the zones of a network.",
  Parameter<IPInput>.input("an address or network, or several", named: "address"), gives: .string,
  examples: [
    Example("ip reverse 192.0.2.10", "10.2.0.192.in-addr.arpa"),
    Example("ip reverse 192.0.2.0/24", "2.0.192.in-addr.arpa"),
    Example("ip reverse 10.0.0.0/15", "0.10.in-addr.arpa\n1.10.in-addr.arpa"),
    Example(
      "ip reverse 192.0.2.128/25", "128/25.2.0.192.in-addr.arpa", note: "a part of a zone, named as RFC 2317 suggests"),
    Example("ip reverse 2001:db8::/32", "8.b.d.0.1.0.0.2.ip6.arpa"),
  ]
) { machine, input in
  try input.map(machine) { value in
    guard case .network(let network) = value else { return .string(value.address.reverseName) }
    let zones = network.reverseZones.map { Value.string($0) }
    return zones.count == 1 ? zones[0] : .list(zones)
  }
}
