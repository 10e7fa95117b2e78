import Net
import Wire

/// A form with files as multipart/form-data carries it (RFC 7578).
public struct Multipart: Sendable {
  /// What separates the parts.
  public let boundary: String
  private var parts: [HTTPPart] = []

  /// Makes an empty form; of 24 random digits nothing in a body has the like (RFC 2046 §5.1.1).
  public init() {
    let digits = Array("0123456789abcdef".utf8)
    let random = (0..<24).map { _ in digits.randomElement() ?? 0x30 }
    boundary = "------------------------" + String(decoding: random, as: UTF8.self)
  }

  public var contentType: String { "multipart/form-data; boundary=\(boundary)" }

  /// Adds a value.
  public mutating func add(_ name: String, value: [UInt8]) throws(HTTPError) {
    parts.append(.bytes(try head(name, filename: nil, type: nil) + value + Array("\r\n".utf8)))
  }

  /// Adds a file, which is read when the form is sent.
  public mutating func add(
    _ name: String, path: String, length: Int, filename: String, type: String
  ) throws(HTTPError) {
    parts.append(.bytes(try head(name, filename: filename, type: type)))
    parts.append(.file(path: path, length: length))
    parts.append(.bytes(Array("\r\n".utf8)))
  }

  public var content: HTTPContent { .parts(parts + [.bytes(Array("--\(boundary)--\r\n".utf8))]) }

  /// Content-Disposition: form-data; name="…"; filename="…" (RFC 7578 §4.2)
  private func head(_ name: String, filename: String?, type: String?) throws(HTTPError) -> [UInt8] {
    var text = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(try quoted(name, "name of a form's field"))\""
    if let filename { text += "; filename=\"\(try quoted(filename, "name of a form's file"))\"" }
    if let type { text += "\r\nContent-Type: \(try plain(type, "type of a form's file"))" }
    return Array((text + "\r\n\r\n").utf8)
  }

  /// Escapes what would end a quoted string, as browsers do (WHATWG HTML, multipart/form-data).
  private func quoted(_ text: String, _ part: String) throws(HTTPError) -> String {
    try plain(text, part).split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "%22")
  }

  /// Refuses what would let a part forge another.
  private func plain(_ text: String, _ part: String) throws(HTTPError) -> String {
    for byte in text.utf8 where byte == ASCII.cr || byte == ASCII.lf || byte == 0 {
      throw .misuse(.lineBreak(part, byte: byte))
    }
    return text
  }
}
