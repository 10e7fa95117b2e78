/// A block of addresses with a purpose of its own, as IANA's special-purpose registries describe it (RFC 6890 §2.2.1).
public struct SpecialBlock: Hashable, Sendable {
  public let network: Network
  /// The name in the registry.
  public let name: String
  /// Where it is defined: `RFC 1122 §3.2.1.3`.
  public let rfc: String
  /// The month of the allocation: `1981-09`.
  public let allocated: String
  /// The kind of the addresses in it that no smaller block has.
  public let kind: AddressKind
  /// Whether a packet may come from there, go to there, pass a router, be reached from anywhere, and whether the protocol itself reserves the block; nil
  /// where the registry does not say.
  public let isSource, isDestination, isForwardable, isGlobal, isReserved: Bool?

  /// Makes a block; `rules` has a letter for each of the five rules: `T`, `F` or `-`.
  init?(
    _ network: String, _ name: String, _ rfc: String, _ allocated: String, _ rules: String, _ kind: AddressKind
  ) {
    guard let network = Network(network) else { return nil }
    let rules = rules.utf8.map { $0 == UInt8(ascii: "-") ? nil : $0 == UInt8(ascii: "T") }
    guard rules.count == 5 else { return nil }
    self.network = network
    (self.name, self.rfc, self.allocated, self.kind) = (name, rfc, allocated, kind)
    (isSource, isDestination, isForwardable, isGlobal, isReserved) = (rules[0], rules[1], rules[2], rules[3], rules[4])
  }
}

extension Address {
  /// All blocks that have the address, the smallest first.
  public var specialBlocks: [SpecialBlock] {
    (isIPv4 ? SpecialBlock.ipv4BySize : SpecialBlock.ipv6BySize).filter { $0.network.contains(self) }
  }

  /// The smallest block that has the address; nil for a common one.
  public var specialBlock: SpecialBlock? {
    (isIPv4 ? SpecialBlock.ipv4BySize : SpecialBlock.ipv6BySize).first { $0.network.contains(self) }
  }
}

extension SpecialBlock {
  fileprivate static let ipv4BySize = bySize(ipv4 + ipv4Space)
  fileprivate static let ipv6BySize = bySize(ipv6 + ipv6Space)

  private static func bySize(_ blocks: [SpecialBlock]) -> [SpecialBlock] {
    blocks.sorted { $0.network.prefix > $1.network.prefix }
  }
}

extension Network {
  /// The smallest block that has the whole network; nil for a common one.
  public var specialBlock: SpecialBlock? {
    (address.isIPv4 ? SpecialBlock.ipv4BySize : SpecialBlock.ipv6BySize).first { $0.network.contains(masked) }
  }

  /// What the network is for; `mixed` where only a part of it is special.
  public var kind: AddressKind {
    if let block = specialBlock { return block.kind }
    let blocks = address.isIPv4 ? SpecialBlock.ipv4BySize : SpecialBlock.ipv6BySize
    guard !blocks.contains(where: { masked.contains($0.network) }) else { return .mixed }
    // Outside of 2000::/3 IPv6 is reserved; a network that reaches into it from outside has all of it.
    return first.kind == last.kind ? first.kind : .mixed
  }
}
