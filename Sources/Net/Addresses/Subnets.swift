/// The networks of one prefix length that a network consists of, in order, one at a time.
public struct Subnets: Sequence, IteratorProtocol, Sendable {
  private var nextAddress: Address?
  private let last: Address
  private let prefix: Int
  private let step: Int128

  /// Makes the sequence; nil if the prefix is shorter than the network's, or longer than addresses are.
  public init?(of network: Network, prefix: Int) {
    guard prefix >= network.prefix, prefix <= network.address.bitCount else { return nil }
    nextAddress = network.first
    last = network.last
    self.prefix = prefix
    let bits = network.address.bitCount - prefix
    // Steps of 2^127 and more end the sequence after one or two networks, which `next()` sees by itself.
    step = bits < 127 ? 1 << Int128(bits) : 0
  }

  public mutating func next() -> Network? {
    guard let address = nextAddress, let subnet = Network(address: address, prefix: prefix) else { return nil }
    let end = subnet.last
    nextAddress = end < last ? (step == 0 ? end.advanced(by: 1) : address.advanced(by: step)) : nil
    return subnet
  }
}

extension Network {
  /// Gives the prefix length of the smallest networks of this family in which so many hosts find addresses, at least that of this network; nil if
  /// this one is too small.
  ///
  /// An IPv4 network for hosts has a network and a broadcast address besides: two hosts need a /30. An IPv6 network that is no longer than /64
  /// is divided into /64s at most, which is the length that interface identifiers want (RFC 4291 §2.5.1, RFC 7421).
  public func prefix(forHosts hosts: UInt128) -> Int? {
    let (needed, overflow) = max(hosts, 1).addingReportingOverflow(address.isIPv4 ? 2 : 1)
    guard !overflow else { return nil }
    let bits = 128 - (needed - 1).leadingZeroBitCount
    var prefix = address.bitCount - bits
    if !address.isIPv4, self.prefix <= 64 { prefix = min(prefix, 64) }
    return prefix >= self.prefix ? prefix : nil
  }
}
