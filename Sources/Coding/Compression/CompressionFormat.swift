/// How deflated data (RFC 1951) is wrapped.
public enum CompressionFormat: Sendable, Hashable {
  /// RFC 1952; files and `Content-Encoding: gzip`.
  case gzip
  /// RFC 1950; `Content-Encoding: deflate`.
  case zlib
  /// RFC 1951 alone, without header or checksum.
  case raw

  /// The `windowBits` of `deflateInit2` and `inflateInit2` (zlib.h): 15 for the largest window, 16 more for gzip, negative for raw.
  var windowBits: Int32 {
    switch self {
    case .gzip: 31
    case .zlib: 15
    case .raw: -15
    }
  }

  var name: String {
    switch self {
    case .gzip: "gzip"
    case .zlib: "zlib"
    case .raw: "deflate"
    }
  }
}
