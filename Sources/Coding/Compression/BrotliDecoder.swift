import CBrotli

/// A decompressor of brotli (RFC 7932). Its window, which the data chooses, is at most 16 MiB.
public final class BrotliDecoder: Decompressor {
  private static let pieceSize = 65_536

  private let state: OpaquePointer
  private var input = PendingInput()
  private var limit: OutputLimit
  private var hasEnded = false
  private var health = DecoderHealth()

  /// Makes a decompressor; the limits are those of `CompressionFormat.decompressor`.
  public init(limit: Int = .max, ratio: Int? = nil) throws(CompressionError) {
    guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else { throw .noMemory }
    self.state = state
    self.limit = OutputLimit(bytes: limit, ratio: ratio)
  }

  deinit { BrotliDecoderDestroyInstance(state) }

  public func receive(_ bytes: [UInt8]) { input.append(bytes) }

  public func next() throws(CompressionError) -> [UInt8]? { try health.keep(piece) }

  private func piece() throws(CompressionError) -> [UInt8]? {
    guard !hasEnded else {
      guard input.isEmpty else { throw .trailing(.brotli, offset: input.consumed) }
      return nil
    }
    let (output, result) = turn()
    switch result {
    case BROTLI_DECODER_RESULT_SUCCESS: hasEnded = true
    case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT, BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT: break
    default:
      let reason = BrotliDecoderErrorString(BrotliDecoderGetErrorCode(state)).map { String(cString: $0) } ?? "error"
      throw .corrupt(.brotli, offset: input.consumed, reason: reason)
    }
    try limit.count(output.count, consumed: input.consumed)
    if output.isEmpty, hasEnded { return try piece() }
    return output.isEmpty ? nil : output
  }

  /// Makes one call of `BrotliDecoderDecompressStream` with the waiting input.
  private func turn() -> (output: [UInt8], result: BrotliDecoderResult) {
    var result = BROTLI_DECODER_RESULT_ERROR
    let output = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
      input.feed { input in
        var available = input.count
        var nextIn = UnsafePointer(input.baseAddress)
        var room = Self.pieceSize
        var nextOut = buffer.baseAddress
        result = BrotliDecoderDecompressStream(state, &available, &nextIn, &room, &nextOut, nil)
        count = Self.pieceSize - room
        return input.count - available
      }
    }
    return (output, result)
  }

  public func finish() throws(CompressionError) {
    try health.check()
    guard hasEnded else { throw .truncated(.brotli, offset: input.consumed) }
  }
}
