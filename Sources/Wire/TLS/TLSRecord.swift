/// One record of TLS: what kind of content its payload is, sealed or not (RFC 8446 §5.1).
public struct TLSRecord: Hashable, Sendable {
  public enum Content: Int, Sendable, CaseIterable {
    case changeCipherSpec = 20
    case alert = 21
    case handshake = 22
    case applicationData = 23
    /// RFC 6520.
    case heartbeat = 24
  }

  public let content: Content
  /// The version in the header; since TLS 1.3 it says 1.2 whatever is spoken.
  public let version: TLSVersion
  public let payload: [UInt8]

  /// The longest payload that any version allows: TLS 1.2's 2^14 + 2048 (RFC 5246 §6.2.3).
  public static let longestPayload = 18_432
}

/// A parser of records: bytes go in with `receive`, records come out with `next`; it does no I/O.
public struct TLSRecordReader: Sendable {
  private var queue = ByteQueue()

  public init() {}

  /// Bytes that are not part of a record given so far.
  public var unconsumed: [UInt8] { queue.all }

  public mutating func receive(_ bytes: [UInt8]) { queue.append(bytes) }

  /// Gives the next whole record, nil if more bytes are needed; a fault stays for ever.
  ///
  ///     struct { ContentType type; ProtocolVersion legacy_record_version; uint16 length; opaque fragment[length]; }
  ///     (RFC 8446 §5.1)
  public mutating func next() throws(TLSFault) -> TLSRecord? {
    let start = Array(queue.prefix(5))
    guard TLSRecordReader.couldBeRecord(start) else { throw .notTLS }
    guard start.count == 5, let content = TLSRecord.Content(rawValue: Int(start[0])) else { return nil }
    let length = Int(start[3]) << 8 | Int(start[4])
    guard length <= TLSRecord.longestPayload else { throw .recordTooLong(length) }
    guard queue.count >= 5 + length else { return nil }
    let record = queue.take(5 + length)
    return TLSRecord(
      content: content, version: TLSVersion(number: Int(start[1]) << 8 | Int(start[2])),
      payload: Array(record.dropFirst(5)))
  }

  /// Tells whether the first bytes of a stream may be those of a record: a known content and 3 as the major version.
  public static func couldBeRecord(_ start: some Collection<UInt8>) -> Bool {
    guard let first = start.first else { return true }
    guard TLSRecord.Content(rawValue: Int(first)) != nil else { return false }
    return start.dropFirst().first.map { $0 == 3 } ?? true
  }
}
