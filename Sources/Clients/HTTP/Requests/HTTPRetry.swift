import Net
import Transport
import Wire

/// Whether and when a request is made once more: after 200 ms, and each time twice as long after that.
struct HTTPRetry {
  private var left: Int
  private var delay: Int64 = 200_000_000
  private static let longest: Int64 = 30_000_000_000

  init(left: Int) { self.left = max(0, left) }

  /// Answers of a server that may answer otherwise a little later (RFC 9110 §15.5.9, §15.6, RFC 6585 §4).
  private static let passing: Set<Int> = [408, 429, 500, 502, 503, 504]
  /// Those with which a server says that it did nothing, so that a POST too may be repeated.
  private static let untouched: Set<Int> = [408, 429, 503]

  /// Gives how many nanoseconds to wait after an answer; nil to take it.
  func pause(after head: HTTPResponseHead, to call: HTTPCall) -> Int64? {
    guard left > 0, Self.passing.contains(head.status), call.content.isReplayable else { return nil }
    guard call.mayRepeat || Self.untouched.contains(head.status) else { return nil }
    // Retry-After = HTTP-date / delay-seconds (RFC 9110 §10.2.3)
    guard let text = head.headers["Retry-After"] else { return delay }
    if let seconds = Int64(text) { return TimeSpan(seconds: max(0, seconds))?.nanoseconds ?? .max }
    guard let date = CookieDate.read(text) else { return delay }
    return max(0, date.since(.now())?.nanoseconds ?? delay)
  }

  /// Gives how many nanoseconds to wait after a failure; nil to throw it.
  func pause(after error: HTTPClientError) -> Int64? {
    guard left > 0, error.call.content.isReplayable else { return nil }
    // Where nobody could be reached nothing was done.
    if ["ECONNREFUSED", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"].contains(error.code) { return delay }
    guard error.call.mayRepeat, error.isDisconnect else { return nil }
    return delay
  }

  /// Waits; the deadline and the interrupt end it with their own error.
  mutating func rest(_ pause: Int64, _ call: HTTPCall, _ context: NetworkContext) throws(HTTPClientError) {
    left -= 1
    delay = min(delay * 2, Self.longest)
    let end = min(context.deadline, .after(nanoseconds: pause))
    do throws(WaitError) {
      try wait([], for: .read, deadline: end, interrupt: context.interrupt)
    } catch {
      let reason: TransportError.Reason
      switch error {
      case .timeout where !context.deadline.isOver: return
      case .timeout: reason = .timeout(.deadline)
      case .interrupted: reason = .interrupted
      case .system(let error): reason = .system(error)
      }
      throw HTTPClientError(call, .transport(TransportError(.receive(.some, from: .unnamed), reason)))
    }
  }
}
