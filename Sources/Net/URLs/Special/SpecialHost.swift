/// The host of a URL of the web as the WHATWG's host parser reads and writes it (WHATWG URL §3.5): a domain or an address.
enum SpecialHost {
  /// Gives the host as a URL has it: a domain in lower case and ASCII, `127.0.0.1` for any way to write it, `[::1]`.
  ///
  /// - Parameter ascii: makes ASCII of a domain with other characters (UTS 46); nil where it is none, and a nil function
  ///   where nobody can.
  static func parse(_ text: [UInt8], ascii: ((String) -> String?)?) throws(URLError) -> String {
    let shown = String(decoding: text, as: UTF8.self)
    if text.first == UInt8(ascii: "[") {
      guard text.last == UInt8(ascii: "]"), text.count > 2 else { throw .badHost(shown) }
      let inside = String(decoding: text.dropFirst().dropLast(), as: UTF8.self)
      guard !inside.utf8.contains(0x25), let address = Address(inside), !address.isIPv4 else { throw .badHost(shown) }
      return "[\(serialize(address))]"
    }
    let decoded = PercentEncodeSet.decode(text)
    guard let domain = String(validating: decoded, as: UTF8.self) else { throw .badHost(shown) }
    let name = try self.ascii(domain, ascii)
    guard !name.isEmpty, !name.utf8.contains(where: isForbidden) else { throw .badHost(shown) }
    guard endsInNumber(name) else { return name }
    return try ipv4(name)
  }

  /// Makes ASCII in lower case of a domain (§3.3); one that is ASCII stays what it is.
  private static func ascii(_ domain: String, _ convert: ((String) -> String?)?) throws(URLError) -> String {
    if domain.utf8.allSatisfy({ $0 < 0x80 }) { return domain.lowercased() }
    guard let convert else { throw .international(domain) }
    guard let name = convert(domain) else { throw .badHost(domain) }
    return name.lowercased()
  }

  /// Gives the forbidden domain code points (§3.1).
  private static func isForbidden(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x7F || forbidden.contains(byte)
  }

  private static let forbidden = Set("#/:<>?@[\\]^|%".utf8)

  /// Tells whether the last label is a number, so that all of it has to be an address (§3.5, “ends in a number”).
  private static func endsInNumber(_ name: String) -> Bool {
    var labels = name.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
    if labels.last?.isEmpty == true {
      guard labels.count > 1 else { return false }
      labels.removeLast()
    }
    guard let last = labels.last else { return false }
    if !last.isEmpty, last.allSatisfy(\.isDigit) { return true }
    return last.starts(with: "0x".utf8) && last.dropFirst(2).allSatisfy { $0.hexValue != nil }
  }

  /// Reads an address of one to four numbers, decimal, octal with a leading 0 or hexadecimal with 0x; the last one fills what is left (§3.5).
  private static func ipv4(_ name: String) throws(URLError) -> String {
    var labels = name.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
    if labels.last?.isEmpty == true, labels.count > 1 { labels.removeLast() }
    guard labels.count <= 4 else { throw .badHost(name) }
    var value: UInt64 = 0
    for (index, label) in labels.enumerated() {
      guard let number = number(label) else { throw .badHost(name) }
      let isLast = index == labels.count - 1
      // 256 to the power of the places that the last number fills.
      let bound: UInt64 = isLast ? 1 << UInt64(8 * (5 - labels.count)) : 256
      guard number < bound else { throw .badHost(name) }
      value = isLast ? value << UInt64(8 * (5 - labels.count)) | number : value << 8 | number
    }
    return [24, 16, 8, 0].map { String(value >> UInt64($0) & 0xFF) }.joined(separator: ".")
  }

  /// Reads one number of an address; nil where it is none, or more than an address holds.
  private static func number(_ label: Substring.UTF8View) -> UInt64? {
    var digits = label
    var radix = 10
    if label.starts(with: "0x".utf8) {
      (digits, radix) = (label.dropFirst(2), 16)
    } else if label.count > 1, label.first == 0x30 {
      (digits, radix) = (label.dropFirst(), 8)
    }
    guard !label.isEmpty else { return nil }
    var value: UInt64 = 0
    for byte in digits {
      guard let digit = byte.hexValue, digit < radix else { return nil }
      // More than 32 bits are too many whatever follows.
      value = min(value * UInt64(radix) + UInt64(digit), 1 << 40)
    }
    return value
  }

  /// Writes an address of IPv6 in eight pieces, the longest run of two zeros or more as `::` (§3.6); never with a part of IPv4.
  private static func serialize(_ address: Address) -> String {
    let (high, low) = address.halves
    let pieces = (0..<8).map { index in
      UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - 16 * (index % 4)))
    }
    var longest = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, pieces[end] == 0 { end += 1 }
      if end - start > longest.count, end - start > 1 { longest = start..<end }
      start = max(end, start + 1)
    }
    let texts = pieces.map { String($0, radix: 16) }
    guard !longest.isEmpty else { return texts.joined(separator: ":") }
    return texts[..<longest.lowerBound].joined(separator: ":") + "::"
      + texts[longest.upperBound...].joined(separator: ":")
  }
}
