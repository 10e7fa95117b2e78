import Net

/// The explanation of a message of HTTP/1 line by line: what each part is, and the section of the standard that rules it.
public struct HTTPExplanation: Sendable {
  public private(set) var annotations: [Annotation] = []
  /// What stopped the reading, if anything did; the annotations end before it.
  public private(set) var error: HTTPError?

  let facts: HTTPFacts
  private let message: [UInt8]
  /// Whether the head of the last message is not complete.
  private var isInHead = true

  /// Explains a request, or the responses to a request of that method, interim ones first; bytes behind the message are one part.
  public init(_ message: [UInt8], method: String = "GET", facts: HTTPFacts) {
    self.message = message
    self.facts = facts
    let role: HTTPReader.Role = HTTPMessage.beginsAsRequest(message) ? .server : .client(requestMethod: method)
    var reader = HTTPReader(role: role)
    reader.receive(message)
    reader.receiveEnd()
    do throws(HTTPError) {
      try walk(&reader)
    } catch {
      self.error = error
      keepLines(before: error, isRequest: role == .server)
    }
  }

  private mutating func walk(_ reader: inout HTTPReader) throws(HTTPError) {
    while true {
      let start = reader.offset
      let event = try reader.next()
      let end = reader.offset
      switch event {
      case .request(let head):
        lines(start..<end, isRequest: true)
        isInHead = false
        framing(reader.framing, at: end, head.headers, isRequest: true)
      case .informational: lines(start..<end, isRequest: false)
      case .response(let head):
        lines(start..<end, isRequest: false)
        isInHead = false
        framing(reader.framing, at: end, head.headers, isRequest: false)
      case .chunk(let chunk):
        if chunk.offset > start { note(start..<chunk.offset, "end of chunk data", "CR LF", "RFC 9112 §7.1") }
        self.chunk(chunk, chunk.offset..<end)
      case .body:
        let isChunk = reader.framing == .chunked
        extend(
          start..<end, isChunk ? "chunk data" : "body", isChunk ? "RFC 9112 §7.1" : "RFC 9110 §6.4")
      case .trailers: trailers(start..<end)
      case .end(let message):
        if end > start { trailers(start..<end) }
        return rest(from: message.offset)
      case .needMore, .closed: return
      }
    }
  }

  /// Adds an annotation.
  mutating func note(
    _ range: Range<Int>, _ field: String, _ value: String, _ source: String, meaning: String = ""
  ) {
    annotations.append(Annotation(range: range, field: field, value: value, meaning: meaning, source: source))
  }

  /// Adds a piece of a body to the piece before it.
  private mutating func extend(_ range: Range<Int>, _ field: String, _ source: String) {
    var start = range.lowerBound
    if let last = annotations.last, last.field == field, last.range.upperBound == start {
      start = last.range.lowerBound
      annotations.removeLast()
    }
    note(start..<range.upperBound, field, "\(range.upperBound - start) bytes", source)
  }

  private mutating func rest(from start: Int) {
    guard start < message.count else { return }
    note(
      start..<message.count, "behind the message",
      "\(message.count - start) bytes: the next message, or another protocol",
      "RFC 9112 §9.3.2")
  }

  /// The lines in a range, each with its end: what is cut off at the end is none.
  func lineRanges(_ range: Range<Int>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = range.lowerBound
    for index in range where message[index] == ASCII.lf {
      ranges.append(start..<(index + 1))
      start = index + 1
    }
    return ranges
  }

  /// The bytes of a line without its end.
  func content(_ line: Range<Int>) -> ArraySlice<UInt8> {
    var bytes = message[line]
    if bytes.last == ASCII.lf { bytes.removeLast() }
    if bytes.last == ASCII.cr { bytes.removeLast() }
    return bytes
  }

  /// Explains the whole lines of a head that stand before the fault in it.
  private mutating func keepLines(before error: HTTPError, isRequest: Bool) {
    guard isInHead, let offset = error.offset else { return }
    let start = annotations.last?.range.upperBound ?? 0
    guard let last = lineRanges(start..<max(start, min(offset, message.count))).last else { return }
    lines(start..<last.upperBound, isRequest: isRequest)
  }
}
