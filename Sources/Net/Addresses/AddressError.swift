/// What is wrong with a text that should be an address or a network, and where.
public struct AddressError: LayeredError, Hashable {
  /// What the text should be.
  public enum Wanted: String, Sendable {
    case ipv4 = "IPv4 address"
    case ipv6 = "IPv6 address"
    case address
    case network
  }

  /// At most the first 64 bytes of the text.
  public let text: String
  public let wanted: Wanted
  /// How many bytes at the start of the text could begin a right one: where the first wrong character stands, or the end.
  public let offset: Int
  /// What is wrong there: `a digit after a leading 0`.
  public let reason: String
  public let hint: String?

  init(_ text: TextBytes, _ wanted: Wanted, at offset: Int, _ reason: String, hint: String? = nil) {
    let isLong = text.count > 64
    self.text = String(decoding: text.prefix(isLong ? 60 : 64), as: UTF8.self) + (isLong ? "…" : "")
    self.wanted = wanted
    self.offset = offset
    self.reason = reason
    self.hint = hint
  }

  public var layer: Layer { .value }
  public var code: String { "bad-address" }
  public var message: String {
    let name = text.isEmpty ? "an empty text" : text
    return "\(name) is no \(wanted.rawValue): \(reason), at offset \(offset)"
  }
}

extension Address {
  /// Parses an address as `init?(_:)` does, or says what is wrong and where.
  public static func read(_ text: some StringProtocol) throws(AddressError) -> Address {
    if let address = Address(text) { return address }
    throw withBytes(of: text) { AddressDiagnosis($0).ofAddress() }
  }
}

extension Network {
  /// Parses a network as `init?(_:)` does, or says what is wrong and where.
  public static func read(_ text: some StringProtocol) throws(AddressError) -> Network {
    if let network = Network(text) { return network }
    throw withBytes(of: text) { AddressDiagnosis($0).ofNetwork() }
  }
}
