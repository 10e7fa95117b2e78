import Glibc
import Wire

/// The first byte chooses who reads and where the stream is cut; the rest is the stream.
///
/// Whatever the bytes: nothing traps, cuts do not change the outcome, errors name a place inside the stream, and a head that
/// was read can be written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  guard let choice = input.first else { return 0 }
  let stream = Array(input.dropFirst())
  let methods = ["GET", "HEAD", "CONNECT"]
  let role: HTTPReader.Role = choice & 3 == 3 ? .server : .client(requestMethod: methods[Int(choice & 3) % 3])
  let whole = Outcome(stream, role, step: .max)
  let cut = Outcome(stream, role, step: Int(choice >> 2) + 1)
  check(whole == cut, "the outcome depends on the cut")
  if case .peer(_, let offset) = whole.error {
    check(offset >= 0 && offset <= stream.count, "offset out of the stream")
  }
  for head in whole.responses {
    guard let bytes = try? head.bytes() else { continue }
    let again = try? HTTPMessage.parseResponse(bytes, method: "HEAD")
    let first = again?.informational.first ?? again?.head
    check(first == nil || (first?.status == head.status && first?.headers == head.headers), "head changed by writing")
  }
  _ = try? HTTPMessage.dechunk(stream)
  var place = 0
  for annotation in HTTPExplanation(stream, facts: HTTPFacts()).annotations {
    check(annotation.range.lowerBound == place, "an explanation leaves bytes out, or has them twice")
    place = annotation.range.upperBound
  }
  check(place <= stream.count, "an explanation goes beyond the message")
  return 0
}

/// What the reader makes of a stream, over as many messages as it holds.
private struct Outcome: Equatable {
  var body: [UInt8] = []
  var chunks: [HTTPChunk] = []
  var responses: [HTTPResponseHead] = []
  var requests: [HTTPRequestHead] = []
  var trailers: [HTTPHeaders] = []
  var ends: [HTTPEnd] = []
  var error: HTTPError?

  init(_ stream: [UInt8], _ role: HTTPReader.Role, step: Int) {
    var reader = HTTPReader(role: role)
    do throws(HTTPError) {
      var rest = stream[...]
      while !rest.isEmpty {
        reader.receive(rest.prefix(step))
        rest = rest.dropFirst(step)
        try absorb(&reader)
      }
      reader.receiveEnd()
      try absorb(&reader)
    } catch {
      self.error = error
    }
  }

  private mutating func absorb(_ reader: inout HTTPReader) throws(HTTPError) {
    while true {
      switch try reader.next() {
      case .needMore, .closed: return
      case .informational(let head), .response(let head): responses.append(head)
      case .request(let head): requests.append(head)
      case .chunk(let chunk): chunks.append(chunk)
      case .body(let piece): body += piece
      case .trailers(let fields): trailers.append(fields)
      case .end(let end):
        if ends.last != end { ends.append(end) }
        guard end.keepsAlive, !reader.unconsumed.isEmpty else { return }
        try reader.startNext()
      }
    }
  }
}

private func check(_ holds: Bool, _ message: String) {
  guard !holds else { return }
  print(message)
  abort()
}
