import CZstd

/// A decompressor of Zstandard (RFC 8878): frames one after the other, skippable ones (§3.1.2) left out.
public final class ZstdDecoder: Decompressor {
  private static let pieceSize = 65_536

  private let state: OpaquePointer
  private var input = PendingInput()
  private var limit: OutputLimit
  /// Whether a frame has ended and none has begun since; at the start none has ended either.
  private var isBetween = false
  private var hasFailed = false

  /// Makes a decompressor; the limits are those of `CompressionFormat.decompressor`.
  public init(limit: Int = .max, ratio: Int? = nil, window: Int? = nil) throws(CompressionError) {
    guard let state = ZSTD_createDStream() else { throw .noMemory }
    self.state = state
    self.limit = OutputLimit(bytes: limit, ratio: ratio)
    if let window {
      // The bounds of ZSTD_d_windowLogMax on 64 bits (zstd.h).
      ZSTD_DCtx_setParameter(state, ZSTD_d_windowLogMax, Int32(truncatingIfNeeded: max(10, min(window, 31))))
    }
  }

  deinit { ZSTD_freeDStream(state) }

  public func receive(_ bytes: [UInt8]) { input.append(bytes) }

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
      // Between two frames the decoder would otherwise begin a frame that is not there.
      if isBetween, input.isEmpty { return nil }
      let wasBetween = isBetween
      let before = input.consumed
      let (output, result) = turn()
      guard ZSTD_isError(result) == 0 else {
        // What no frame begins with, behind one that is complete.
        if wasBetween, ZSTD_getErrorCode(result) == ZSTD_error_prefix_unknown {
          throw .trailing(.zstd, offset: before)
        }
        throw .corrupt(.zstd, offset: input.consumed, reason: String(cString: ZSTD_getErrorName(result)))
      }
      isBetween = result == 0
      guard output.isEmpty else {
        try limit.count(output.count, consumed: input.consumed)
        return output
      }
      guard input.consumed > before, !input.isEmpty else { return nil }
    }
  }

  /// Makes one call of `ZSTD_decompressStream` with the waiting input; the result is 0 at the end of a frame.
  private func turn() -> (output: [UInt8], result: Int) {
    var result = 0
    let output = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
      input.feed { input in
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var sink = ZSTD_outBuffer(dst: buffer.baseAddress, size: Self.pieceSize, pos: 0)
        result = ZSTD_decompressStream(state, &sink, &source)
        count = sink.pos
        return source.pos
      }
    }
    return (output, result)
  }

  public func finish() throws(CompressionError) {
    guard !hasFailed else { throw .failed }
    guard isBetween else { throw .truncated(.zstd, offset: input.consumed) }
  }
}
