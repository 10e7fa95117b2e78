import BigInt
import Interpreter
import Net

let ipMask = Command(
  "ip mask", "Tells the mask of a prefix length, or the prefix length of a mask.",
  Parameter<Value>.input("a prefix length, or a mask such as 255.255.240.0", named: "prefix"),
  Parameter<Bool>.flag("6", "a prefix length of IPv6, even up to 32"), gives: .record,
  examples: [
    Example("(ip mask 20).mask", "255.255.240.0"), Example("(ip mask 255.255.240.0).prefix", "20"),
    Example(
      "ip mask 26",
      "prefix\t26\nmask\t255.255.255.192\nwildcard\t0.0.0.63\nsize\t64\nhex\t0xffffffc0\nbinary\t11111111.11111111.11111111.11000000"
    ),
    Example(
      "24..30 | ip mask | select prefix mask size",
      "prefix\tmask\tsize\n24\t255.255.255.0\t256\n25\t255.255.255.128\t128\n26\t255.255.255.192\t64\n27\t255.255.255.224\t32\n28\t255.255.255.240\t16\n29\t255.255.255.248\t8\n30\t255.255.255.252\t4"
    ),
    Example("(ip mask 48 -6).mask", "ffff:ffff:ffff::"),
  ]
) { machine, input, isIPv6 in
  switch input {
  case .list, .stream, .range: return try Items.map(input, machine) { try MaskRecord.of($0, isIPv6: isIPv6) }
  default: return try MaskRecord.of(input, isIPv6: isIPv6)
  }
}

/// What there is to know of a mask.
private enum MaskRecord {
  static func of(_ value: Value, isIPv6: Bool) throws -> Value {
    let network = try network(value, isIPv6)
    return .record(
      Record([
        "prefix": .int(network.prefix), "mask": .address(network.mask), "wildcard": .address(network.wildcard),
        "size": network.addressCount.map { .integer($0) } ?? .integer(BigInt(1) << 128),
        "hex": .string(network.mask.hexText), "binary": .string(network.mask.binaryText),
      ]))
  }

  private static func network(_ value: Value, _ isIPv6: Bool) throws -> Network {
    if case .address(let mask) = value { return try network(mask: mask) }
    if case .string(let text) = value, text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") })
    {
      return try network(mask: Address.convert(value))
    }
    let digits =
      if case .string(let text) = value, text.hasPrefix("/") { Value.string(String(text.dropFirst())) } else { value }
    let prefix = try Int.convert(digits)
    let any = isIPv6 || prefix > 32 ? Address(v6High: 0, low: 0) : Address(v4: 0)
    guard let network = Network(address: any, prefix: prefix) else {
      throw ValueError(
        "bad-argument", "a prefix length is 0 to 32, or 0 to 128 for IPv6, not \(prefix)", layer: .command)
    }
    return network
  }

  private static func network(mask: Address) throws -> Network {
    let prefix = mask.bitCount - mask.value.trailingZeroBitCount
    guard let network = Network(address: mask, prefix: max(0, prefix)), network.mask == mask else {
      let length = mask.bitCount - mask.value.nonzeroBitCount
      let isWildcard = Network(address: mask, prefix: length)?.wildcard == mask
      throw ValueError(
        "bad-argument", "\(mask) is no mask: its ones do not stand together at the start",
        hint: isWildcard ? "it is the wildcard mask of /\(length)" : nil,
        layer: .command)
    }
    return network
  }
}
