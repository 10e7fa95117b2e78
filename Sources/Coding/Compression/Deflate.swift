import CZlib

/// A compressor: takes bytes as they come and gives compressed pieces.
///
/// Call `receive` and then `next` until it gives nil; after the last input `finish`, and again `next` until nil.
public final class Deflate {
  private let stream: ZlibStream
  private var isFinishing = false
  private var isOver = false

  /// Makes a compressor, `deflateInit2`.
  /// - Parameter level: 0 (only store) to 9 (smallest), nil for zlib's default.
  public init(_ format: DeflateFormat, level: Int? = nil) throws(CompressionError) {
    if let level, !(0...9).contains(level) { throw .badLevel(level) }
    let level = level.map { Int32(truncatingIfNeeded: $0) } ?? Z_DEFAULT_COMPRESSION
    stream = try ZlibStream(
      start: {
        deflateInit2_(
          $0, level, Z_DEFLATED, format.windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
          Int32(MemoryLayout<z_stream>.size))
      }, end: { deflateEnd($0) })
  }

  /// Takes the next bytes of the input.
  public func receive(_ bytes: [UInt8]) { stream.input.append(bytes) }

  /// Says that the input is complete.
  public func finish() { isFinishing = true }

  /// Gives the next piece of output, at most 64 KiB; nil when more input is needed or all was given.
  public func next() -> [UInt8]? {
    while !isOver, isFinishing || !stream.input.isEmpty {
      let (output, status) = stream.turn { deflate($0, isFinishing ? Z_FINISH : Z_NO_FLUSH) }
      isOver = status == Z_STREAM_END
      if !output.isEmpty { return output }
      // Z_BUF_ERROR: nothing more can be done with what there is.
      guard status == Z_OK else { break }
    }
    return nil
  }

  /// Compresses bytes that are all here.
  public static func compress(
    _ bytes: [UInt8], _ format: DeflateFormat, level: Int? = nil
  ) throws(CompressionError) -> [UInt8] {
    let deflate = try Deflate(format, level: level)
    deflate.receive(bytes)
    deflate.finish()
    var output: [UInt8] = []
    while let piece = deflate.next() { output += piece }
    return output
  }
}
