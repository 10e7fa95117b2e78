import Interpreter
import Synchronization

/// The names of the lab and those that do the same in the real internet, for scripts that run there (`--live`).
public enum LiveNames {
  /// Domains; names below them keep what stands in front. `invalid`, `test` and `example` lead nowhere outside (RFC 2606).
  private static let domains = [("rfc.test", "rfc-editor.org"), ("example.test", "example.com")]

  /// Gives a script in which each name of the lab is a real one, wherever it stands: in a URL as in a line that is sent by hand.
  public static func replaced(in script: [UInt8]) -> [UInt8] {
    domains.reduce(script) { text, pair in replaced(in: text, Array(pair.0.utf8), by: Array(pair.1.utf8)) }
  }

  private static func replaced(in text: [UInt8], _ domain: [UInt8], by other: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      let end = place + domain.count
      if text[place] == domain[0], end <= text.count, text[place..<end].elementsEqual(domain),
        place == 0 || !isInLabel(text[place - 1]), end == text.count || !isInLabel(text[end])
      {
        result += other
        place = end
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return result
  }

  /// Whether a byte belongs to a label of a host name (RFC 952), so that a name beside it is another name.
  private static func isInLabel(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }
}

extension Session {
  /// Whether scripts run on the real internet: `lab start` then starts nothing and maps no name.
  public var isLive: Bool {
    get { service(NetworkService.self) { NetworkService() }.isLive.load(ordering: .relaxed) }
    set { service(NetworkService.self) { NetworkService() }.isLive.store(newValue, ordering: .relaxed) }
  }
}
