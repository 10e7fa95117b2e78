/// What a key asks of the show.
public enum Cue: Sendable, Equatable {
  case next, back, scrollUp, scrollDown, screenUp, screenDown, blank, skip, retry, rehearsed, live, toStart, toLatest,
    help, end
  case digit(Int)

  /// The keys of a cue, how they are called, and what it does.
  public struct Binding: Sendable {
    public let keys: [Key]
    public let names: String
    public let sentence: String
    let cue: Cue
  }

  /// All keys, in the order in which help shows them. A clicker sends PageDown and PageUp or arrows, and F5, Escape, `b` or `.`.
  public static let bindings: [Binding] = [
    Binding(
      keys: [.character(" "), .enter, .right, .pageDown, .character("n")], names: "space, enter, →, PageDown, n",
      sentence: "goes on: types and runs the next statement", cue: .next),
    Binding(
      keys: [.backspace, .left, .pageUp, .character("p")], names: "backspace, ←, PageUp, p",
      sentence: "looks back; nothing is run again", cue: .back),
    Binding(keys: [.up, .character("k")], names: "↑, k", sentence: "scrolls a long result up", cue: .scrollUp),
    Binding(keys: [.down, .character("j")], names: "↓, j", sentence: "scrolls a long result down", cue: .scrollDown),
    Binding(keys: [.character("u")], names: "u", sentence: "scrolls up by a screen", cue: .screenUp),
    Binding(keys: [.character("d")], names: "d", sentence: "scrolls down by a screen", cue: .screenDown),
    Binding(
      keys: [.character("b"), .character("."), .f5, .escape], names: "b, ., F5, Escape",
      sentence: "blanks the screen, and any key brings it back", cue: .blank),
    Binding(keys: [.character("s")], names: "s", sentence: "skips the next statement", cue: .skip),
    Binding(keys: [.character("r")], names: "r", sentence: "runs a failed or skipped statement again", cue: .retry),
    Binding(
      keys: [.character("f")], names: "f", sentence: "shows in its place what it gave at the rehearsal",
      cue: .rehearsed),
    Binding(
      keys: [.character("i")], names: "i", sentence: "opens a prompt in the same session; `resume` goes on",
      cue: .live),
    Binding(
      keys: [], names: "1 … 9", sentence: "jumps to a heading, 0 to the beginning", cue: .digit(0)),
    Binding(keys: [.home], names: "Home", sentence: "looks back to the beginning", cue: .toStart),
    Binding(keys: [.end], names: "End", sentence: "comes back to where the talk is", cue: .toLatest),
    Binding(keys: [.character("?"), .character("h")], names: "?, h", sentence: "shows these keys", cue: .help),
    Binding(
      keys: [.character("q"), .character("\u{4}")], names: "q, Ctrl-D", sentence: "ends the talk", cue: .end),
  ]

  private static let byKey: [Key: Cue] = Dictionary(
    bindings.flatMap { binding in binding.keys.map { ($0, binding.cue) } }, uniquingKeysWith: { first, _ in first })

  /// Gives what a key asks for; nil if it asks for nothing.
  public init?(_ key: Key) {
    if case .character(let scalar) = key, scalar.isASCII, let digit = Int(String(Character(scalar))) {
      self = .digit(digit)
    } else if let cue = Self.byKey[key] {
      self = cue
    } else {
      return nil
    }
  }
}
