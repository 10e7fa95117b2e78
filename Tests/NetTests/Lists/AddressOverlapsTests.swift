import Net
import TestSupport
import Testing

@Suite struct AddressOverlapsTests {
  private func pairs(_ items: [AddressItem]) throws -> [(AddressItem, AddressItem)] {
    var list = AddressItemList()
    for item in items { try list.add(item) }
    return list.overlaps.map { ($0.item, $0.with) }
  }

  /// Each pair that a search of all pairs finds, once.
  @Test func givesEachPairOnce() throws {
    var random = SeededRandom(seed: 17)
    for size in [0, 1, 2, 3, 10, 60] {
      for _ in 0..<20 {
        let items = (0..<size).map { _ in AddressItem.network(random.crowdedNetwork()) }
        var wanted: [String] = []
        for (index, one) in items.enumerated() {
          for other in items[(index + 1)...] where one.first <= other.last && other.first <= one.last {
            wanted.append([one, other].map(\.description).sorted().joined(separator: " "))
          }
        }
        let found = try pairs(items).map { [$0.0, $0.1].map(\.description).sorted().joined(separator: " ") }
        #expect(found.sorted() == wanted.sorted(), "\(items)")
      }
    }
  }

  @Test func keepsFamiliesApart() throws {
    let texts = ["0.0.0.0/0", "::/0", "255.255.255.255", "::1", "10.0.0.1-10.0.0.9"]
    let found = try pairs(texts.map { try AddressItem.parse($0) })
    #expect(
      found.map { "\($0.0) in \($0.1)" } == [
        "10.0.0.1..10.0.0.9 in 0.0.0.0/0", "255.255.255.255 in 0.0.0.0/0", "::1 in ::/0",
      ])
  }
}
