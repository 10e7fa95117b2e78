/// Whether a decompressor has failed: what it would give after that means nothing.
struct DecoderHealth {
  private var hasFailed = false

  /// Checks that nothing has failed yet.
  func check() throws(CompressionError) {
    guard !hasFailed else { throw .failed }
  }

  /// Gives what a step gives, and remembers if it throws.
  mutating func keep(
    _ step: () throws(CompressionError) -> [UInt8]?
  ) throws(CompressionError) -> [UInt8]? {
    try check()
    do throws(CompressionError) {
      return try step()
    } catch {
      hasFailed = true
      throw error
    }
  }
}
