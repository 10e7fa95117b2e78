/// The comparison of an address with a block, bit by bit: whether it lies inside, and which bits decide.
public struct BlockComparison: Sendable {
  private let block: Network
  private let address: Address

  /// Makes a comparison; nil for an address of the other family.
  public init?(of address: Address, with block: Network) {
    guard address.isIPv4 == block.address.isIPv4 else { return nil }
    self.block = block.masked
    self.address = address
  }

  /// The bits of the prefix in which the two differ.
  private var differing: [Int] { (0..<block.prefix).filter { block.address.bit($0) != address.bit($0) } }

  /// The block, the address under it, marks under the bits that differ, and what follows.
  public var lines: [String] {
    let names = ["\(block)", "\(address.withoutZone)"]
    let width = max(18, names.reduce(0) { max($0, $1.utf8.count) } + 2)
    let group = address.isIPv4 ? 8 : 16
    let shown = max(group, (block.prefix + group - 1) / group * group)
    guard address.isIPv4 || shown <= 48 else { return wholeGroups(names, width) }
    var lines = zip(names, [block.address, address]).map { name, address in
      name.padded(to: width) + BitRow.bits(of: address, prefix: block.prefix, upTo: shown)
    }
    let indices = differing
    if !indices.isEmpty {
      lines.append(
        String(repeating: " ", count: width) + BitRow.marks(under: indices, of: address, prefix: block.prefix))
    }
    return lines + [String(repeating: " ", count: width) + verdict(indices)]
  }

  /// Long prefixes of IPv6 are compared by their hexadecimal groups.
  private func wholeGroups(_ names: [String], _ width: Int) -> [String] {
    zip(names, [block.address, address]).map { $0.padded(to: width) + $1.fullText }
      + [String(repeating: " ", count: width) + verdict(differing)]
  }

  private func verdict(_ differing: [Int]) -> String {
    guard let first = differing.first else {
      return block.prefix == address.bitCount
        ? "all \(block.prefix) bits are the same: it is this address"
        : "the first \(counted(block.prefix, "bit")) \(block.prefix == 1 ? "is" : "are") the same: inside"
    }
    let which = differing.count == 1 ? "bit \(first + 1) differs" : "bit \(first + 1) is the first that differs"
    return address < block.first
      ? "\(which): outside, for the block begins at \(block.first)"
      : "\(which): outside, for the block ends at \(block.last)"
  }
}
