/// What undoes a compression: takes bytes as they come, gives pieces of at most 64 KiB, and stops at its limits.
///
/// Call `receive` and then `next` until it gives nil; after the last input `finish`, which throws if the data is not complete.
/// Once it has thrown, it throws `failed`.
public protocol Decompressor: AnyObject {
  /// Takes the next bytes of the input.
  func receive(_ bytes: [UInt8])

  /// Gives the next piece of output, never empty; nil when more input is needed or the data has ended.
  func next() throws(CompressionError) -> [UInt8]?

  /// Says that the input is complete.
  /// - Throws: `truncated` if the data is not.
  func finish() throws(CompressionError)
}

extension Decompressor {
  /// Decompresses bytes that are all here.
  public func all(of bytes: [UInt8]) throws(CompressionError) -> [UInt8] {
    receive(bytes)
    var output: [UInt8] = []
    while let piece = try next() { output += piece }
    try finish()
    return output
  }
}

extension CompressionFormat {
  /// Makes what undoes this format.
  /// - Parameters:
  ///   - limit: how many bytes may come out in all.
  ///   - ratio: how many times larger than the input the output may be, once it is over 1 MiB; nil for any. Deflate itself reaches
  ///     1032, brotli and zstd far more.
  ///   - window: the binary logarithm of the largest window of zstd, which is memory that the sender chooses; nil for the
  ///     library's 27. RFC 9659 §3 allows 23 for the content coding.
  public func decompressor(
    limit: Int = .max, ratio: Int? = nil, window: Int? = nil
  ) throws(CompressionError) -> any Decompressor {
    switch self {
    case .gzip: try Inflate(.gzip, limit: limit, ratio: ratio)
    case .zlib: try Inflate(.zlib, limit: limit, ratio: ratio)
    case .raw: try Inflate(.raw, limit: limit, ratio: ratio)
    case .brotli: try BrotliDecoder(limit: limit, ratio: ratio)
    case .zstd: try ZstdDecoder(limit: limit, ratio: ratio, window: window)
    }
  }
}
