/// The search for the first wrong character of a text that is no address, after the strict parser refused it.
struct AddressDiagnosis {
  private let text: TextBytes

  init(_ text: TextBytes) { self.text = text }

  /// What is wrong in a stretch of the text: how many bytes could begin a right one, and what is wrong with the next.
  private typealias Fault = (offset: Int, reason: String)

  /// Says what is wrong with an address; the text must not be one.
  func ofAddress() -> AddressError {
    let slash = text.firstIndex(of: UInt8(ascii: "/"))
    let hint = LegacyAddress(text)?.warning ?? Self.hint(for: text)
    if looksLikeIPv6 {
      let fault = Self.ipv6Fault(text) ?? (slash ?? text.count, "a character that belongs to no address")
      return AddressError(text, .ipv6, at: fault.offset, fault.reason, hint: hint)
    }
    guard looksLikeIPv4 else {
      return AddressError(
        text, .address, at: 0, text.isEmpty ? "nothing is there" : "it begins like none", hint: hint)
    }
    let fault = Self.ipv4Fault(text) ?? (slash ?? text.count, "a character that belongs to no address")
    return AddressError(text, .ipv4, at: fault.offset, fault.reason, hint: hint)
  }

  /// Says what is wrong with a network; the text must not be one.
  func ofNetwork() -> AddressError {
    guard let slash = text.firstIndex(of: UInt8(ascii: "/")) else {
      guard Address.parse(text) != nil else { return ofAddress() }
      return AddressError(text, .network, at: text.count, "the `/` and the prefix length are missing")
    }
    guard let address = Address.parse(TextBytes(rebasing: text[..<slash])) else {
      let inner = AddressDiagnosis(TextBytes(rebasing: text[..<slash])).ofAddress()
      return AddressError(text, .network, at: inner.offset, inner.reason, hint: inner.hint)
    }
    let rest = TextBytes(rebasing: text[(slash + 1)...])
    let known = Self.prefixTexts(of: address)
    let common = known.reduce(0) { max($0, Self.commonLength($1.utf8, rest)) }
    let wanted =
      address.isIPv4 ? "a prefix length is 0 to 32, a mask such as 255.255.255.0" : "a prefix length is 0 to 128"
    let hint = address.isIPv4 ? Self.wildcardHint(rest) : nil
    return AddressError(text, .network, at: slash + 1 + common, wanted, hint: hint)
  }

  // MARK: The families

  /// A colon makes it IPv6, unless decimal digits and a dot come first.
  private var looksLikeIPv6: Bool {
    guard text.contains(UInt8(ascii: ":")) else { return false }
    return text.first { !$0.isDigit } != UInt8(ascii: ".")
  }

  /// Anything that begins with a digit and has no colon is read as IPv4.
  private var looksLikeIPv4: Bool { text.first?.isDigit ?? false }

  /// Walks over `octet "." octet "." octet "." octet` as far as it goes; nil where the whole text is right.
  private static func ipv4Fault(_ text: TextBytes) -> Fault? {
    var position = 0
    for part in 1...4 {
      if part > 1 {
        guard position < text.count else { return (position, "it ends after \(part - 1) of 4 parts") }
        guard text[position] == UInt8(ascii: ".") else {
          return (position, text[position].isDigit ? "a fourth digit of one part" : "no digit and no dot")
        }
        position += 1
      }
      let start = position
      var value = 0
      while position < text.count, text[position].isDigit, position - start < 3 {
        if position > start, text[start] == UInt8(ascii: "0") { return (position, "a digit after a leading 0") }
        value = value * 10 + Int(text[position] - 0x30)
        if value > 255 { return (position, "a part is at most 255") }
        position += 1
      }
      guard position > start else {
        return (position, position < text.count ? "no digit" : "it ends after \(part - 1) of 4 parts")
      }
    }
    guard position < text.count else { return nil }
    switch text[position] {
    case UInt8(ascii: "."): return (position, "more than 4 parts")
    case 0x30...0x39: return (position, "a digit too many")
    case UInt8(ascii: "%"): return (position, "only an IPv6 address has a zone")
    default: return (position, "a character that belongs to no address")
    }
  }

