import Interpreter

/// Values of which the last few are taken off together as a list: moved, neither copied nor counted.
///
/// A class, since it owns memory.
final class ValueStack {
  private var memory = UnsafeMutableBufferPointer<Value>.allocate(capacity: 64)
  private(set) var count = 0

  deinit {
    memory[..<count].deinitialize()
    memory.deallocate()
  }

  func push(_ value: consuming Value) {
    if count == memory.count { grow() }
    memory.initializeElement(at: count, to: value)
    count += 1
  }

  private func grow() {
    let larger = UnsafeMutableBufferPointer<Value>.allocate(capacity: 2 * memory.count)
    _ = larger.moveInitialize(fromContentsOf: memory)
    memory.deallocate()
    memory = larger
  }

  /// Takes off all values from `start` on, at most `count`.
  func take(from start: Int) -> [Value] {
    let taken = [Value](unsafeUninitializedCapacity: count - start) { room, number in
      _ = room.moveInitialize(fromContentsOf: memory[start..<count])
      number = count - start
    }
    count = start
    return taken
  }

  /// Moves all values from `start` on to where as many others stand.
  func take(from start: Int, into fields: UnsafeMutableBufferPointer<Value>) {
    for index in start..<count { fields[index - start] = memory.moveElement(from: index) }
    count = start
  }
}
