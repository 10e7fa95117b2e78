import CZlib

/// A decompressor: takes bytes as they come, gives pieces of at most 64 KiB, and stops at its limits.
///
/// Call `receive` and then `next` until it gives nil; after the last input `finish`, which throws if the data is not complete.
/// Gzip data may have several members one after the other (RFC 1952 §2.2) and zeros behind the last, as tapes have.
public final class Inflate {
  /// Below this size the output may be any number of times larger than the input.
  private static let ratioFrom = 1 << 20

  private let stream: ZlibStream
  private let format: CompressionFormat
  private let limit: Int
  private let ratio: Int?
  private var produced = 0
  /// Whether the data, or a member of it, has ended.
  private var isBetween = false
  private var hasFailed = false

  /// Makes a decompressor, `inflateInit2`.
  /// - Parameters:
  ///   - limit: how many bytes may come out in all.
  ///   - ratio: how many times larger than the input the output may be, once it is over 1 MiB. Deflate itself reaches 1032.
  public init(_ format: CompressionFormat, limit: Int = .max, ratio: Int? = nil) throws(CompressionError) {
    self.format = format
    self.limit = limit
    self.ratio = ratio
    stream = try ZlibStream(
      start: { inflateInit2_($0, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) },
      end: { inflateEnd($0) })
  }

  /// Takes the next bytes of the input.
  public func receive(_ bytes: [UInt8]) { stream.receive(bytes) }

  /// Gives the next piece of output; nil when more input is needed.
  public func next() throws(CompressionError) -> [UInt8]? {
    guard !hasFailed else { throw .failed }
    do throws(CompressionError) {
      return try piece()
    } catch {
      hasFailed = true
      throw error
    }
  }

  private func piece() throws(CompressionError) -> [UInt8]? {
    while true {
      if isBetween, try !beginMember() { return nil }
      let (output, status) = stream.turn { inflate($0, Z_NO_FLUSH) }
      switch status {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: isBetween = true
      case Z_MEM_ERROR: throw .noMemory
      case Z_NEED_DICT: throw .corrupt(format, offset: stream.consumed, reason: "it needs a preset dictionary")
      default:
        let reason = stream.state.pointee.msg.map { String(cString: $0) } ?? "error \(status)"
        throw .corrupt(format, offset: stream.consumed, reason: reason)
      }
      if !output.isEmpty {
        try count(output.count)
        return output
      }
      if status == Z_BUF_ERROR || (!isBetween && !stream.hasInput) { return nil }
    }
  }

  private func count(_ more: Int) throws(CompressionError) {
    produced += more
    guard produced <= limit else { throw .tooLarge(limit: limit) }
    guard let ratio, produced > Self.ratioFrom else { return }
    guard produced / ratio <= stream.consumed else { throw .ratio(limit: ratio) }
  }

  /// Begins the next member of gzip data if there is one in the input.
  private func beginMember() throws(CompressionError) -> Bool {
    if format == .gzip {
      while stream.next == 0 { stream.skip() }
      guard stream.hasInput else { return false }
      guard stream.next == 0x1F else { throw .trailing(format, offset: stream.consumed) }
      inflateReset(stream.state)
      isBetween = false
      return true
    }
    guard !stream.hasInput else { throw .trailing(format, offset: stream.consumed) }
    return false
  }

  /// Says that the input is complete.
  /// - Throws: `truncated` if the data is not.
  public func finish() throws(CompressionError) {
    guard !hasFailed else { throw .failed }
    guard isBetween else { throw .truncated(format, offset: stream.consumed) }
  }

  /// Decompresses bytes that are all here.
  public static func decompress(
    _ bytes: [UInt8], _ format: CompressionFormat, limit: Int, ratio: Int? = nil
  ) throws(CompressionError) -> [UInt8] {
    let inflate = try Inflate(format, limit: limit, ratio: ratio)
    inflate.receive(bytes)
    var output: [UInt8] = []
    while let piece = try inflate.next() { output += piece }
    try inflate.finish()
    return output
  }
}
