@testable import Wire

/// The bytes of a text written with `\r\n` as on the wire.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// What one stream gives: the events, the error that stopped it, and what was left over.
///
/// Pieces of the body are joined, so that the way the stream was cut does not show.
struct Reading: Equatable {
  var events: [HTTPEvent] = []
  var error: HTTPError?
  var rest: [UInt8] = []

  /// Takes events until the reader wants more or ends.
  mutating func absorb(_ reader: inout HTTPReader) throws(HTTPError) {
    while true {
      let event = try reader.next()
      switch event {
      case .needMore: return
      case .body(let piece):
        guard case .body(let before) = events.last else {
          events.append(event)
          continue
        }
        events[events.count - 1] = .body(before + piece)
      case .end, .closed:
        if events.last != event { events.append(event) }
        return
      default: events.append(event)
      }
    }
  }
}

/// Feeds a stream in pieces of `step` bytes, then its end, asking for every event after each piece.
func read(
  _ stream: [UInt8], role: HTTPReader.Role = .client(requestMethod: "GET"), step: Int = .max, close: Bool = true,
  limits: HTTPLimits = .default
) -> Reading {
  var reader = HTTPReader(role: role, limits: limits)
  var reading = Reading()
  do throws(HTTPError) {
    var rest = stream[...]
    while !rest.isEmpty {
      reader.receive(rest.prefix(step))
      rest = rest.dropFirst(step)
      try reading.absorb(&reader)
    }
    if close {
      reader.receiveEnd()
      try reading.absorb(&reader)
    }
  } catch {
    reading.error = error
  }
  reading.rest = reader.unconsumed
  return reading
}
