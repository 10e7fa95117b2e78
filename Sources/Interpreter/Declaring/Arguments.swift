/// How the arguments of a command lie in memory during a call, one behind the other, each as a value of its own type.
///
/// A pack of parameters could be walked at each call, but then the runtime looks the type of every parameter up again and again,
/// which takes longer than most calls.
struct Arguments: Sendable {
  fileprivate struct Slot: Sendable {
    let name: String
    let offset: Int
    /// Makes the value of what was given, at its place.
    let take: @Sendable (Value?, UnsafeMutableRawPointer) throws -> Void
    let drop: @Sendable (UnsafeMutableRawPointer) -> Void
  }

  private var slots: [Slot] = []
  private var size = 0

  /// Makes room for so many.
  init(count: Int) { slots.reserveCapacity(count) }

  mutating func add<Content>(_ parameter: Parameter<Content>) {
    let alignment = MemoryLayout<Content>.alignment
    let offset = (size + alignment - 1) / alignment * alignment
    size = offset + MemoryLayout<Content>.size
    slots.append(
      Slot(
        name: parameter.spec.name, offset: offset,
        take: { value, place in
          place.initializeMemory(as: Content.self, to: try parameter.take(value))
        },
        drop: { place in place.assumingMemoryBound(to: Content.self).deinitialize(count: 1) }))
  }

  /// Makes the values of what was given to the command of this name, and calls a function while they are there.
  func with<Result>(
    _ given: [Value?], of command: String, _ body: (inout Reading) throws -> Result
  ) throws -> Result {
    try withUnsafeTemporaryAllocation(byteCount: max(size, 1), alignment: 16) { room in
      guard let start = room.baseAddress else { throw ValueError("no-memory", "no memory for a call") }
      var made = 0
      defer { for slot in slots[..<made] { slot.drop(start + slot.offset) } }
      for slot in slots {
        do { try slot.take(made < given.count ? given[made] : nil, start + slot.offset) } catch let error as ValueError
        {
          throw ValueError(
            error.code, "`\(slot.name)` of `\(command)`: \(error.message)", hint: error.hint, layer: .command,
            cause: error.cause)
        }
        made += 1
      }
      var reading = Reading(start: start, slots: slots)
      return try body(&reading)
    }
  }

  /// A walk over the values, in the order of the parameters.
  struct Reading {
    fileprivate let start: UnsafeMutableRawPointer
    fileprivate let slots: [Slot]
    private var next = 0

    fileprivate init(start: UnsafeMutableRawPointer, slots: [Slot]) {
      self.start = start
      self.slots = slots
    }

    mutating func value<Content>(_ type: Content.Type) -> Content {
      defer { next += 1 }
      return (start + slots[next].offset).assumingMemoryBound(to: Content.self).pointee
    }
  }
}
