import System
import CSystem
import Glibc
import Net

/// What a wait looks for on a descriptor.
public enum Readiness: Sendable {
  case read
  case write

  var events: Int16 { self == .read ? Int16(POLLIN) : Int16(POLLOUT) }
}

/// Why a wait ended without its descriptor being ready.
public enum WaitError: Error, Sendable, Equatable {
  case timeout
  case interrupted
  case system(SystemCallError)
}

/// Waits by one poll(2) on the descriptors, the deadline and the interrupt until one descriptor is ready.
///
/// `looksFirst` is false where the last call has just said that nothing is ready.
///
/// - Returns: the index of the first descriptor that is ready, in error or hung up: the next call on it tells which.
@discardableResult
public func wait(
  _ descriptors: [Descriptor], for readiness: Readiness, deadline: Deadline, interrupt: Interrupt,
  looksFirst: Bool = true
) throws(WaitError) -> Int {
  var entries = [pollfd(fd: interrupt.descriptor, events: Int16(POLLIN), revents: 0)]
  var borrowed: [Descriptor] = []
  defer { for descriptor in borrowed { descriptor.giveBack() } }
  for descriptor in descriptors {
    guard let number = descriptor.borrow() else { throw .system(SystemCallError(call: "poll", errno: EBADF)) }
    borrowed.append(descriptor)
    entries.append(pollfd(fd: number, events: readiness.events, revents: 0))
  }
  // Looks once without waiting, unless there is nothing to do before a wait.
  var isLook = looksFirst && Watch.current?.beforeWait != nil
  if !looksFirst { Watch.aboutToWait() }
  while true {
    guard !interrupt.isRaised else { throw .interrupted }
    let ready: Int32
    do {
      ready = try systemCall("poll") {
        nsh_poll(&entries, UInt(entries.count), isLook ? 0 : timeLimit(deadline, interrupt))
      }
    } catch {
      throw .system(error)
    }
    guard !interrupt.isRaised, entries[0].revents == 0 else { throw .interrupted }
    if ready > 0, let index = entries.dropFirst().firstIndex(where: { $0.revents != 0 }) { return index - 1 }
    guard !deadline.isOver else { throw .timeout }
    guard isLook else { continue }
    isLook = false
    Watch.aboutToWait()
  }
}

/// Gives the nanoseconds that poll may take, -1 for no limit. An interrupt without a descriptor is looked at every 20 ms.
private func timeLimit(_ deadline: Deadline, _ interrupt: Interrupt) -> Int64 {
  let left = deadline.remaining ?? -1
  guard interrupt.descriptor < 0 else { return left }
  return left < 0 ? 20_000_000 : min(left, 20_000_000)
}
