/// Addresses that follow each other, one at a time or many at once as text.
public struct AddressRun: Sendable {
  /// The next address and the last one as numbers; nothing is left where the next would be beyond the last.
  private var next: UInt128
  private let last: UInt128
  private var isOver: Bool
  private let first: Address

  /// Makes the run from one address to another of the same family, in the zone of the first; empty if the second comes before.
  public init(from first: Address, to last: Address) {
    self.first = first
    next = first.value
    self.last = last.value
    isOver = first.isIPv4 != last.isIPv4 || last.value < first.value
  }

  /// How many addresses are left; nil beyond 128 bits.
  public var count: UInt128? {
    guard !isOver else { return 0 }
    let (count, overflow) = (last - next).addingReportingOverflow(1)
    return overflow ? nil : count
  }

  @inline(__always)
  private mutating func take() -> UInt128? {
    guard !isOver else { return nil }
    let number = next
    if number == last { isOver = true } else { next = number &+ 1 }
    return number
  }

  /// Gives the next address, then nil.
  public mutating func nextAddress() -> Address? {
    guard let number = take() else { return nil }
    if first.isIPv4 { return Address(v4: UInt32(truncatingIfNeeded: number)) }
    return Address(value: number, like: first)
  }

  /// Gives the next addresses as lines of text, about 64 KiB of them; nil at the end.
  public mutating func nextText() -> [UInt8]? {
    let zone = first.zone
    let text = TextWriter.bytes(capacity: 65_536) { writer in
      while writer.room > 64, let number = take() {
        if first.isIPv4 {
          Address.write(v4: UInt32(truncatingIfNeeded: number), to: &writer)
        } else {
          Address.write(v6: number, to: &writer)
          if let zone {
            writer.write(UInt8(ascii: "%"))
            writer.write(zone)
          }
        }
        writer.write(UInt8(ascii: "\n"))
      }
    }
    return text.isEmpty ? nil : text
  }
}
