/// The zones of DNS that hold the PTR records of a network.
extension Network {
  /// Gives the names of the zones: those of the whole labels that the network consists of, at most 128 (IPv4) or 8 (IPv6) of them. A network
  /// longer than /24 is a part of one, named as RFC 2317 §4 suggests: `0/25.2.0.192.in-addr.arpa`.
  public var reverseZones: [String] {
    let labelBits = address.isIPv4 ? 8 : 4
    let labels = (prefix + labelBits - 1) / labelBits
    if address.isIPv4, prefix > 24, prefix < 32 {
      let parent = Self.zone(of: first, labels: 3, labelBits: 8)
      return ["\(first.value & 0xff)/\(prefix).\(parent)"]
    }
    guard let subnets = Subnets(of: masked, prefix: labels * labelBits) else { return [] }
    return subnets.map { Self.zone(of: $0.first, labels: labels, labelBits: labelBits) }
  }

  /// Leaves the labels of the host's bits out of a reverse name.
  private static func zone(of address: Address, labels: Int, labelBits: Int) -> String {
    let all = address.reverseName.split(separator: ".")
    return all.dropFirst(address.bitCount / labelBits - labels).joined(separator: ".")
  }
}
