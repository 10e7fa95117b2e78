import Net

/// The checksum of IPv4, ICMP, TCP and UDP (RFC 1071): the complement of the one's complement sum of 16-bit words.
public struct InternetChecksum: Sendable {
  private var sum: UInt64 = 0
  /// The byte that still wants its other half.
  private var odd: UInt8?

  public init() {}

  /// Adds bytes; pieces of odd length may follow each other.
  public mutating func add(_ bytes: some Sequence<UInt8>) {
    let isDone: Void? = bytes.withContiguousStorageIfAvailable { add(buffer: $0) }
    guard isDone == nil else { return }
    for byte in bytes {
      guard let high = odd else {
        odd = byte
        continue
      }
      odd = nil
      add(word: UInt16(high) << 8 | UInt16(byte))
    }
  }

  private mutating func add(buffer: UnsafeBufferPointer<UInt8>) {
    var rest = buffer[...]
    if let high = odd, let low = rest.popFirst() {
      odd = nil
      add(word: UInt16(high) << 8 | UInt16(low))
    }
    var place = rest.startIndex
    while place + 1 < rest.endIndex {
      add(word: UInt16(buffer[place]) << 8 | UInt16(buffer[place + 1]))
      place += 2
    }
    if place < rest.endIndex { odd = buffer[place] }
  }

  private mutating func add(word: UInt16) {
    sum += UInt64(word)
    // Folded early, so that no length overflows the sum.
    if sum > 1 << 40 { sum = (sum & 0xFFFF) + (sum >> 16) }
  }

  /// Adds the pseudo-header of IPv4 (RFC 9293 §3.1) or IPv6 (RFC 8200 §8.1) that TCP, UDP and ICMPv6 are summed with.
  public mutating func addPseudoHeader(source: Address, destination: Address, protocolNumber: UInt8, length: Int) {
    add(source.bytes)
    add(destination.bytes)
    // IPv4 has the length in 16 bits and IPv6 in 32; the sum is the same.
    var tail: [UInt8] = []
    tail.append(number: UInt32(clamping: length))
    tail += [0, 0, 0, protocolNumber]
    add(tail)
  }

  /// The checksum of what was added; a last byte without another half counts as followed by zero (RFC 1071 §4.1).
  public var value: UInt16 {
    var sum = sum + UInt64(odd ?? 0) << 8
    while sum > 0xFFFF { sum = (sum & 0xFFFF) + (sum >> 16) }
    return ~UInt16(truncatingIfNeeded: sum)
  }

  /// Gives the checksum of bytes; over data that contains its right checksum it is 0.
  public static func of(_ bytes: some Sequence<UInt8>) -> UInt16 {
    var checksum = InternetChecksum()
    checksum.add(bytes)
    return checksum.value
  }
}
