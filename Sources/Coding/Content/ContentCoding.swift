/// A content coding of HTTP that can be undone (RFC 9110 §8.4.1, RFC 7932 §13, RFC 8878 §7.2).
public enum ContentCoding: String, Sendable, CaseIterable {
  case gzip, deflate, br, zstd, identity

  /// What a client that undoes them all says it accepts, the smallest results first.
  public static let accepted = "br, zstd, gzip, deflate"

  /// The binary logarithm of the largest window of `zstd` as a content coding: 8 MiB (RFC 9659 §3).
  static let zstdWindow = 23

  /// Gives the coding of a name, in any case; `x-gzip` is `gzip` (RFC 9110 §8.4.1.3).
  public init?(name: String) {
    let name = name.lowercased()
    guard let coding = ContentCoding(rawValue: name == "x-gzip" ? "gzip" : name) else { return nil }
    self = coding
  }

  /// Makes what undoes the coding; nil where there is nothing to undo.
  func decompressor(limit: Int, ratio: Int?) throws(CompressionError) -> (any Decompressor)? {
    switch self {
    case .gzip: try CompressionFormat.gzip.decompressor(limit: limit, ratio: ratio)
    case .deflate: EitherDeflate(limit: limit, ratio: ratio)
    case .br: try CompressionFormat.brotli.decompressor(limit: limit, ratio: ratio)
    case .zstd: try CompressionFormat.zstd.decompressor(limit: limit, ratio: ratio, window: Self.zstdWindow)
    case .identity: nil
    }
  }
}
