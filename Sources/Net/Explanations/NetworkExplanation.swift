/// How mask, network and broadcast address come of an address and a prefix length, bit by bit.
public struct NetworkExplanation: Sendable {
  private let network: Network
  private var address: Address { network.address }

  public init(_ network: Network) { self.network = network }

  /// The lines for people.
  public var lines: [String] {
    let hostBits = address.bitCount - network.prefix
    var lines = [
      "\(network): the first \(counted(network.prefix, "bit")) name the network, "
        + (hostBits == 0
          ? "and none is left for hosts." : "the other \(hostBits == 1 ? "one" : "\(hostBits)") the host."),
      "",
    ]
    lines += address.isIPv4 ? ipv4Rows : ipv6Rows
    lines += [""] + rangeLines
    if address.withoutZone == network.first.withoutZone, hostBits > 1, address.isIPv4 {
      lines += ["", "\(address) is the address of the network itself, with all host bits 0."]
    } else if address == network.broadcast {
      lines += ["", "\(address) is the broadcast address, with all host bits 1."]
    }
    return lines
  }

  // MARK: IPv4

  private var ipv4Rows: [String] {
    func row(_ label: String, _ address: Address, _ note: String = "") -> String {
      let bits = BitRow.bits(of: address, prefix: network.prefix, upTo: 32)
      let line = label.padded(to: 11) + "\(address)".padded(to: 17) + bits
      return note.isEmpty ? line : line + "  " + note
    }
    var rows = [
      row("address", address), row("mask", network.mask, "a 1 for each bit of the network"),
      row("network", network.first, "address AND mask: 1 where both are 1"),
    ]
    if let broadcast = network.broadcast { rows.append(row("broadcast", broadcast, "all host bits 1")) }
    return rows
  }

  // MARK: IPv6

  private var ipv6Rows: [String] {
    func row(_ label: String, _ address: Address, _ note: String = "") -> String {
      let line = label.padded(to: 11) + address.fullText
      return note.isEmpty ? line : line + "  " + note
    }
    var rows = [
      row("address", address), row("mask", network.mask, "a 1 for each bit of the network"),
      row("network", network.first, "address AND mask: 1 where both are 1"),
      row("last", network.last, "all host bits 1; IPv6 has no broadcast"),
    ]
    guard network.prefix < 128, !network.prefix.isMultiple(of: 16) else { return rows }
    let group = network.prefix / 16
    rows += ["", "The prefix ends inside of group \(group + 1):", ""]
    for (label, address) in [("address", address), ("mask", network.mask), ("network", network.first)] {
      rows.append(label.padded(to: 11) + groupText(address, group))
    }
    return rows
  }

  /// Gives a group in hexadecimal and binary: `cd30  110011010011|0000`.
  private func groupText(_ address: Address, _ group: Int) -> String {
    let hex = address.fullText.split(separator: ":")
    let bits = BitRow.bits(of: address, prefix: network.prefix, upTo: 16 * (group + 1))
    return (group < hex.count ? String(hex[group]) : "") + "  " + bits.split(separator: ":").suffix(1).joined()
  }

  // MARK: Hosts

  private var rangeLines: [String] {
    let hostBits = address.bitCount - network.prefix
    let size = network.addressCount.map { "\($0)" } ?? "340282366920938463463374607431768211456"
    var lines = ["first host \(network.firstHost)", "last host  \(network.lastHost)", ""]
    let count = "\(counted(hostBits, "host bit")) \(hostBits == 1 ? "makes" : "make") 2^\(hostBits) = "
    switch (address.isIPv4, hostBits) {
    case (_, 0): lines.append("No host bits: this is a single address.")
    case (true, 1): lines.append(count + "2 addresses: a link between two, which needs no broadcast (RFC 3021).")
    case (true, _):
      lines.append(
        count + "\(size) addresses; without the network and the broadcast address \(network.hostCount) hosts.")
    case (false, 1): lines.append(count + "2 addresses: a link between two routers (RFC 6164).")
    case (false, _):
      lines.append(count + "\(size) addresses; the first one means any router of the network (RFC 4291 §2.6.1).")
    }
    return lines
  }
}
