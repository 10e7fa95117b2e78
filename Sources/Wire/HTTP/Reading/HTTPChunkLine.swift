import Net

extension HTTPLine {
  /// Parses a chunk-size line; spaces and tabs before its end are let pass and reported.
  ///
  ///     chunk-size CRLF, or chunk-size chunk-ext CRLF
  ///     chunk-size = 1*HEXDIG    (RFC 9112 §7.1)
  ///     chunk-ext  = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )    (RFC 9112 §7.1.1)
  func chunk() throws(HTTPError) -> (chunk: HTTPChunk, padded: Bool) {
    var size = 0
    var index = 0
    while index < bytes.count, let digit = bytes[index].hexValue {
      let (product, overflow) = size.multipliedReportingOverflow(by: 16)
      guard !overflow else { throw fault(.chunkSizeTooLarge, at: index) }
      size = product + digit
      index += 1
    }
    guard index > 0 else { throw fault(.chunkSize) }
    guard index == bytes.count || bytes[index].isBlank || bytes[index] == ASCII.semicolon else {
      throw fault(.chunkSize, at: index)
    }
    var scanner = ChunkExtensionScanner(line: self, index: index)
    let extensions = try scanner.all()
    return (
      HTTPChunk(size: size, line: text(of: bytes), extensions: extensions, offset: offset), scanner.endedWithBlank
    )
  }
}

/// A walk along the extensions of one chunk-size line.
private struct ChunkExtensionScanner {
  let line: HTTPLine
  var index: Int
  var endedWithBlank = false

  private var next: UInt8? { index < line.bytes.count ? line.bytes[index] : nil }

  mutating func all() throws(HTTPError) -> [HTTPChunkExtension] {
    var found: [HTTPChunkExtension] = []
    while true {
      let blank = skipBlanks()
      guard let byte = next else {
        endedWithBlank = blank
        return found
      }
      guard byte == ASCII.semicolon else { throw line.fault(.chunkExtension, at: index) }
      index += 1
      skipBlanks()
      let name = try token()
      let afterName = index
      skipBlanks()
      guard next == ASCII.equals else {
        index = afterName
        found.append(HTTPChunkExtension(name))
        continue
      }
      index += 1
      skipBlanks()
      found.append(HTTPChunkExtension(name, next == ASCII.quote ? try quotedString() : try token()))
    }
  }

  @discardableResult
  private mutating func skipBlanks() -> Bool {
    let before = index
    while let byte = next, byte.isBlank { index += 1 }
    return index > before
  }

  private mutating func token() throws(HTTPError) -> String {
    let start = index
    while let byte = next, byte.isToken { index += 1 }
    guard index > start else { throw line.fault(.chunkExtension, at: index) }
    return text(of: line.bytes[start..<index])
  }

  /// quoted-string = DQUOTE *( qdtext / quoted-pair ) DQUOTE (RFC 9110 §5.6.4)
  private mutating func quotedString() throws(HTTPError) -> String {
    var value: [UInt8] = []
    index += 1
    while let byte = next {
      index += 1
      if byte == ASCII.quote { return text(of: value) }
      guard byte == ASCII.backslash else {
        value.append(byte)
        continue
      }
      guard let escaped = next else { break }
      value.append(escaped)
      index += 1
    }
    throw line.fault(.chunkExtension, at: index)
  }
}
