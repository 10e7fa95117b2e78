import Net
import TestSupport

/// Texts and values for comparisons with other programs.
extension SeededRandom {
  /// The text of an address in one of its spellings, every other time with mistakes.
  mutating func addressText() -> String {
    let address = address()
    var text = below(3) == 0 ? address.description : spelling(of: address)
    if below(4) == 0 { text = "2001:0:" + text.dropFirst(2) }
    return below(2) == 0 ? text : mutated(text, alphabet: "0123456789abcdefABCF::..:% gx/")
  }

  /// The address with all its groups, zeros before them, letters of either case, and sometimes the last 32 bits with dots.
  private mutating func spelling(of address: Address) -> String {
    guard !address.isIPv4 else { return address.description }
    let bytes = address.bytes
    var groups = (0..<8).map { index in
      let text = String(Int(bytes[2 * index]) << 8 | Int(bytes[2 * index + 1]), radix: 16, uppercase: below(2) == 0)
      return below(2) == 0 ? text : String(repeating: "0", count: 4 - text.count) + text
    }
    if below(4) == 0 { groups[6...7] = [bytes[12...].map { "\($0)" }.joined(separator: ".")] }
    return groups.joined(separator: ":") + (address.zone.map { "%\($0)" } ?? "")
  }

  /// An address in or near one of the special blocks, often at its very edge.
  mutating func addressNearBlocks() -> Address {
    let block = pick(below(2) == 0 ? SpecialBlock.ipv4 : SpecialBlock.ipv6).network
    let base = pick([block.first, block.last, below(2) == 0 ? block.first : address().withoutZone])
    let step = Int128(pick([0, 1, -1, 2, -2, below(1 << 20), -below(1 << 20)]))
    let near = base.advanced(by: step) ?? base
    guard below(4) == 0 else { return near }
    return Address(value: near.value ^ UInt128(1) << below(near.bitCount), like: near) ?? near
  }

  /// A network's text, sometimes with mistakes, an address that may be a member, a prefix length for its parts and an index.
  mutating func networkLine() -> String {
    let address = address().withoutZone
    let prefix = below(address.bitCount + 1)
    var text = "\(address)/\(prefix)"
    if address.isIPv4, below(3) == 0, let network = Network(address: address, prefix: prefix) {
      text = "\(address)/\(network.mask)"
    }
    if below(3) == 0 { text = mutated(text, alphabet: "0123456789/.:").filter { $0 != " " } }
    let near = Address(value: address.value ^ UInt128(1) << below(address.bitCount), like: address) ?? address
    let member = pick([near, near, self.address().withoutZone])
    return
      "\(text.isEmpty ? "-" : text) \(member) \(prefix + below(8)) \(pick([0, 1, -1, -2, below(1 << 30), -below(1 << 30)]))"
  }
}