  /// Walks over the groups of RFC 4291 §2.2 as far as they go; nil where the whole text is right.
  private static func ipv6Fault(_ text: TextBytes) -> Fault? {
    let colon = UInt8(ascii: ":")
    var position = 0
    var groups = 0
    var hasGap = false
    if text.first == colon {
      guard text.count > 1 else { return (1, "it ends after one colon") }
      guard text[1] == colon else { return (1, "a single colon at the start") }
      hasGap = true
      position = 2
    }
    var mayEnd = hasGap
    while position < text.count, text[position] != UInt8(ascii: "%") {
      let start = position
      guard groups < (hasGap ? 7 : 8) else { return (position, "more than 8 groups") }
      while position < text.count, text[position].hexValue != nil, position - start < 4 { position += 1 }
      guard position > start else {
        return (position, text[position] == colon ? "a colon too many" : "no hexadecimal digit")
      }
      if position < text.count, text[position] == UInt8(ascii: ".") {
        let hasRoom = hasGap ? groups <= 5 : groups == 6
        guard hasRoom else { return (position, "an IPv4 part fits only into the last 32 bits") }
        guard let fault = ipv4TailFault(text, from: start) else { return nil }
        // What stands before the dot could still be a group.
        return fault.offset > position ? fault : (position, "what stands before the dot is no number up to 255")
      }
      groups += 1
      mayEnd = hasGap || groups == 8
      guard position < text.count, text[position] != UInt8(ascii: "%") else { break }
      guard text[position] == colon else {
        return (position, text[position].hexValue != nil ? "a fifth digit of one group" : "no hexadecimal digit")
      }
      guard groups < (hasGap ? 7 : 8) else { return (position, "more than 8 groups") }
      position += 1
      mayEnd = false
      guard position < text.count, text[position] == colon else { continue }
      guard !hasGap else { return (position, "a second `::`") }
      hasGap = true
      mayEnd = true
      position += 1
    }
    guard mayEnd else { return (position, "it ends after \(groups) of 8 groups") }
    return position < text.count ? zoneFault(text, from: position + 1) : nil
  }

  /// Looks at dotted decimal in the place of the last two groups, and at the zone behind it.
  private static func ipv4TailFault(_ text: TextBytes, from start: Int) -> Fault? {
    let zone = text[start...].firstIndex(of: UInt8(ascii: "%"))
    if let fault = ipv4Fault(TextBytes(rebasing: text[start..<(zone ?? text.count)])) {
      return (start + fault.offset, fault.reason)
    }
    return zone.flatMap { zoneFault(text, from: $0 + 1) }
  }

  /// A zone names an interface: 1 to 15 bytes (see `Address.isZone`).
  private static func zoneFault(_ text: TextBytes, from start: Int) -> Fault? {
    guard start < text.count else { return (start, "the zone after `%` is missing") }
    for position in start..<min(text.count, start + 15)
    where !Address.isZone(TextBytes(rebasing: text[position...position])) {
      return (position, "a character that no interface's name has")
    }
    return text.count > start + 15 ? (start + 15, "a zone has at most 15 bytes") : nil
  }

  // MARK: Prefixes

  /// Gives all that may stand after the slash.
  private static func prefixTexts(of address: Address) -> [String] {
    (0...address.bitCount).flatMap { prefix -> [String] in
      guard address.isIPv4, let network = Network(address: address, prefix: prefix) else { return ["\(prefix)"] }
      return ["\(prefix)", network.mask.description]
    }
  }

  private static func commonLength(_ known: String.UTF8View, _ found: TextBytes) -> Int {
    zip(known, found).prefix { $0 == $1 }.count
  }

  private static func wildcardHint(_ rest: TextBytes) -> String? {
    guard let wildcard = Address.parse(rest), wildcard.isIPv4 else { return nil }
    let mask = ~UInt32(truncatingIfNeeded: wildcard.value)
    let prefix = (~mask).leadingZeroBitCount
    guard prefix == 32 || mask << UInt32(prefix) == 0 else {
      return "the ones of a mask stand together at its start"
    }
    return "\(wildcard) is a wildcard mask; the prefix length is \(prefix)"
  }

  private static func hint(for text: TextBytes) -> String? {
    if MAC.parse(text) != nil { return "this is the MAC address of an interface" }
    return nil
  }
}
