import Net

/// Why a text is no domain name, and at which of its bytes.
public struct DomainNameError: LayeredError, Hashable {
  public enum Reason: Sendable, Hashable {
    case empty, emptyLabel, longLabel, longName, badEscape
  }

  public let reason: Reason
  /// Counted in bytes of the text from 0.
  public let offset: Int

  public var layer: Layer { .dns }
  public var code: String { "bad-name" }
  public var message: String {
    switch reason {
    case .empty: "an empty text is no name; the root is a single dot"
    case .emptyLabel: "the name has an empty label at byte \(offset)"
    case .longLabel: "the label that ends at byte \(offset) has more than 63 bytes"
    case .longName: "the name has more than 255 bytes on the wire"
    case .badEscape: "the \\ at byte \(offset) stands before neither three digits up to 255 nor a character"
    }
  }
}

extension DomainName {
  /// Parses the text of a name: labels between dots, `\.` for a dot inside a label, `\DDD` for any byte (RFC 1035 §5.1).
  ///
  /// A name that does not end in a dot is relative to `origin`; `@` alone is the origin itself. Without an origin every
  /// name is taken as absolute.
  public init(_ text: some Sequence<UInt8>, origin: DomainName = .root) throws(DomainNameError) {
    let bytes = Array(text)
    if bytes == [UInt8(ascii: "@")] {
      self = origin
      return
    }
    guard !bytes.isEmpty else { throw DomainNameError(reason: .empty, offset: 0) }
    if bytes == [UInt8(ascii: ".")] {
      self = .root
      return
    }
    var wire: [UInt8] = [0]
    var lengthAt = 0
    var position = 0
    func endLabel() throws(DomainNameError) {
      let length = wire.count - lengthAt - 1
      guard length > 0 else { throw DomainNameError(reason: .emptyLabel, offset: position) }
      guard length <= DomainName.maximumLabel else { throw DomainNameError(reason: .longLabel, offset: position) }
      wire[lengthAt] = UInt8(length)
      lengthAt = wire.count
      wire.append(0)
    }
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "."): try endLabel()
      case ASCII.backslash:
        guard let (byte, length) = PresentationText.escape(in: bytes, at: position) else {
          throw DomainNameError(reason: .badEscape, offset: position)
        }
        wire.append(byte)
        position += length - 1
      case let byte: wire.append(byte)
      }
      position += 1
      guard wire.count <= 2 * DomainName.maximumLength else {
        throw DomainNameError(reason: .longName, offset: position)
      }
    }
    let isAbsolute = lengthAt == wire.count - 1
    if !isAbsolute { try endLabel() }
    guard wire.count <= DomainName.maximumLength else { throw DomainNameError(reason: .longName, offset: position) }
    let name = DomainName(unchecked: wire)
    guard !isAbsolute else {
      self = name
      return
    }
    guard let whole = name.appending(origin) else { throw DomainNameError(reason: .longName, offset: position) }
    self = whole
  }

  public init(_ text: String, origin: DomainName = .root) throws(DomainNameError) {
    try self.init(Array(text.utf8), origin: origin)
  }
}

extension DomainName: CustomStringConvertible {
  /// The text of the whole name with its final dot; bytes that a zone file would take for something else are escaped.
  public var description: String {
    guard !isRoot else { return "." }
    var text: [UInt8] = []
    text.reserveCapacity(wire.count)
    for label in labels {
      for byte in label {
        switch byte {
        case UInt8(ascii: "."), ASCII.backslash, ASCII.quote, ASCII.semicolon, UInt8(ascii: "("), UInt8(ascii: ")"),
          UInt8(ascii: "@"), UInt8(ascii: "$"):
          text += [ASCII.backslash, byte]
        case 0x21...0x7E: text.append(byte)
        default: PresentationText.appendDecimal(byte, to: &text)
        }
      }
      text.append(UInt8(ascii: "."))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
