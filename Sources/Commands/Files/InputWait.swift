import Glibc
import Interpreter
import Net
import System

/// Waits by poll(2) until a terminal, a pipe or a device has something to read or has ended.
///
/// - Throws: `interrupted` or `timeout` where the thread that runs now is to stop, and what poll says.
func awaitInput(of file: Int32) throws {
  Watch.aboutToWait()
  while true {
    try Watch.check()
    let watch = Watch.current
    var waits = [
      pollfd(fd: file, events: Int16(POLLIN), revents: 0),
      pollfd(fd: watch?.interrupt.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    let left = watch?.deadline.remaining.map { Int32(clamping: $0 / 1_000_000 + 1) } ?? -1
    guard poll(&waits, 2, left) >= 0 || errno == EINTR else { throw SystemCallError(call: "poll", errno: errno) }
    if waits[0].revents != 0, waits[1].revents == 0 { return }
  }
}
