/// The pairs of items of a list that share addresses, one pair after the other, each once.
///
/// It goes over the items from the lowest address up and keeps those that reach as far as where it is, so that a list
/// without overlaps takes no longer than sorting it.
public struct AddressOverlaps: Sequence, IteratorProtocol {
  public typealias Pair = (item: AddressItem, with: AddressItem)

  /// By their lowest address, of several with the same the one that reaches furthest first.
  private let items: [AddressItem]
  private var position = 0
  /// Indices of earlier items that reach the one before `position`, which each of them overlaps; up to `told` they were given.
  private var open: [Int] = []
  private var told = 0

  init(_ items: [AddressItem]) {
    self.items = items.sorted { ($0.first, $1.last) < ($1.first, $0.last) }
  }

  public mutating func next() -> Pair? {
    while told == open.count {
      guard position < items.count else { return nil }
      if position > 0 { open.append(position - 1) }
      let start = items[position].first
      open.removeAll { items[$0].last < start }
      told = 0
      position += 1
    }
    defer { told += 1 }
    return (items[position - 1], items[open[told]])
  }
}
