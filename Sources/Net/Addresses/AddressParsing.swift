extension Address {
  /// Parses `192.0.2.1`, `2001:db8::1` or `fe80::1%eth0`, as strictly as inet_pton(3); nil for anything else.
  @inlinable
  public init?(_ text: some StringProtocol) {
    guard let address = withBytes(of: text, Address.parse) else { return nil }
    self = address
  }

  @usableFromInline
  static func parse(_ bytes: TextBytes) -> Address? {
    var cursor = TextCursor(bytes)
    // A first group of IPv6 has at most four digits, so that a colon among five bytes tells the families apart.
    guard bytes.prefix(5).contains(UInt8(ascii: ":")) else {
      guard let number = takeIPv4(&cursor), cursor.isAtEnd else { return nil }
      return Address(v4: number)
    }
    guard let (high, low) = takeIPv6(&cursor) else { return nil }
    if cursor.isAtEnd { return Address(v6High: high, low: low) }
    guard cursor.take("%"), isZone(cursor.rest) else { return nil }
    return Address(v6High: high, low: low, zone: String(decoding: cursor.rest, as: UTF8.self))
  }

  /// IPv4address = dec-octet "." dec-octet "." dec-octet "." dec-octet ; dec-octet without leading zeros (RFC 3986 §3.2.2)
  static func takeIPv4(_ cursor: inout TextCursor) -> UInt32? {
    var number: UInt32 = 0
    for index in 0..<4 {
      if index > 0 { guard cursor.take(".") else { return nil } }
      let hasZeroFirst = cursor.next == UInt8(ascii: "0")
      guard let (octet, digits) = cursor.takeDecimal(upTo: 3), octet <= 255, !hasZeroFirst || digits == 1 else {
        return nil
      }
      number = number << 8 | octet
    }
    return number
  }

  /// IPv6address = 8 groups of 1 to 4 hexadecimal digits between ":" ; once "::" stands for one or more groups of zeros ;
  /// the last two groups may be an IPv4address (RFC 4291 §2.2)
  static func takeIPv6(_ cursor: inout TextCursor) -> (high: UInt64, low: UInt64)? {
    var groups: UInt128 = 0
    var count = 0
    var groupsBeforeGap: Int?
    if cursor.take(":") {
      guard cursor.take(":") else { return nil }
      groupsBeforeGap = 0
    }
    while let next = cursor.next, next != UInt8(ascii: "%") {
      let start = cursor.position
      guard count < 8, let (group, _) = cursor.takeHex(upTo: 4) else { return nil }
      if cursor.next == UInt8(ascii: ".") {
        cursor.goBack(to: start)
        guard count <= 6, let tail = takeIPv4(&cursor) else { return nil }
        groups = groups &<< 32 | UInt128(tail)
        count += 2
        break
      }
      groups = groups &<< 16 | UInt128(group)
      count += 1
      guard cursor.take(":") else { break }
      if cursor.take(":") {
        guard groupsBeforeGap == nil else { return nil }
        groupsBeforeGap = count
      } else {
        guard let next = cursor.next, next != UInt8(ascii: "%") else { return nil }
      }
    }
    guard cursor.isAtEnd || cursor.next == UInt8(ascii: "%") else { return nil }
    if let groupsBeforeGap {
      guard count <= 7 else { return nil }
      let tailBits = 16 * (count - groupsBeforeGap)
      let tail = groups & ((UInt128(1) << tailBits) - 1)
      groups = (groups >> tailBits) << (128 - 16 * groupsBeforeGap) | tail
    } else {
      guard count == 8 else { return nil }
    }
    return (UInt64(truncatingIfNeeded: groups >> 64), UInt64(truncatingIfNeeded: groups))
  }
}
