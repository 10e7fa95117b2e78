/// How much of a message's frame a reader holds before it gives up; bodies pass through and need no limit here.
public struct HTTPLimits: Hashable, Sendable {
  /// Bytes of a whole head: start line, fields, line ends, and empty lines before it.
  public var head = 64 << 10
  /// Bytes of one line of a head or trailer section without its end.
  public var line = 32 << 10
  /// Fields of one section.
  public var fields = 256
  /// Bytes of one chunk-size line with its extensions.
  public var chunkLine = 4 << 10
  /// Bytes of the whole trailer section.
  public var trailers = 16 << 10
  /// Interim 1xx responses before the final one.
  public var informational = 64

  public static let `default` = HTTPLimits()

  public init() {}
}
