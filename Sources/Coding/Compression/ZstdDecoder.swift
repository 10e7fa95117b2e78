import CZstd

/// A decompressor of Zstandard (RFC 8878): frames one after the other, skippable ones (§3.1.2) left out.
public final class ZstdDecoder: Decompressor {
  private static let pieceSize = 65_536

  private let state: OpaquePointer
  private var input = PendingInput()
  private var limit: OutputLimit
  /// Whether a frame has ended and none has begun since; at the start none has ended either.
  private var isBetween = false
  /// Where the present frame began, and whether one has ended before it.
  private var frame = (start: 0, isFirst: true)
  private var health = DecoderHealth()

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

  public func next() throws(CompressionError) -> [UInt8]? { try health.keep(piece) }

  private func piece() throws(CompressionError) -> [UInt8]? {
    while true {
      // Between two frames the decoder would otherwise begin a frame that is not there.
      if isBetween, input.isEmpty { return nil }
      let before = input.consumed
      if isBetween { frame = (before, false) }
      if before == frame.start { guard try isFrameHere() else { return nil } }
      let (output, result) = turn()
      guard ZSTD_isError(result) == 0 else {
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

  /// Tells whether the number that a frame (RFC 8878 §3.1.1) or a skippable one (§3.1.2) begins with is here; the library would also take those of older
  /// formats, and look for them within a frame.
  private func isFrameHere() throws(CompressionError) -> Bool {
    let magic = Array(input.peek(4))
    let isSkippable = magic.first.map { $0 & 0xF0 == 0x50 } ?? false
    let wanted: [UInt8] = isSkippable ? [magic[0], 0x2A, 0x4D, 0x18] : [0x28, 0xB5, 0x2F, 0xFD]
    guard wanted.starts(with: magic) else {
      guard frame.isFirst else { throw .trailing(.zstd, offset: frame.start) }
      let reason = String(cString: ZSTD_getErrorString(ZSTD_error_prefix_unknown))
      throw .corrupt(.zstd, offset: frame.start, reason: reason)
    }
    return magic.count == wanted.count
  }

  /// Makes one call of `ZSTD_decompressStream` with the waiting input; the result is 0 at the end of a frame.
  ///
  /// The first byte of a frame goes in alone: a frame that is there whole the library would decode by other code, which takes
  /// some that the streaming one refuses, and how the input was cut must not matter.
  private func turn() -> (output: [UInt8], result: Int) {
    var result = 0
    let isAtStart = input.consumed == frame.start
    let output = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
      input.feed { input in
        var source = ZSTD_inBuffer(src: input.baseAddress, size: isAtStart ? min(1, input.count) : input.count, pos: 0)
        var sink = ZSTD_outBuffer(dst: buffer.baseAddress, size: Self.pieceSize, pos: 0)
        result = ZSTD_decompressStream(state, &sink, &source)
        count = sink.pos
        return source.pos
      }
    }
    return (output, result)
  }

  public func finish() throws(CompressionError) {
    try health.check()
    guard isBetween, input.isEmpty else { throw .truncated(.zstd, offset: input.consumed + input.peek(4).count) }
  }
}
