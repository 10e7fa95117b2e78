import BigInt
import Interpreter
import Net

let ipInfo = Command(
  "ip info", "Tells all that follows from an address or network alone; what does not apply is left out.",
  Parameter<IPInput>.input("an address, `a.b.c.d/len`, `a.b.c.d/mask`, a network, or several", named: "address"),
  Parameter<Network?>.option("nat64", "also look for an IPv4 address behind this prefix of a translator (RFC 6052)"),
  gives: .record,
  examples: [
    Example("(ip info 10.1.2.3/8).network", "10.0.0.0/8"),
    Example(
      "ip info 192.168.10.37/28 | select first last hosts broadcast",
      """
      first\t192.168.10.33
      last\t192.168.10.46
      hosts\t14
      broadcast\t192.168.10.47
      """),
    Example("(ip info 10.1.2.3/255.255.0.0).prefix", "16"),
    Example("[8.8.8.8 100.64.0.1 224.0.0.1] | ip info | each { $in.kind }", "global\nshared\nmulticast"),
    Example("(ip info 172.31.0.1).special.rfc", "RFC 1918"),
    Example("(ip info fe80::5eff:fe10:1%eth0).mac", "02:00:5e:10:00:01"),
    Example("(ip info 2002:c000:201::1).embedded.address", "192.0.2.1"),
    Example("(ip info 2001:db8:122:344::192.0.2.33 --nat64 2001:db8:122:344::/96).embedded.address", "192.0.2.33"),
  ]
) { machine, input, nat64 in
  if let nat64, !nat64.isNAT64 {
    throw ValueError(
      "bad-argument", "\(nat64) is no prefix for translation", hint: "it is IPv6 with /32, /40, /48, /56, /64 or /96",
      layer: .command)
  }
  return try input.map(machine) { .record(IPInfo(of: $0, nat64: nat64).record) }
}

/// What follows from an address, and from a network if a prefix length was given.
struct IPInfo {
  private let address: Address
  private let network: Network?
  private let nat64: Network?

  init(of value: IPValue, nat64: Network?) {
    address = value.address
    self.nat64 = nat64
    if case .network(let network) = value { self.network = network } else { network = nil }
  }

  /// The fields in the order in which the help names them.
  var record: Record {
    let number = BigInt(address.value)
    var fields: [(String, Value?)] = [
      ("version", .int(address.version)), ("text", .string(address.description)), ("full", .string(address.fullText)),
      ("int", .integer(number)), ("hex", .string(address.hexText)), ("binary", .string(address.binaryText)),
    ]
    fields += networkFields
    fields += [
      ("kind", .string(kind.rawValue)), ("scope", scope.map { .string($0.rawValue) }), ("private", .bool(isPrivate)),
      ("global", isGlobal.map { .bool($0) }), ("reverse", .string(address.reverseName)),
      ("special", block.map { .record(Self.fields(of: $0)) }), ("embedded", embedded.map { .record($0) }),
      ("mac", address.interfaceMAC.map { .mac($0) }), ("solicited", address.solicitedNode.map { .address($0) }),
    ]
    return Record(pairs: fields.compactMap { name, value in value.map { (name, $0) } })
  }

  private var networkFields: [(String, Value?)] {
    guard let network else { return [] }
    let size = network.addressCount.map { Value.integer($0) } ?? .integer(BigInt(1) << 128)
    return [
      ("prefix", .int(network.prefix)), ("mask", .address(network.mask)), ("wildcard", .address(network.wildcard)),
      ("network", .network(network.masked)), ("size", size), ("first", .address(network.firstHost)),
      ("last", .address(network.lastHost)), ("hosts", .integer(network.hostCount)),
      ("broadcast", network.broadcast.map { .address($0) }),
    ]
  }

  // MARK: What it is for

  /// The network, where it is meant and not a host in it: no host bits, and more than one address.
  private var whole: Network? { network.flatMap { $0.address == $0.first && $0.prefix < address.bitCount ? $0 : nil } }

  private var kind: AddressKind { whole?.kind ?? address.kind }
  private var block: SpecialBlock? { whole.map { $0.specialBlock } ?? address.specialBlock }
  private var isPrivate: Bool { kind == .private || kind == .uniqueLocal }
  private var scope: AddressScope? { kind == .mixed ? nil : whole?.lastHost.scope ?? address.scope }

  private var isGlobal: Bool? {
    guard let whole else { return address.isGlobal }
    if whole.kind == .multicast || whole.kind == .mixed { return nil }
    if let block = whole.specialBlock { return block.isGlobal }
    return whole.kind == .global
  }

  private static func fields(of block: SpecialBlock) -> Record {
    Record(["name": .string(block.name), "rfc": .string(block.rfc), "network": .network(block.network)])
  }

  // MARK: Embedded addresses

  private var embedded: Record? {
    if let nat64, let inner = nat64.translated(address) { return Self.nat64(inner, nat64) }
    switch address.embedded {
    case nil: return nil
    case .mapped(let inner): return Self.fields("mapped", inner)
    case .compatible(let inner): return Self.fields("compatible", inner)
    case .sixToFour(let inner): return Self.fields("6to4", inner)
    case .nat64(let inner, let prefix): return Self.nat64(inner, prefix)
    case .teredo(let server, let client, let port, let isConeNAT):
      return Record([
        "kind": .string("teredo"), "address": .address(client), "port": .int(Int(port)), "server": .address(server),
        "cone": .bool(isConeNAT),
      ])
    }
  }

  private static func fields(_ kind: String, _ inner: Address) -> Record {
    Record(["kind": .string(kind), "address": .address(inner)])
  }

  private static func nat64(_ inner: Address, _ prefix: Network) -> Record {
    fields("nat64", inner).setting("prefix", to: .network(prefix.masked))
  }
}
