/// The variables of the top level of a session, which all its statements share.
///
/// They stand in slots that never move, since compiled code reads them by number. Only the thread of the session uses them.
final class Globals {
  static let limit = 1 << 16
  let slots: UnsafeMutablePointer<Value?>
  private(set) var numbers: [String: Int] = [:]
  private var count = 0
  private var unused: [Int] = []

  init() {
    slots = .allocate(capacity: Globals.limit)
  }

  deinit {
    slots.deinitialize(count: count)
    slots.deallocate()
  }

  var names: [String] { numbers.keys.sorted() }

  subscript(name: String) -> Value? { numbers[name].flatMap { slots[$0] } }

  /// Gives the slot of a name, a new one if it has none; nil when there are no more.
  func declare(_ name: String) -> Int? {
    if let number = numbers[name] { return number }
    if let number = unused.popLast() {
      numbers[name] = number
      return number
    }
    guard count < Globals.limit else { return nil }
    (slots + count).initialize(to: nil)
    numbers[name] = count
    count += 1
    return count - 1
  }

  /// Takes back a name whose statement was never run.
  func forget(_ name: String) {
    guard let number = numbers.removeValue(forKey: name) else { return }
    slots[number] = nil
    unused.append(number)
  }

  /// Gives copies of all slots, for a job; whoever takes them frees them with `free(_:)`.
  func copy() -> UnsafeMutableBufferPointer<Value?> {
    let copies = UnsafeMutableBufferPointer<Value?>.allocate(capacity: max(1, count))
    _ = copies.initialize(from: UnsafeBufferPointer(start: slots, count: count))
    return UnsafeMutableBufferPointer(start: copies.baseAddress, count: count)
  }

  func set(_ name: String, to value: Value) {
    guard let number = declare(name) else { return }
    slots[number] = value
  }
}
