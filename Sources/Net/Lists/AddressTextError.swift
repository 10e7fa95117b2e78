/// A text that is no address, network or range, and where its first wrong character stands.
public struct AddressTextError: LayeredError, Equatable {
  /// The text, or its beginning.
  public let text: String
  /// How many bytes of it could begin an address, network or range; the text's length where it only ends too early.
  public let offset: Int
  /// What is wrong there: `a digit after a leading 0`.
  public let reason: String
  public let hint: String?

  /// Finds what is wrong with a text that `AddressItem.parse` refused.
  init(in bytes: TextBytes) {
    text = String(decoding: bytes.prefix(64), as: UTF8.self)
    if bytes.count <= AddressItem.longestRange, let mark = AddressItem.rangeMark(in: bytes) {
      let (lower, upper) = (bytes[..<mark.lowerBound], bytes[mark.upperBound...])
      if let wrong = Self.wrongAddress(lower) ?? Self.wrongAddress(upper) {
        (offset, reason, hint) = wrong
      } else {
        (offset, reason, hint) = (mark.upperBound, Self.mismatch(lower, upper), nil)
      }
    } else {
      let error =
        bytes.contains(UInt8(ascii: "/")) ? AddressDiagnosis(bytes).ofNetwork() : AddressDiagnosis(bytes).ofAddress()
      (offset, reason, hint) = (error.offset, error.reason, error.hint)
    }
  }

  /// Makes the error of a text that no parser took.
  init(in text: String) { self = withBytes(of: text) { AddressTextError(in: $0) } }

  /// Gives what is wrong with an end of a range alone, at an offset of the whole text; nil if nothing is.
  private static func wrongAddress(_ end: TextBytes.SubSequence) -> (Int, String, String?)? {
    let bytes = TextBytes(rebasing: end)
    guard Address.parse(bytes) == nil else { return nil }
    let error = AddressDiagnosis(bytes).ofAddress()
    return (end.startIndex + error.offset, error.reason, error.hint)
  }

  /// Why two addresses make no range.
  private static func mismatch(_ lower: TextBytes.SubSequence, _ upper: TextBytes.SubSequence) -> String {
    let (lower, upper) = (Address.parse(TextBytes(rebasing: lower)), Address.parse(TextBytes(rebasing: upper)))
    guard let lower, let upper, lower.isIPv4 == upper.isIPv4 else { return "the ends of a range are of one family" }
    guard lower.zone == nil, upper.zone == nil else { return "the ends of a range have no zone" }
    return "the range goes backwards"
  }

  public var layer: Layer { .value }
  public var code: String { "bad-address" }
  public var message: String { "`\(text)` is no address, network or range: \(reason), at offset \(offset)" }
}
