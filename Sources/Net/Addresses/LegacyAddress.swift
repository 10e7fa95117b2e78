/// An IPv4 address as inet_aton(3) reads it: one to four numbers, decimal, octal after `0` or hexadecimal after `0x`, of which the last fills
/// all the bits that are left.
///
/// Nothing in nsh accepts this; it only tells what other programs would make of a text that was refused.
public struct LegacyAddress: Sendable {
  public let address: Address
  private let text: String
  private let reason: String

  /// Reads a text that is not also a strict address; nil if inet_aton(3) refuses it too.
  public init?(_ text: some StringProtocol) {
    guard let legacy = withBytes(of: text, { LegacyAddress($0) }) else { return nil }
    self = legacy
  }

  init?(_ bytes: TextBytes) {
    guard bytes.count <= 64 else { return nil }
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...4).contains(parts.count) else { return nil }
    var number: UInt64 = 0
    var reason = parts.count == 1 ? "one number is all 32 bits" : "the last number fills the bits that are left"
    for (index, part) in parts.enumerated() {
      guard let (value, radix) = Self.number(part) else { return nil }
      if radix != 10 { reason = radix == 8 ? "a leading 0 means octal" : "0x means hexadecimal" }
      let bits = index + 1 < parts.count ? 8 : UInt64(8 * (5 - parts.count))
      guard value < 1 << bits else { return nil }
      number = number << bits | value
    }
    address = Address(v4: UInt32(truncatingIfNeeded: number))
    text = String(decoding: bytes, as: UTF8.self)
    self.reason = reason
  }

  /// number = "0x" hex digits / "0" octal digits / decimal digits ; at most 32 bits (inet_aton(3))
  private static func number(_ part: TextBytes.SubSequence) -> (value: UInt64, radix: UInt64)? {
    var digits = part
    var radix: UInt64 = 10
    if digits.count > 1, digits.first == 0x30 {
      let isHex = digits.dropFirst().first?.lowercased == UInt8(ascii: "x")
      radix = isHex ? 16 : 8
      digits = digits.dropFirst(isHex ? 2 : 1)
    }
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    for byte in digits {
      guard let digit = byte.hexValue, digit < radix else { return nil }
      value = value * radix + UInt64(digit)
      guard value <= UInt32.max else { return nil }
    }
    return (value, radix)
  }

  /// What to say beside the refusal.
  public var warning: String { "inet_aton(3) takes \(text) for \(address): \(reason)" }
}
