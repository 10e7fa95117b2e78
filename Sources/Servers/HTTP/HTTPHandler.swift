import Net

/// What makes an answer of each request that is whole.
public enum HTTPHandler: Sendable {
  /// Answers at once, on the thread that serves all connections; so it must not wait for anything.
  case atOnce(@Sendable (ServedRequest) -> ServedResponse)
  /// Answers in its own time, on one of at most `threads` threads; the interrupt is raised when nobody wants the answer any more.
  case inThreads(Int, stackBytes: Int, @Sendable (ServedRequest, Interrupt) -> ServedResponse)
}
