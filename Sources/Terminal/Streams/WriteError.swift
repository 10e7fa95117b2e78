import Glibc
import Net
import System

/// Output that could not be written: which stream it was, and what write(2) said.
public struct WriteError: LayeredError {
  /// `standard output`
  public let stream: String
  public let reason: SystemCallError

  /// Whether the reader of a pipe went away, which ends a program quietly.
  public var isClosedPipe: Bool { reason.errno == EPIPE }

  /// Whether Ctrl-C came while the reader did not read.
  public var isInterrupt: Bool { reason.errno == EINTR }

  public var layer: Layer { .file }
  public var code: String { isClosedPipe ? "closed-pipe" : isInterrupt ? "interrupted" : reason.code }
  public var message: String { "write to \(stream)" }
  public var headline: String { "cannot \(message)" }
  public var cause: (any LayeredError)? { reason }
}
