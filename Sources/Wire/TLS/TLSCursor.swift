/// A place in bytes of TLS that reads numbers and vectors from there on (RFC 8446 §3); it never reads beyond the end.
struct TLSCursor {
  private let bytes: ArraySlice<UInt8>
  /// The offset of the next byte in what the slice is of.
  private(set) var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  var isAtEnd: Bool { position == bytes.endIndex }
  var rest: ArraySlice<UInt8> { bytes[position...] }

  /// Takes the next so many bytes.
  mutating func take(_ count: Int) throws(TLSFault) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.endIndex - position else { throw .tooShort }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  /// Reads a number of so many bytes, at most four, the highest first (RFC 8446 §3.3).
  mutating func number(_ count: Int) throws(TLSFault) -> Int {
    try take(min(count, 4)).reduce(0) { $0 << 8 | Int($1) }
  }

  /// Reads a vector whose length stands before it in so many bytes (RFC 8446 §3.4).
  mutating func vector(_ lengthBytes: Int) throws(TLSFault) -> ArraySlice<UInt8> {
    try take(number(lengthBytes))
  }

  /// Reads a vector of numbers of two bytes.
  mutating func numbers(_ lengthBytes: Int) throws(TLSFault) -> [Int] {
    var items = TLSCursor(try vector(lengthBytes))
    var numbers: [Int] = []
    while !items.isAtEnd { numbers.append(try items.number(2)) }
    return numbers
  }

  /// Checks that nothing is left.
  func finish() throws(TLSFault) {
    guard isAtEnd else { throw .trailingBytes }
  }
}

/// What is wrong with bytes that should be a record or a message of TLS.
public enum TLSFault: Error, Hashable, Sendable {
  /// A length reaches beyond the bytes there are.
  case tooShort
  /// Bytes follow where the structure ends.
  case trailingBytes
  /// The first bytes are no header of a record: another protocol speaks.
  case notTLS
  /// A record is longer than 2^14 + 256 bytes (RFC 8446 §5.2), 2^14 + 2048 in TLS 1.2 (RFC 5246 §6.2.3).
  case recordTooLong(Int)

  /// What is wrong, in a sentence.
  public var sentence: String {
    switch self {
    case .tooShort: "a length reaches beyond the bytes there are"
    case .trailingBytes: "bytes follow where the structure ends"
    case .notTLS: "the next bytes are no header of a record"
    case .recordTooLong(let length): "a record of \(length) bytes is longer than any may be"
    }
  }
}
