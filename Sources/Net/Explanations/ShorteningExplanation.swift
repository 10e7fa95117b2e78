/// How the text of an IPv6 address came to be as short as it is, rule by rule of RFC 5952 §4.
public struct ShorteningExplanation: Sendable {
  private let address: Address

  /// Makes an explanation; nil for IPv4, which has only one text.
  public init?(_ address: Address) {
    guard !address.isIPv4 else { return nil }
    self.address = address
  }

  /// The lines for people.
  public var lines: [String] {
    let short = groups.map { String($0, radix: 16) }.joined(separator: ":")
    var lines = [
      "How \(address) is written (RFC 5952):", "",
      step(address.fullText, "all 128 bits, as eight groups of four digits"),
      step(
        short,
        short == address.fullText ? "§4.1 no group begins with 0" : "§4.1 zeros at the start of a group are left out"),
    ]
    let text = address.withoutZone.description
    if let mapped = address.mappedIPv4 {
      lines += [step("::ffff:" + hexTail, "§4.2 the zeros become `::`")]
      lines += [step("::ffff:\(mapped)", "§5   an IPv4 address inside a known prefix shows its dots")]
    } else {
      lines += [step(text, gapRule)]
    }
    lines += [step(text, "§4.3 letters are small")]
    if let zone = address.zone {
      lines += [
        step("\(address)", "the zone (RFC 4007 §11) is kept: which interface \(zone) is, only this machine knows")
      ]
    }
    return lines
  }

  private func step(_ text: String, _ rule: String) -> String { text.padded(to: 41) + rule }

  private var groups: [UInt16] {
    let bytes = address.bytes
    return stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
  }

  private var hexTail: String { groups.suffix(2).map { String($0, radix: 16) }.joined(separator: ":") }

  /// The runs of zero groups.
  private var runs: [Range<Int>] {
    var runs: [Range<Int>] = []
    for (index, group) in groups.enumerated() where group == 0 {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<(index + 1)
      } else {
        runs.append(index..<(index + 1))
      }
    }
    return runs
  }

  private var gapRule: String {
    guard let longest = runs.max(by: { $0.count < $1.count }) else { return "§4.2 no group is zero, so no `::`" }
    guard longest.count > 1 else { return "§4.2.2 one zero group alone is not shortened" }
    let equal = runs.filter { $0.count == longest.count }
    let first = equal[0]
    let which = "`::` stands for groups \(first.lowerBound + 1) to \(first.upperBound)"
    if equal.count > 1 { return "§4.2.3 \(which), the first of \(equal.count) runs that are equally long" }
    return runs.count > 1 ? "§4.2.3 \(which), the longest run of zeros" : "§4.2.1 \(which), all zeros of the run"
  }
}
