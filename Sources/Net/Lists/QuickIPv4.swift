/// The short way for the lines that lists are full of: an IPv4 address or network and a newline, and nothing else.
///
/// Whatever it does not know at once, right or wrong, it leaves to the parser that also gives reasons.
enum QuickIPv4 {
  /// The longest line it knows: `255.255.255.255/32`, CR and LF.
  private static let room = 20

  /// Reads a line; gives its interval, the length of its text, and where the next line begins.
  @inline(__always)
  static func line(in bytes: TextBytes, at start: Int) -> (interval: Interval<UInt32>, length: Int, next: Int)? {
    // With this much room no index below can leave the buffer: at most four bytes a part, three for the prefix, one for CR.
    guard bytes.count &- start >= room else { return nil }
    var index = start
    guard let a = part(bytes, &index), bytes[index &- 1] == 0x2E, let b = part(bytes, &index),
      bytes[index &- 1] == 0x2E,
      let c = part(bytes, &index), bytes[index &- 1] == 0x2E, let d = part(bytes, &index)
    else { return nil }
    let number = a &<< 24 | b &<< 16 | c &<< 8 | d
    var end = bytes[index &- 1]
    var hostMask: UInt32 = 0
    if end == 0x2F {
      var length = UInt32(bytes[index] &- 0x30)
      guard length <= 9 else { return nil }
      end = bytes[index &+ 1]
      index &+= 2
      if end &- 0x30 <= 9 {
        guard length > 0 else { return nil }
        length = length &* 10 &+ UInt32(end &- 0x30)
        guard length <= 32 else { return nil }
        end = bytes[index]
        index &+= 1
      }
      hostMask = length == 0 ? .max : (1 &<< (32 &- length)) &- 1
    }
    let length = index &- 1 &- start
    if end == ASCII.cr {
      end = bytes[index]
      index &+= 1
    }
    guard end == 0x0A else { return nil }
    return (Interval(number & ~hostMask, number | hostMask), length, index)
  }

  /// Reads a part of one to three digits without leading zeros, at most 255, and the byte behind it.
  @inline(__always)
  private static func part(_ bytes: TextBytes, _ index: inout Int) -> UInt32? {
    var value = UInt32(bytes[index] &- 0x30)
    guard value <= 9 else { return nil }
    index &+= 1
    var digit = bytes[index] &- 0x30
    index &+= 1
    guard digit <= 9 else { return value }
    guard value > 0 else { return nil }
    value = value &* 10 &+ UInt32(digit)
    digit = bytes[index] &- 0x30
    index &+= 1
    guard digit <= 9 else { return value }
    value = value &* 10 &+ UInt32(digit)
    index &+= 1
    return value <= 255 ? value : nil
  }
}
