/// Input that a decoder has been given and has not taken yet.
struct PendingInput {
  private var bytes: [UInt8] = []
  private var position = 0
  /// How many bytes were taken since the beginning.
  private(set) var consumed = 0

  var isEmpty: Bool { position >= bytes.count }
  /// The next byte.
  var first: UInt8? { isEmpty ? nil : bytes[position] }

  /// Gives the next bytes without taking them, fewer where no more are here.
  func peek(_ count: Int) -> ArraySlice<UInt8> { bytes[min(position, bytes.count)...].prefix(count) }

  mutating func append(_ more: [UInt8]) {
    if isEmpty {
      bytes = more
      position = 0
    } else {
      bytes.append(contentsOf: more)
    }
  }

  /// Leaves out one byte.
  mutating func skip() { drop(1) }

  /// Hands the bytes to a call that says how many of them it took.
  mutating func feed(_ call: (UnsafeMutableBufferPointer<UInt8>) -> Int) {
    let start = position
    let taken = bytes.withUnsafeMutableBufferPointer { call(.init(rebasing: $0[min(start, $0.count)...])) }
    drop(taken)
  }

  private mutating func drop(_ count: Int) {
    let count = max(0, min(count, bytes.count - position))
    position += count
    consumed += count
  }
}
