import Net
import Transport

/// A connection on which requests are made one after the other.
struct HTTPLink: Sendable {
  let connection: Connection
  let route: HTTPRoute
  /// How many requests were made on it.
  var requests = 0
  /// When it came to rest, nanoseconds of the monotonic clock.
  var idleSince: Int64 = 0

  /// For a look that does not wait, nobody has to interrupt.
  private static let undisturbed = Interrupt()

  /// Whether nothing has come on it since the last response: neither the end of the stream nor bytes that nobody asked for.
  var isQuiet: Bool {
    guard connection.descriptor.isOpen, connection.buffered == 0 else { return false }
    do throws(WaitError) {
      try wait([connection.descriptor], for: .read, deadline: Deadline(nanoseconds: 0), interrupt: Self.undisturbed)
      return false
    } catch {
      return error == .timeout
    }
  }
}
