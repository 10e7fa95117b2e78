extension Address: CustomStringConvertible {
  /// The canonical text: dotted decimal, or IPv6 as RFC 5952 writes it, with `%zone`.
  public var description: String {
    // The longest are an IPv6 address of eight full groups (39 bytes) and a zone of 15 bytes after its "%".
    TextWriter.text(capacity: isIPv4 ? 15 : 55) { writer in
      switch storage {
      case .v4(let number): Address.write(v4: number, to: &writer)
      case .v6(let high, let low): Address.write(high: high, low: low, to: &writer)
      case .scoped(let scoped):
        Address.write(high: scoped.high, low: scoped.low, to: &writer)
        writer.write(UInt8(ascii: "%"))
        writer.write(scoped.zone)
      }
    }
  }

  static func write(v4 number: UInt32, to writer: inout TextWriter) {
    for index in 0..<4 {
      if index > 0 { writer.write(UInt8(ascii: ".")) }
      writer.write(octet: UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * index)))
    }
  }

  static func write(v6 number: UInt128, to writer: inout TextWriter) {
    write(high: UInt64(truncatingIfNeeded: number >> 64), low: UInt64(truncatingIfNeeded: number), to: &writer)
  }

  private static func write(high: UInt64, low: UInt64, to writer: inout TextWriter) {
    // RFC 5952 §5: an address of a well-known prefix with an IPv4 address inside shows it in dotted decimal.
    if high == 0, low >> 32 == 0xffff {
      writer.write("::ffff:")
      return write(v4: UInt32(truncatingIfNeeded: low), to: &writer)
    }
    let gap = longestZeroRun(high: high, low: low)
    var index = 0
    while index < 8 {
      if index == gap.lowerBound, !gap.isEmpty {
        writer.write("::")
        index = gap.upperBound
        continue
      }
      if index > 0, index != gap.upperBound || gap.isEmpty { writer.write(UInt8(ascii: ":")) }
      writer.write(hex: group(index, high: high, low: low))
      index += 1
    }
  }

  /// Finds the groups that `::` shortens (RFC 5952 §4.2): the longest run of two or more zeros, the first of equals.
  private static func longestZeroRun(high: UInt64, low: UInt64) -> Range<Int> {
    var longest = 0..<0
    var start = 0
    for index in 0..<8 {
      guard group(index, high: high, low: low) == 0 else {
        start = index + 1
        continue
      }
      if index + 1 - start > max(longest.count, 1) { longest = start..<(index + 1) }
    }
    return longest
  }

  /// Gives the group of 16 bits at an index from 0 to 7.
  private static func group(_ index: Int, high: UInt64, low: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: (index < 4 ? high : low) &>> UInt64(48 - 16 * (index & 3)) & 0xffff)
  }
}
