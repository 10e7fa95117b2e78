/// A decompressor of `Content-Encoding: deflate`, which is zlib's format (RFC 9110 §8.4.1.2), and of the raw deflate that some send instead.
///
/// The first two bytes tell: of zlib's header they hold the method 8 and make a multiple of 31 (RFC 1950 §2.2).
final class EitherDeflate: Decompressor {
  private let limit: Int
  private let ratio: Int?
  private var start: [UInt8] = []
  private var inflate: Inflate?
  private var hasFailed = false

  init(limit: Int, ratio: Int?) {
    self.limit = limit
    self.ratio = ratio
  }

  func receive(_ bytes: [UInt8]) {
    if let inflate { return inflate.receive(bytes) }
    start += bytes
  }

  func next() throws(CompressionError) -> [UInt8]? {
    guard !hasFailed else { throw .failed }
    if let inflate { return try inflate.next() }
    guard start.count >= 2 else { return nil }
    let header = Int(start[0]) << 8 | Int(start[1])
    let isZlib = start[0] & 0x0F == 8 && header % 31 == 0
    return try begin(isZlib ? .zlib : .raw).next()
  }

  func finish() throws(CompressionError) {
    guard !hasFailed else { throw .failed }
    // A single byte is too short for zlib, and for raw data only an empty block of a flush.
    let begun = if let inflate { inflate } else { try begin(.zlib) }
    try begun.finish()
  }

  private func begin(_ format: DeflateFormat) throws(CompressionError) -> Inflate {
    do throws(CompressionError) {
      let inflate = try Inflate(format, limit: limit, ratio: ratio)
      inflate.receive(start)
      start = []
      self.inflate = inflate
      return inflate
    } catch {
      hasFailed = true
      throw error
    }
  }
}
