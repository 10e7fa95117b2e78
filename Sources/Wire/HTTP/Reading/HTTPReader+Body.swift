import Net

extension HTTPReader {
  /// Gives what came of a body of known length.
  mutating func readBody(_ remaining: Int) throws(HTTPError) -> HTTPEvent {
    guard remaining > 0 else { return finish() }
    guard queue.count > 0 else {
      return try needMore(orThrow: .closedInBody(received: bodyLength, of: bodyLength + remaining))
    }
    let piece = queue.take(remaining)
    bodyLength += piece.count
    state = .body(remaining: remaining - piece.count)
    return .body(piece)
  }

  mutating func readUntilClose() -> HTTPEvent {
    guard queue.count > 0 else { return streamEnded ? finish() : .needMore }
    let piece = queue.take(.max)
    bodyLength += piece.count
    return .body(piece)
  }

  /// Reads a chunk-size line. CR LF is required here: the leave to accept LF alone is for heads only (RFC 9112 §2.2, §7.1).
  mutating func readChunkLine() throws(HTTPError) -> HTTPEvent {
    let length = queue.distanceToLineFeed()
    let held = length.map { $0 + 1 } ?? queue.count
    guard held - 2 <= limits.chunkLine else {
      throw .peer(.chunkLineTooLong(limit: limits.chunkLine), offset: queue.offset + limits.chunkLine)
    }
    guard length != nil else { return try needMore(orThrow: .closedInChunks) }
    let offset = queue.offset
    let line = HTTPLine(taken: queue.take(held), offset: offset)
    guard !line.endsWithBareLF else { throw line.fault(.chunkLineEnd, at: line.bytes.count) }
    try line.refuseControls()
    let (chunk, padded) = try line.chunk()
    if padded { letPass(.chunkPadding, at: offset + line.bytes.count - 1) }
    if chunk.size > 0 {
      state = .chunkData(remaining: chunk.size)
    } else {
      trailers = []
      sectionStart = queue.offset
      state = .trailers
    }
    return .chunk(chunk)
  }

  mutating func readChunkData(_ remaining: Int) throws(HTTPError) -> HTTPEvent {
    guard queue.count > 0 else { return try needMore(orThrow: .closedInChunks) }
    let piece = queue.take(remaining)
    bodyLength += piece.count
    state = piece.count == remaining ? .chunkDataEnd : .chunkData(remaining: remaining - piece.count)
    return .body(piece)
  }

  /// Reads the CR LF behind a chunk's data; nil when the state moved on.
  mutating func readChunkDataEnd() throws(HTTPError) -> HTTPEvent? {
    for (index, (byte, expected)) in zip(queue.prefix(2), [ASCII.cr, ASCII.lf]).enumerated() where byte != expected {
      throw .peer(.chunkDataEnd, offset: queue.offset + index)
    }
    guard queue.count >= 2 else { return try needMore(orThrow: .closedInChunks) }
    _ = queue.take(2)
    state = .chunkLine
    return nil
  }

  /// Reads one trailer field or the empty line that ends the message (RFC 9112 §7.1.2); nil when the section goes on.
  mutating func readTrailer() throws(HTTPError) -> HTTPEvent? {
    let limit = limits.trailers
    guard let line = try takeLine(sectionLimit: limit, fault: .trailersTooLarge(limit: limit)) else {
      return try needMore(orThrow: .closedInChunks)
    }
    guard line.bytes.isEmpty else {
      try add(line, to: \.trailers)
      return nil
    }
    let end = finish()
    return trailers.isEmpty ? end : .trailers(trailers)
  }
}
