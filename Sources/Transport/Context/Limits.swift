import Net

/// How long things may take, and how large they may grow, when nobody said otherwise.
public struct Limits: Sendable, Hashable {
  /// For connecting, all addresses of a name together.
  public var connect = TimeSpan(nanoseconds: 30_000_000_000)
  /// For one wait in which nothing arrives or leaves.
  public var silence = TimeSpan(nanoseconds: 60_000_000_000)
  /// For a whole HTTP exchange, from its first step to the last byte of the body; raw sockets have no such limit.
  public var exchange = TimeSpan(nanoseconds: 600_000_000_000)
  /// Bytes that `line`, `until`, `exactly` and `all` may gather.
  public var gather = 1 << 30

  public init() {}
}
