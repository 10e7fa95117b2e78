import Net

/// Bytes that arrived and are not used yet, with their place in the stream; every operation is linear over the stream's life.
struct ByteQueue: Sendable {
  private var bytes: [UInt8] = []
  /// The index of the first byte not taken yet.
  private var start = 0
  /// The index up to which no line feed was found, so that bytes arriving singly are not searched again.
  private var searched = 0
  /// The place in the stream of the first byte not taken yet; streams of 8 EiB do not occur, so sums stay in range.
  private(set) var offset = 0

  var count: Int { bytes.count - start }
  var first: UInt8? { start < bytes.count ? bytes[start] : nil }
  /// A copy of everything not taken yet.
  var all: [UInt8] { Array(bytes[start...]) }

  mutating func append(_ more: [UInt8]) {
    if start == bytes.count {
      bytes = more
      start = 0
      searched = 0
      return
    }
    if start > bytes.count / 2 {
      bytes.removeSubrange(..<start)
      searched -= start
      start = 0
    }
    bytes.append(contentsOf: more)
  }

  /// Gives the bytes not taken yet, at most `limit`, without taking them.
  func prefix(_ limit: Int) -> ArraySlice<UInt8> { bytes[start...].prefix(limit) }

  /// Takes up to `limit` bytes; hands the whole buffer over without a copy when all of it is wanted.
  mutating func take(_ limit: Int) -> [UInt8] {
    let length = min(limit, count)
    let taken: [UInt8]
    if start == 0 && length == bytes.count {
      taken = bytes
      bytes = []
    } else {
      taken = Array(bytes[start..<start + length])
      start += length
    }
    offset += length
    searched = start
    return taken
  }

  /// Gives everything not taken yet back to whom it came from; its place in the stream stays where it is.
  mutating func withdraw() -> [UInt8] {
    let rest = all
    bytes = []
    start = 0
    searched = 0
    return rest
  }

  /// Gives the distance to the next line feed, nil while there is none.
  mutating func distanceToLineFeed() -> Int? {
    searched = max(searched, start)
    let found = bytes.withUnsafeBufferPointer { buffer in
      buffer[searched...].firstIndex(of: ASCII.lf)
    }
    searched = found ?? bytes.count
    return found.map { $0 - start }
  }
}
