import CZlib

/// A decompressor of deflated data.
///
/// Gzip data may have several members one after the other (RFC 1952 §2.2) and zeros behind the last, as tapes have.
public final class Inflate: Decompressor {
  private let stream: ZlibStream
  private let wrapping: DeflateFormat
  private var limit: OutputLimit
  /// Whether the data, or a member of it, has ended.
  private var isBetween = false
  private var health = DecoderHealth()

  /// Makes a decompressor, `inflateInit2`; the limits are those of `CompressionFormat.decompressor`.
  public init(_ format: DeflateFormat, limit: Int = .max, ratio: Int? = nil) throws(CompressionError) {
    wrapping = format
    self.limit = OutputLimit(bytes: limit, ratio: ratio)
    stream = try ZlibStream(
      start: { inflateInit2_($0, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) },
      end: { inflateEnd($0) })
  }

  public func receive(_ bytes: [UInt8]) { stream.input.append(bytes) }

  public func next() throws(CompressionError) -> [UInt8]? { try health.keep(piece) }

  private func piece() throws(CompressionError) -> [UInt8]? {
    let format = wrapping.format
    while true {
      if isBetween, try !beginMember() { return nil }
      let (output, status) = stream.turn { inflate($0, Z_NO_FLUSH) }
      switch status {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: isBetween = true
      case Z_MEM_ERROR: throw .noMemory
      case Z_NEED_DICT: throw .corrupt(format, offset: stream.input.consumed, reason: "it needs a preset dictionary")
      default:
        let reason = stream.state.pointee.msg.map { String(cString: $0) } ?? "error \(status)"
        throw .corrupt(format, offset: stream.input.consumed, reason: reason)
      }
      if !output.isEmpty {
        try limit.count(output.count, consumed: stream.input.consumed)
        return output
      }
      if status == Z_BUF_ERROR || (!isBetween && stream.input.isEmpty) { return nil }
    }
  }

  /// Begins the next member of gzip data if there is one in the input.
  private func beginMember() throws(CompressionError) -> Bool {
    if wrapping == .gzip {
      while stream.input.first == 0 { stream.input.skip() }
      guard let first = stream.input.first else { return false }
      guard first == 0x1F else { throw .trailing(.gzip, offset: stream.input.consumed) }
      inflateReset(stream.state)
      isBetween = false
      return true
    }
    guard stream.input.isEmpty else { throw .trailing(wrapping.format, offset: stream.input.consumed) }
    return false
  }

  public func finish() throws(CompressionError) {
    try health.check()
    guard isBetween else { throw .truncated(wrapping.format, offset: stream.input.consumed) }
  }

  /// Decompresses bytes that are all here.
  public static func decompress(
    _ bytes: [UInt8], _ format: DeflateFormat, limit: Int, ratio: Int? = nil
  ) throws(CompressionError) -> [UInt8] {
    try Inflate(format, limit: limit, ratio: ratio).all(of: bytes)
  }
}
