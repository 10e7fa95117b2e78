/// The next hops that the texts behind the destinations of lines stood for lately: routes are many and their next hops few.
struct HopCache: Sendable {
  private struct Place: Sendable {
    var text: [UInt8] = []
    var hop: UInt32 = 0
  }

  /// One place for each remainder of a hash; a text takes the place of another.
  private var places = [Place](repeating: Place(), count: 1_024)
  /// Longer texts are not kept, which bounds the memory.
  private static let longestText = 96

  /// Gives the number of the next hop of a text that was seen lately.
  subscript(text: TextBytes) -> UInt32? {
    let place = places[Self.hash(text)]
    guard !text.isEmpty, place.text.count == text.count, place.text.elementsEqual(text) else { return nil }
    return place.hop
  }

  mutating func keep(_ text: TextBytes, _ hop: UInt32) {
    guard text.count <= Self.longestText else { return }
    places[Self.hash(text)] = Place(text: Array(text), hop: hop)
  }

  /// FNV-1a, whose lowest bits name the place.
  private static func hash(_ text: TextBytes) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: (hash ^ hash >> 32) & 1_023)
  }
}
