/// How much may come out of a decompressor: a bomb is small data that grows without end.
struct OutputLimit {
  /// Below this size the output may be any number of times larger than the input.
  private static let ratioFrom = 1 << 20

  let bytes: Int
  let ratio: Int?
  private var produced = 0

  init(bytes: Int, ratio: Int?) {
    self.bytes = bytes
    self.ratio = ratio.map { max(1, $0) }
  }

  /// Counts output, of so many bytes of input in all.
  mutating func count(_ more: Int, consumed: Int) throws(CompressionError) {
    guard more <= bytes - produced else { throw .tooLarge(limit: bytes) }
    produced += more
    guard let ratio, produced > Self.ratioFrom else { return }
    guard produced / ratio <= consumed else { throw .ratio(limit: ratio) }
  }
}
