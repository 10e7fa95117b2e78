import Net
import System

/// A thread of its own on which functions of a script are called, with copies of the variables of the top level.
final class Worker: Sendable {
  static let stackSize = 16 << 20
  let interrupt = Interrupt()
  private let thread: WorkerThread

  /// Starts the thread; `body` runs there with a machine that belongs to it.
  init(_ session: Session, deadline: Deadline, _ body: @escaping @Sendable (Machine) -> Void) throws(SystemCallError) {
    let globals = Copies(session.globals.copy())
    let interrupt = interrupt
    thread = try WorkerThread.start(stackBytes: Worker.stackSize) {
      let machine = Machine(session, interrupt, globals.slots, stackSize: Worker.stackSize - (64 << 10))
      machine.deadline = deadline
      body(machine)
      globals.free()
    }
  }

  /// Asks the functions to stop and waits for the end of the thread.
  func stop() {
    interrupt.raise()
    thread.join()
  }

  func join() { thread.join() }
}

/// Variables on their way to another thread, the only one that uses them from then on; hence `@unchecked`.
private struct Copies: @unchecked Sendable {
  private let buffer: UnsafeMutableBufferPointer<Value?>
  let slots: UnsafeMutablePointer<Value?>

  init(_ buffer: UnsafeMutableBufferPointer<Value?>) {
    self.buffer = buffer
    slots = buffer.baseAddress ?? .allocate(capacity: 1)
  }

  func free() {
    buffer.deinitialize()
    slots.deallocate()
  }
}

/// The variables of the top level as they were at one time, for threads that begin later; nobody changes it, hence `@unchecked`.
final class Snapshot: @unchecked Sendable {
  private let variables: UnsafeMutableBufferPointer<Value?>

  init(_ globals: Globals) { variables = globals.copy() }

  deinit {
    variables.deinitialize()
    variables.deallocate()
  }

  /// Gives copies of all slots, which whoever takes them frees.
  func copy() -> UnsafeMutableBufferPointer<Value?> {
    let copies = UnsafeMutableBufferPointer<Value?>.allocate(capacity: max(1, variables.count))
    _ = copies.initialize(from: variables)
    return UnsafeMutableBufferPointer(start: copies.baseAddress, count: variables.count)
  }
}
