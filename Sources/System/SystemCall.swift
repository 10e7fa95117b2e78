import Glibc

/// Makes a system call: the one place that knows -1, errno and EINTR.
///
/// A call that a signal cut short is made again; everything else that failed is thrown with its errno. Whoever passes a
/// time limit computes it inside `body`, so that it shrinks from try to try.
@discardableResult
@inlinable
public func systemCall<Result: FixedWidthInteger & SignedInteger>(
  _ name: String, _ body: () -> Result
) throws(SystemCallError) -> Result {
  while true {
    let result = body()
    guard result == -1 else { return result }
    let number = errno
    guard number == EINTR else { throw SystemCallError(call: name, errno: number) }
  }
}

extension SystemCallError {
  /// Whether a non-blocking call only says "not now" (EAGAIN, which Linux also calls EWOULDBLOCK).
  package var wouldBlock: Bool { errno == EAGAIN }
}
