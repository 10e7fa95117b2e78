import Net

/// One field line of a head or trailer section: a name and the value's bytes exactly as they crossed the wire.
public struct HTTPField: Hashable, Sendable, CustomStringConvertible {
  public var name: String
  /// The value without the white space around it (RFC 9110 §5.5); bytes above 0x7F (obs-text) are kept as they are.
  public var bytes: [UInt8]

  public init(_ name: String, _ value: String) {
    self.name = name
    bytes = Array(value.utf8)
  }

  public init(_ name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The value as text: UTF-8 where it is valid UTF-8, else each byte as the scalar of ISO 8859-1.
  public var value: String { text(of: bytes) }

  /// Whether it decides where the body ends (RFC 9112 §6).
  var framesBody: Bool { ASCII.same(name, "Content-Length") || ASCII.same(name, "Transfer-Encoding") }

  public var description: String { "\(name): \(value)" }

  /// Appends `name: value` CR LF; refuses what would end the line early or change who reads what.
  func write(to out: inout [UInt8]) throws(HTTPError) {
    guard !name.isEmpty, name.utf8.allSatisfy(\.isToken) else { throw .misuse(.notAToken("field name", name)) }
    try refuseBreaks(in: bytes, "value of field \(name)")
    out += name.utf8
    out += [ASCII.colon, ASCII.space]
    out += bytes
    out += [ASCII.cr, ASCII.lf]
  }
}

/// Reads bytes as UTF-8 where they are valid, else as ISO 8859-1, so that no byte is lost.
func text(of bytes: some Collection<UInt8>) -> String {
  if let valid = String(validating: bytes, as: UTF8.self) { return valid }
  var text = String.UnicodeScalarView()
  for byte in bytes { text.append(Unicode.Scalar(byte)) }
  return String(text)
}

/// Refuses CR, LF and NUL, which would let one part of a head forge another (RFC 9110 §5.5).
func refuseBreaks(in bytes: some Sequence<UInt8>, _ part: String) throws(HTTPError) {
  for byte in bytes where byte == ASCII.cr || byte == ASCII.lf || byte == 0 {
    throw .misuse(.lineBreak(part, byte: byte))
  }
}
