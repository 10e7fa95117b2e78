import Net

/// One line of a head, of trailers or before a chunk, with its place in the stream and how it ended.
struct HTTPLine {
  /// The line without its end.
  let bytes: [UInt8]
  let offset: Int
  let endsWithBareLF: Bool

  /// Splits the end off a line that was taken with its LF.
  init(taken: [UInt8], offset: Int) {
    var bytes = taken
    bytes.removeLast()
    endsWithBareLF = bytes.last != ASCII.cr
    if !endsWithBareLF { bytes.removeLast() }
    self.bytes = bytes
    self.offset = offset
  }

  /// The fault at a byte of this line.
  func fault(_ fault: HTTPFault, at index: Int = 0) -> HTTPError { .peer(fault, offset: offset + index) }

  /// Refuses the controls no part of a head may hold; CR has its own rule (RFC 9112 §2.2, RFC 9110 §5.5).
  func refuseControls() throws(HTTPError) {
    for (index, byte) in bytes.enumerated() where byte.isControl && byte != ASCII.tab {
      throw fault(byte == ASCII.cr ? .bareCR : .control(byte), at: index)
    }
  }
}

extension HTTPLine {
  /// Parses a field line.
  ///
  ///     field-line = field-name ":" OWS field-value OWS    (RFC 9112 §5)
  func field() throws(HTTPError) -> HTTPField {
    guard let colon = bytes.firstIndex(of: ASCII.colon) else { throw fault(.fieldWithoutColon) }
    let name = bytes[..<colon]
    if let last = name.last, last.isBlank { throw fault(.spaceBeforeColon, at: colon - 1) }
    guard !name.isEmpty else { throw fault(.fieldName) }
    if let bad = name.firstIndex(where: { !$0.isToken }) { throw fault(.fieldName, at: bad) }
    return HTTPField(text(of: name), bytes: Array(ASCII.trimmed(bytes[(colon + 1)...])))
  }

  /// Parses a request line; other white space than single spaces is refused, since recipients read it differently.
  ///
  ///     request-line = method SP request-target SP HTTP-version    (RFC 9112 §3)
  func requestHead() throws(HTTPError) -> HTTPRequestHead {
    let parts = bytes.split(separator: ASCII.space, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty else { throw fault(.requestLine) }
    if let bad = parts[0].firstIndex(where: { !$0.isToken }) { throw fault(.method, at: bad) }
    if let bad = parts[1].firstIndex(where: { $0 <= 0x20 || $0 >= 0x7F }) { throw fault(.target, at: bad) }
    guard let version = HTTPVersion(parts[2]), version.major == 1 else {
      throw fault(.version, at: parts[2].startIndex)
    }
    return HTTPRequestHead(method: text(of: parts[0]), target: text(of: parts[1]), version: version)
  }

  /// Parses a status line; the space before an empty phrase may be missing.
  ///
  ///     status-line = HTTP-version SP status-code SP [ reason-phrase ]    (RFC 9112 §4)
  func responseHead() throws(HTTPError) -> (head: HTTPResponseHead, reasonMissing: Bool) {
    guard let version = HTTPVersion(bytes.prefix(8)) else { throw fault(.statusLine) }
    guard version.major == 1 else { throw fault(.version, at: 5) }
    guard bytes.count >= 12, bytes[8] == ASCII.space else { throw fault(.statusLine, at: min(8, bytes.count)) }
    guard bytes[9...11].allSatisfy(\.isDigit), let status = Int(text(of: bytes[9...11])), status >= 100 else {
      throw fault(.statusCode, at: 9)
    }
    guard bytes.count == 12 || bytes[12] == ASCII.space else { throw fault(.statusCode, at: 12) }
    let reason = Array(bytes.dropFirst(13))
    return (HTTPResponseHead(version: version, status: status, reasonBytes: reason), bytes.count == 12)
  }
}
