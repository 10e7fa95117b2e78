/// A generator of the same numbers for the same seed (SplitMix64), so that a failure can be repeated.
public struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Gives a number from 0 to below the bound; 0 where there is none.
  public mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &self) }

  public mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  /// Any number of 64 bits, small ones as likely as large ones.
  public mutating func number() -> Int64 { Int64(bitPattern: next()) >> Int64(below(64)) }

  /// Bytes of which some are repeated runs, so that they can be compressed.
  public mutating func bytes(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let byte = UInt8(truncatingIfNeeded: next())
      bytes += repeatElement(byte, count: min(count - bytes.count, below(3) == 0 ? 1 + below(40) : 1))
    }
    return bytes
  }
}
