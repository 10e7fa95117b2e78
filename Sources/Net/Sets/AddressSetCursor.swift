/// A set written down one network or range after the other, IPv4 first, as values or as lines of text.
public struct AddressSetCursor: Sendable {
  /// What a set is written as.
  public enum Form: Sendable {
    /// The fewest networks; `10.0.0.0/8`.
    case networks
    /// Ranges as long as can be; `10.0.0.1..10.0.0.9`, and an address alone as itself.
    case ranges
  }

  private var v4: BlockCursor<UInt32>
  private var v6: BlockCursor<UInt128>
  private let form: Form

  public init(_ set: AddressSet, as form: Form = .networks) {
    v4 = BlockCursor(set.v4, form)
    v6 = BlockCursor(set.v6, form)
    self.form = form
  }

  /// Gives the next network or range, then nil.
  public mutating func next() -> AddressItem? {
    if let block = v4.next() { return item(Address(v4: block.first), Address(v4: block.last), block.commonPrefix) }
    if let block = v6.next() {
      return item(Address(number: block.first), Address(number: block.last), block.commonPrefix)
    }
    return nil
  }

  private func item(_ first: Address, _ last: Address, _ prefix: Int) -> AddressItem? {
    switch form {
    case .networks: Network(address: first, prefix: prefix).map { .network($0) }
    case .ranges: first == last ? .address(first) : .range(first, last)
    }
  }

  /// How much text a piece has.
  private static let pieceSize = 65_536
  /// No line is longer: two IPv6 addresses, the mark and the newline.
  private static let longestLine = 80

  /// Gives the next networks or ranges as lines of text, about 64 KiB of them; nil at the end.
  public mutating func nextText() -> [UInt8]? {
    let piece = TextWriter.bytes(capacity: Self.pieceSize) { writer in
      while writer.room >= Self.longestLine, let block = v4.next() {
        write(block, to: &writer) { Address.write(v4: $0, to: &$1) }
      }
      while writer.room >= Self.longestLine, let block = v6.next() {
        write(block, to: &writer) { Address.write(v6: $0, to: &$1) }
      }
    }
    return piece.isEmpty ? nil : piece
  }

  /// Writes a block as a line; `address` writes a number of its family.
  @inline(__always)
  private func write<Number>(
    _ block: Interval<Number>, to writer: inout TextWriter, address: (Number, inout TextWriter) -> Void
  ) {
    address(block.first, &writer)
    switch form {
    case .networks:
      writer.write(UInt8(ascii: "/"))
      writer.write(octet: UInt8(truncatingIfNeeded: block.commonPrefix))
    case .ranges:
      guard block.first != block.last else { break }
      writer.write("..")
      address(block.last, &writer)
    }
    writer.write(UInt8(ascii: "\n"))
  }
}

/// The blocks that the intervals of one family are written as.
private struct BlockCursor<Number: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  private let intervals: [Interval<Number>]
  private let form: AddressSetCursor.Form
  private var index = 0
  /// What is left of the interval before `index`.
  private var rest: Interval<Number>?

  init(_ set: IntervalSet<Number>, _ form: AddressSetCursor.Form) {
    intervals = set.intervals
    self.form = form
  }

  @inline(__always)
  mutating func next() -> Interval<Number>? {
    var interval: Interval<Number>
    if let rest {
      interval = rest
    } else {
      guard index < intervals.count else { return nil }
      interval = intervals[index]
      index &+= 1
    }
    guard form == .networks else { return interval }
    let end = interval.leadingBlockEnd
    let block = Interval(interval.first, end)
    if end < interval.last {
      interval.first = end &+ 1
      rest = interval
    } else {
      rest = nil
    }
    return block
  }
}
