/// The pace at which a statement is typed: about that of a person who knows what to write.
public struct Typing: Sendable {
  /// How much faster than that: 2 is twice as fast.
  private let speed: Double

  /// In nanoseconds.
  private static let stroke = 42_000_000.0
  /// However long a statement is, nobody watches it for longer than this.
  private static let longest = 6_000_000_000.0

  public init(speed: Double) { self.speed = max(speed, 0.01) }

  /// Gives, for each character of a text, how many nanoseconds pass before it is seen.
  public func pauses(of text: String) -> [Int64] {
    var state: UInt64 = 0x9E37_79B9
    var pauses: [Double] = []
    var before: Character = "\n"
    for character in text {
      // Uneven, and the same at each show.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let jitter = 0.6 + Double(state >> 40) / Double(1 << 24) * 0.8
      let weight =
        switch before {
        case " ": 1.3
        case "|", "{", "(", ",": 2.0
        case "\n": 4.0
        default: 1.0
        }
      pauses.append(Self.stroke * jitter * (character == " " && before == " " ? 0.1 : weight))
      before = character
    }
    let total = pauses.reduce(0, +)
    let factor = (total > Self.longest ? Self.longest / total : 1) / speed
    return pauses.map { Int64($0 * factor) }
  }

  /// Gives how many nanoseconds a text is left to be read where nobody presses a key.
  public func readingTime(words: Int, lines: Int) -> Int64 {
    let seconds = min(1.2 + Double(words) * 0.26 + Double(lines) * 0.35, 20)
    return Int64(seconds / speed * 1_000_000_000)
  }
}
