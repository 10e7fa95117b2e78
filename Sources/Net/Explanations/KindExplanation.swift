/// Why an address is private or not, and what it is for.
public struct KindExplanation: Sendable {
  private let address: Address

  public init(_ address: Address) { self.address = address.withoutZone }

  /// The lines for people.
  public var lines: [String] {
    let special = address.specialBlocks
    var lines = [headline(special.first)]
    let privateBlocks = privateBlocks
    if !address.isPrivate, special.isEmpty || special[0].kind == .global {
      lines += [
        "", "Compared with the private \(privateBlocks.count == 1 ? "block" : "blocks"), bit by bit up to the bar:",
      ]
      for block in privateBlocks { lines += [""] + comparison(with: block) }
    }
    for (index, block) in special.enumerated() {
      let name = "is \"\(block.name)\" (\(block.rfc)), allocated in \(block.allocated)"
      lines += [
        "", index == 0 ? "\(block.network) \(name)." : "\(block.network) around it \(name); the smaller block decides.",
        "",
      ]
      lines += comparison(with: block)
      lines += rules(of: block)
    }
    if special.isEmpty, address.kind == .reserved {
      lines += ["", "IANA has opened only 2000::/3 of IPv6 so far; this address lies outside of it (RFC 4291 §2.4)."]
    }
    return lines
  }

  private var privateBlocks: [SpecialBlock] {
    (address.isIPv4 ? SpecialBlock.ipv4 : SpecialBlock.ipv6).filter { $0.kind == .private || $0.kind == .uniqueLocal }
  }

  private func headline(_ block: SpecialBlock?) -> String {
    guard let block else {
      return address.kind == .reserved
        ? "\(address) is not private: it is reserved, and IANA has given it to nobody."
        : "\(address) is not private: it is global, since no block of IANA's registry of special addresses has it."
    }
    guard address.isPrivate else {
      return "\(address) is not private, and no common address either: its kind is `\(block.kind.rawValue)`."
    }
    return block.kind == .private
      ? "\(address) is private: it lies in \(block.network)."
      : "\(address) is private, as IPv6 has it (unique local): it lies in \(block.network)."
  }

  private func comparison(with block: SpecialBlock) -> [String] {
    BlockComparison(of: address, with: block.network)?.lines ?? []
  }

  /// Gives what the registry says that packets may do (RFC 6890 §2.2.1).
  private func rules(of block: SpecialBlock) -> [String] {
    let rules = [
      ("may be the source of a packet", block.isSource), ("may be its destination", block.isDestination),
      ("routers may forward it", block.isForwardable), ("reachable from anywhere", block.isGlobal),
      ("reserved by the protocol itself", block.isReserved),
    ]
    return [""]
      + rules.compactMap { text, holds in
        holds.map { "  \(text.padded(to: 34))\($0 ? "yes" : "no")" }
      }
  }
}
