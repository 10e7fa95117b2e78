/// The formats that compressed data has here.
public enum CompressionFormat: Sendable, Hashable, CaseIterable {
  /// RFC 1952; files and `Content-Encoding: gzip`.
  case gzip
  /// RFC 1950; `Content-Encoding: deflate`.
  case zlib
  /// RFC 1951 alone, without header or checksum.
  case raw
  /// RFC 7932; `Content-Encoding: br`.
  case brotli
  /// RFC 8878; `Content-Encoding: zstd`.
  case zstd

  var name: String {
    switch self {
    case .gzip: "gzip"
    case .zlib: "zlib"
    case .raw: "deflate"
    case .brotli: "brotli"
    case .zstd: "zstd"
    }
  }
}

/// How deflated data (RFC 1951) is wrapped.
public enum DeflateFormat: Sendable, Hashable, CaseIterable {
  case gzip, zlib, raw

  public var format: CompressionFormat {
    switch self {
    case .gzip: .gzip
    case .zlib: .zlib
    case .raw: .raw
    }
  }

  /// The `windowBits` of `deflateInit2` and `inflateInit2` (zlib.h): 15 for the largest window, 16 more for gzip, negative for raw.
  var windowBits: Int32 {
    switch self {
    case .gzip: 31
    case .zlib: 15
    case .raw: -15
    }
  }
}
