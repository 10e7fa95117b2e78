/// Something that begins at a number, by which it can be ordered quickly.
protocol BeginsAtNumber: Sendable {
  associatedtype Number: FixedWidthInteger & UnsignedInteger & Sendable
  var first: Number { get }
}

extension Interval: BeginsAtNumber {}

extension Array where Element: BeginsAtNumber {
  /// Sorts by where the elements begin, with a radix sort of eight bits a pass from the lowest (Knuth, volume 3, §5.2.5, algorithm R).
  ///
  /// It takes as much memory again as the array has. A pass over bits that are the same in all elements is left out, so that
  /// prefixes of 48 bits cost no more than six passes.
  mutating func sortByFirst() {
    guard count > 64 else { return sort { $0.first < $1.first } }
    if indices.dropFirst().allSatisfy({ self[$0 - 1].first <= self[$0].first }) { return }
    var varying: Element.Number = 0
    for element in self { varying |= element.first ^ self[0].first }
    var scratch = [Element](repeating: self[0], count: count)
    for shift in stride(from: 0, to: Element.Number.bitWidth, by: 8)
    where (varying &>> Element.Number(shift)) & 0xFF != 0 {
      withUnsafeBufferPointer { source in
        scratch.withUnsafeMutableBufferPointer { Self.distribute(source, into: $0, shift: Element.Number(shift)) }
      }
      swap(&self, &scratch)
    }
  }

  /// Copies all elements, ordered by eight bits of where they begin and else left in their order.
  private static func distribute(
    _ source: UnsafeBufferPointer<Element>, into target: UnsafeMutableBufferPointer<Element>, shift: Element.Number
  ) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { next in
      next.initialize(repeating: 0)
      for element in source { next[Int(truncatingIfNeeded: (element.first &>> shift) & 0xFF)] += 1 }
      var start = 0
      for digit in 0..<256 { (next[digit], start) = (start, start + next[digit]) }
      // Each place is counted above, so that no index lies beyond the end.
      for element in source {
        let digit = Int(truncatingIfNeeded: (element.first &>> shift) & 0xFF)
        target[next[digit]] = element
        next[digit] += 1
      }
    }
  }
}
