/// Whether two addresses are in one network, as a host finds out before it sends: by masking both.
public struct NeighbourExplanation: Sendable {
  private let own: Network
  private let other: Address

  /// Makes an explanation; nil for addresses of different families.
  public init?(from own: Network, to other: Address) {
    guard own.address.isIPv4 == other.isIPv4 else { return nil }
    self.own = own
    self.other = other
  }

  /// The lines for people.
  public var lines: [String] {
    let rows = [("own address", own.address), ("mask", own.mask), ("AND", own.first)]
    let others = [("other address", other), ("mask", own.mask)]
    let masked = Network(address: other, prefix: own.prefix)?.first
    var lines = rows.map(row) + [""] + others.map(row)
    if let masked { lines.append(row("AND", masked)) }
    let verdict =
      own.contains(other)
      ? "Both give \(own.masked): the same network, so the packet goes directly to \(other)."
      : "\(own.masked) and \(masked.map { "\($0)/\(own.prefix)" } ?? "") are different networks, so the packet goes to a router: the default gateway."
    return lines + ["", verdict]
  }

  private func row(_ label: String, _ address: Address) -> String {
    let bits = address.isIPv4 ? BitRow.bits(of: address, prefix: own.prefix, upTo: 32) : address.fullText
    return label.padded(to: 15) + (address.isIPv4 ? "\(address)".padded(to: 17) : "") + bits
  }
}
