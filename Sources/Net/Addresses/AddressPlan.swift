/// The division of a network into subnets of different sizes, the largest first (variable-length subnet masks, RFC 1878 and RFC 4632 §5).
public struct AddressPlan: Sendable {
  /// What needs a network: the prefix length of the smallest that serves, and for how many hosts it was chosen, if it was.
  public struct Need: Sendable {
    public let name: String
    public let prefix: Int
    public let hosts: UInt128?

    public init(name: String, prefix: Int, hosts: UInt128? = nil) {
      self.name = name
      self.prefix = prefix
      self.hosts = hosts
    }
  }

  /// The network of each need, in the order of the needs.
  public let networks: [Network]
  /// What is left over, as few networks as can be, in order.
  public let free: [Network]

  /// Makes a plan; nil if the network is too small for all of them.
  ///
  /// The largest come first, so that each begins where the one before ends and none leaves a hole.
  public init?(of network: Network, for needs: [Need]) {
    var placed = [Network?](repeating: nil, count: needs.count)
    var next: Address? = network.first
    for index in needs.indices.sorted(by: { (needs[$0].prefix, $0) < (needs[$1].prefix, $1) }) {
      guard let start = next, needs[index].prefix >= network.prefix,
        let subnet = Network(address: start, prefix: needs[index].prefix)
      else { return nil }
      placed[index] = subnet
      next = subnet.last < network.last ? subnet.last.advanced(by: 1) : nil
    }
    networks = placed.compactMap(\.self)
    free = Self.remainder(of: network, from: next)
  }

  /// Gives the largest networks that begin at each address in turn, up to the end.
  private static func remainder(of network: Network, from start: Address?) -> [Network] {
    var free: [Network] = []
    var next = start
    while let address = next {
      let alignment = min(address.value.trailingZeroBitCount, address.bitCount - network.prefix)
      guard let block = Network(address: address, prefix: address.bitCount - alignment) else { break }
      free.append(block)
      next = block.last < network.last ? block.last.advanced(by: 1) : nil
    }
    return free
  }
}
