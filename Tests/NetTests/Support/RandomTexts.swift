import Net
import TestSupport

extension SeededRandom {
  /// An address of either family with runs of zeros, of ones, and sometimes a zone.
  mutating func address() -> Address {
    if below(3) == 0 { return Address(v4: pick([UInt32(truncatingIfNeeded: next()), 0, .max, 0x7f00_0001])) }
    var halves: [UInt64] = [0, 0]
    for index in 0..<8 {
      let group: UInt64 = pick([0, 0, 0, next() & 0xffff, next() & 0xf, 0xffff])
      halves[index / 4] = halves[index / 4] << 16 | group
    }
    if below(10) == 0 { halves = [0, 0xffff_0000_0000 | next() >> 32] }
    return Address(v6High: halves[0], low: halves[1], zone: below(8) == 0 ? pick(["eth0", "1", "wlp3s0.100"]) : nil)
  }

  /// The text with up to three bytes changed, removed, doubled or moved in from `alphabet`.
  mutating func mutated(_ text: String, alphabet: String) -> String {
    var characters = Array(text.unicodeScalars)
    let letters = Array(alphabet.unicodeScalars)
    for _ in 0...below(3) where !characters.isEmpty {
      let index = below(characters.count)
      switch below(4) {
      case 0: characters[index] = pick(letters)
      case 1: characters.remove(at: index)
      case 2: characters.insert(characters[index], at: index)
      default: characters.insert(pick(letters), at: index)
      }
    }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: characters)
    return String(result)
  }
}
