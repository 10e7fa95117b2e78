/// A text that is no address, network or range, and where its first wrong character stands.
public struct AddressTextError: LayeredError, Equatable {
  /// The text, or its beginning.
  public let text: String
  /// How many bytes of it could begin an address, network or range; the text's length where it only ends too early.
  public let offset: Int

  init(in bytes: TextBytes) {
    text = String(decoding: bytes.prefix(64), as: UTF8.self)
    offset = AddressSyntax(bytes).firstWrong
  }

  public var layer: Layer { .value }
  public var code: String { "bad-address" }

  public var message: String { "`\(text)` is no address, network or range: \(reason), at offset \(offset)" }

  public var hint: String? { LegacyAddress(text)?.warning }

  /// Says what is wrong at the offset.
  var reason: String {
    let rest = text.utf8.dropFirst(offset)
    guard !rest.isEmpty else { return "it ends too early" }
    // An offset never lies within a character: all that addresses are made of is ASCII.
    return "`\(String(decoding: rest, as: UTF8.self).prefix(1))` cannot stand there"
  }
}
