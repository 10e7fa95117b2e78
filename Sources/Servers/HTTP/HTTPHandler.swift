import Net

/// What makes an answer of each request that is whole.
public enum HTTPHandler: Sendable {
  /// Answers at once, on the thread that serves all connections; so it must not wait for anything.
  case atOnce(@Sendable (ServedRequest) -> ServedResponse)
  /// Answers in its own time, on one of at most `threads` threads; the interrupt is raised when nobody wants the answer any more.
  case inThreads(Int, stackBytes: Int, Make)
  /// Answers at once what cannot take long, and what `atOnce` gives nil for on one of at most `threads` threads.
  case partly(atOnce: @Sendable (ServedRequest) -> ServedResponse?, threads: Int, stackBytes: Int, Make)

  /// Makes an answer and gives it to the reply, once; then it may still fill the pipe of the answer's body.
  public typealias Make = @Sendable (ServedRequest, Interrupt, _ reply: (ServedResponse) -> Void) -> Void
}
