import Interpreter
import Net

let ipPlan = Command(
  "ip plan",
  "Divides a network among subnets of different sizes, the largest first, and shows what is left over (VLSM).",
  Parameter<Network>.required("network", "what there is to divide"),
  Parameter<List>.required("needs", "records with `name`, and `hosts` or `prefix`"),
  Parameter<Bool>.flag("explain", "say why each part has its size and its place"), gives: .table,
  examples: [
    Example(
      "ip plan 192.168.10.0/24 [{name: office, hosts: 50} {name: web, hosts: 10} {name: link, prefix: 31}] | select name network hosts spare",
      """
      name\tnetwork\thosts\tspare
      office\t192.168.10.0/26\t62\t12
      web\t192.168.10.64/28\t14\t4
      link\t192.168.10.80/31\t2\t
      (free)\t192.168.10.82/31\t2\t
      (free)\t192.168.10.84/30\t2\t
      (free)\t192.168.10.88/29\t6\t
      (free)\t192.168.10.96/27\t30\t
      (free)\t192.168.10.128/25\t126\t
      """),
    Example(
      "ip plan 192.168.10.0/24 [{name: office, hosts: 50} {name: web, hosts: 10}] --explain | lines | last 6",
      """
      office  50 hosts + 2 = 52 addresses: 2^6 = 64 is enough, 6 host bits, so /26
              192.168.10.0/26: 192.168.10.0 to 192.168.10.63
      web     10 hosts + 2 = 12 addresses: 2^4 = 16 is enough, 4 host bits, so /28
              192.168.10.64/28: 192.168.10.64 to 192.168.10.79

      free    192.168.10.80/28, 192.168.10.96/27, 192.168.10.128/25
      """),
    Example(
      "ip plan 2001:db8::/48 [{name: office, hosts: 500} {name: guests, hosts: 20}] | first 2 | get network",
      "2001:db8::/64\n2001:db8:0:1::/64"),
  ]
) { _, network, needs, explain in
  let wishes = try needs.enumerated().map { index, item in try Wish(item, at: index, in: network) }
  guard let plan = AddressPlan(of: network, for: wishes.map(\.need)) else {
    throw Wish.tooMuch(wishes, for: network)
  }
  if explain {
    let lines = PlanExplanation(plan, of: network, for: wishes.map(\.need)).lines
    return .string(lines.joined(separator: "\n"))
  }
  let placed = zip(wishes, plan.networks).sorted { $0.1.first < $1.1.first }
  return .list(
    placed.map { wish, network in wish.row(network) } + plan.free.map { Wish.row("(free)", $0, wanted: nil) })
}

/// What somebody wants of a plan: a network for so many hosts, or with a certain prefix length.
private struct Wish {
  let name: String
  let prefix: Int
  private let hosts: Int?

  init(_ item: Value, at index: Int, in network: Network) throws {
    guard case .record(let record) = item else {
      throw ValueError("wrong-type", "need \(index + 1) is \(item.described); a record is wanted", hint: Self.shape)
    }
    guard let name = record["name"]?.scalarText else {
      throw ValueError("no-field", "need \(index + 1) has no `name`", hint: Self.shape)
    }
    self.name = name
    switch (record["hosts"], record["prefix"]) {
    case (let count?, nil):
      let count = try Int.convert(count)
      hosts = count
      do { prefix = try Subnetting.prefix(for: network, hosts: count) } catch let error as ValueError {
        throw ValueError(error.code, "\(name): \(error.message)", layer: .command)
      }
    case (nil, let length?):
      prefix = try Int.convert(length)
      hosts = nil
      guard prefix >= network.prefix, prefix <= network.address.bitCount else {
        throw Subnetting.misfit(network, prefix)
      }
    default: throw ValueError("bad-argument", "\(name) wants either `hosts` or `prefix`", hint: Self.shape)
    }
  }

  private static let shape = "such as {name: web, hosts: 50} or {name: link, prefix: 31}"

  var need: AddressPlan.Need { AddressPlan.Need(name: name, prefix: prefix, hosts: hosts.map { UInt128(max(0, $0)) }) }

  func row(_ network: Network) -> Value { Self.row(name, network, wanted: hosts) }

  static func row(_ name: String, _ network: Network, wanted: Int?) -> Value {
    let spare = wanted.map { Value.integer(network.hostCount - UInt128(max(0, $0))) }
    return .record(
      Record([
        "name": .string(name), "network": .network(network), "mask": .address(network.mask),
        "first": .address(network.firstHost), "last": .address(network.lastHost),
        "wanted": wanted.map { .int($0) } ?? .null, "hosts": .integer(network.hostCount), "spare": spare ?? .null,
      ]))
  }

  /// Says how much more than there is was wanted.
  static func tooMuch(_ wishes: [Wish], for network: Network) -> ValueError {
    let texts = wishes.sorted { $0.prefix < $1.prefix }.map { "\($0.name) /\($0.prefix)" }
    let shown = texts.prefix(8).joined(separator: ", ") + (texts.count > 8 ? " …" : "")
    return ValueError(
      "too-small", "\(network.masked) is too small for all of them: \(shown)",
      hint: "each /\(network.prefix + 1) is half of it, each /\(network.prefix + 2) a quarter", layer: .command)
  }
}
