/// The grammar of addresses, networks and ranges walked byte by byte, to find the first byte that no correct text could have.
///
/// It is asked only about texts that the parsers refused, so it may be slow.
struct AddressSyntax {
  private let bytes: TextBytes

  init(_ bytes: TextBytes) { self.bytes = bytes }

  /// How far a walk came: all bytes before `end` can begin what is looked for, and whether they are already all of it.
  private struct Walk {
    let end: Int
    let isComplete: Bool
  }

  private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private func has(_ character: Unicode.Scalar, at index: Int) -> Bool {
    byte(index).map { UInt32($0) } == character.value
  }

  /// The offset of the first wrong byte; the number of bytes where the text only ends too early.
  var firstWrong: Int {
    // The first mark tells the families apart, although `010` alone could go on as IPv6 too.
    let mark = bytes.first { !($0.isDigit || $0.isLetter) }
    return mark == UInt8(ascii: ":") ? after(ipv6(at: 0), isIPv4: false) : after(ipv4(at: 0), isIPv4: true)
  }

  /// Walks what may follow an address: a prefix, or the other end of a range.
  private func after(_ address: Walk, isIPv4: Bool) -> Int {
    let end = address.end
    guard address.isComplete else { return end }
    if has("/", at: end) {
      let length = prefix(at: end + 1, upTo: isIPv4 ? 32 : 128)
      return isIPv4 ? max(length, mask(at: end + 1)) : length
    }
    var start = end
    if has(".", at: end) {
      guard has(".", at: end + 1) else { return end }
      start = end + 2
    } else {
      while byte(start)?.isBlank ?? false { start += 1 }
      guard start < bytes.count else { return bytes.count }
      guard has("-", at: start) else { return start == end ? end : start }
      start += 1
      while byte(start)?.isBlank ?? false { start += 1 }
    }
    let other = isIPv4 ? ipv4(at: start) : ipv6(at: start)
    // All is well written, so what is wrong is the order of the ends.
    return other.isComplete && other.end == bytes.count ? start : other.end
  }

  /// IPv4address = dec-octet "." dec-octet "." dec-octet "." dec-octet (RFC 3986 §3.2.2)
  private func ipv4(at start: Int) -> Walk {
    var index = start
    for octet in 0..<4 {
      if octet > 0 {
        guard has(".", at: index) else { return Walk(end: index, isComplete: false) }
        index += 1
      }
      let end = number(at: index, upTo: 255)
      guard end > index else { return Walk(end: index, isComplete: false) }
      index = end
    }
    return Walk(end: index, isComplete: true)
  }

  /// Walks decimal digits without leading zeros as long as their number is not above a limit.
  private func number(at start: Int, upTo limit: Int) -> Int {
    var (index, value) = (start, 0)
    while let digit = byte(index), digit.isDigit {
      let next = value * 10 + Int(digit - 0x30)
      guard next <= limit, index == start || value > 0 else { break }
      value = next
      index += 1
    }
    return index
  }

  private func prefix(at start: Int, upTo limit: Int) -> Int { number(at: start, upTo: limit) }

  /// mask = four octets of ones, then zeros
  private func mask(at start: Int) -> Int {
    var index = start
    var isInOnes = true
    for octet in 0..<4 {
      if octet > 0 {
        guard has(".", at: index) else { return index }
        index += 1
      }
      let allowed = isInOnes ? ["255", "254", "252", "248", "240", "224", "192", "128", "0"] : ["0"]
      let matching = allowed.map { text in zip(text.utf8, bytes[min(index, bytes.count)...]).prefix { $0 == $1 }.count }
      guard let longest = matching.max(),
        let best = zip(allowed, matching).first(where: { $0.utf8.count == longest && $1 == longest })
      else { return index + (matching.max() ?? 0) }
      isInOnes = best.0 == "255"
      index += longest
    }
    return index
  }

  /// Groups of hexadecimal digits between ":", once "::", perhaps an IPv4address at the end (RFC 4291 §2.2), and a zone.
  private func ipv6(at start: Int) -> Walk {
    var (index, count) = (start, 0)
    var (hasGap, isAfterGap) = (false, false)
    if has(":", at: index) {
      guard has(":", at: index + 1) else { return Walk(end: index + 1, isComplete: false) }
      (hasGap, isAfterGap) = (true, true)
      index += 2
    }
    while true {
      guard !hasGap || count < 7 else { return zone(at: index) }
      let group = index
      while index < group + 4, byte(index)?.hexValue != nil { index += 1 }
      guard index > group else {
        return isAfterGap ? zone(at: index) : Walk(end: index, isComplete: false)
      }
      if has(".", at: index), hasGap ? count <= 5 : count == 6 {
        let tail = ipv4(at: group)
        if tail.end > index { return tail.isComplete ? zone(at: tail.end) : tail }
      }
      count += 1
      let isComplete = hasGap || count == 8
      guard has(":", at: index), count < 8, !(hasGap && count == 7) else {
        return isComplete ? zone(at: index) : Walk(end: index, isComplete: false)
      }
      index += 1
      isAfterGap = false
      guard has(":", at: index) else { continue }
      guard !hasGap else { return Walk(end: index, isComplete: false) }
      (hasGap, isAfterGap) = (true, true)
      index += 1
    }
  }

  /// Walks a zone after an address that is complete (RFC 4007 §11).
  private func zone(at start: Int) -> Walk {
    guard has("%", at: start) else { return Walk(end: start, isComplete: true) }
    var index = start + 1
    while index < bytes.count, index <= start + 15, Address.isZone(TextBytes(rebasing: bytes[index...index])) {
      index += 1
    }
    return Walk(end: index, isComplete: index > start + 1)
  }
}
