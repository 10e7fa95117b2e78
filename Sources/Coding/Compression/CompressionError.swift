import Net

/// Why data could not be compressed or decompressed.
public enum CompressionError: LayeredError, Hashable {
  /// The data breaks the format; `offset` counts compressed bytes up to where it was noticed.
  case corrupt(CompressionFormat, offset: Int, reason: String)
  /// The input ended inside the data.
  case truncated(CompressionFormat, offset: Int)
  /// Something else follows the end of the data.
  case trailing(CompressionFormat, offset: Int)
  /// The output would be larger than the limit.
  case tooLarge(limit: Int)
  /// The output is more times larger than the input than is allowed.
  case ratio(limit: Int)
  case noMemory
  /// The level is not 0 to 9.
  case badLevel(Int)
  /// A content coding that nobody here undoes, by its name.
  case unknownCoding(String)
  /// More codings one over the other than anybody has reason for.
  case tooManyCodings(limit: Int)
  /// The stream was used after it had failed.
  case failed

  public var layer: Layer { .value }

  public var code: String {
    switch self {
    case .corrupt: "corrupt"
    case .truncated: "truncated"
    case .trailing: "trailing-bytes"
    case .tooLarge, .ratio: "too-large"
    case .noMemory: "no-memory"
    case .badLevel: "bad-level"
    case .unknownCoding: "unknown-coding"
    case .tooManyCodings: "too-many-codings"
    case .failed: "failed-before"
    }
  }

  public var message: String {
    switch self {
    case .corrupt(let format, let offset, let reason):
      "this is not \(format.name) data: \(reason) at byte \(offset)"
    case .truncated(let format, let offset): "the \(format.name) data is cut off after \(offset) bytes"
    case .trailing(let format, let offset): "the \(format.name) data ends at byte \(offset), and more bytes follow"
    case .tooLarge(let limit): "the data grows beyond the limit of \(ByteSize(bytes: Int64(limit)))"
    case .ratio(let limit): "the data grows to more than \(limit) times its size"
    case .noMemory: "there is no memory to decompress"
    case .badLevel(let level): "the compression level \(level) is outside 0 to 9"
    case .unknownCoding(let name): "the content coding “\(name)” is none of gzip, deflate, br, zstd (RFC 9110 §8.4.1)"
    case .tooManyCodings(let limit): "there are more than \(limit) content codings one over the other (RFC 9110 §8.4)"
    case .failed: "the stream failed before"
    }
  }

  public var hint: String? {
    switch self {
    case .tooLarge, .ratio: "raise the limit if you trust where it comes from"
    default: nil
    }
  }
}
