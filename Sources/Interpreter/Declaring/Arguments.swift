/// How the arguments of a command lie in memory during a call, one behind the other, each as a value of its own type.
///
/// A pack of parameters could be walked at each call, but then the runtime looks the type of every parameter up again and again,
/// which takes longer than most calls.
struct Arguments: Sendable {
  private struct Slot: Sendable {
    let name: String
    let offset: Int
    /// Makes the value of what was given, at its place.
    let take: @Sendable (Value?, UnsafeMutableRawPointer) throws -> Void
    let drop: @Sendable (UnsafeMutableRawPointer) -> Void
  }

  private var slots: [Slot] = []
  private var offsets: [Int] = []
  private var size = 0

  mutating func add<Content>(_ parameter: Parameter<Content>) {
    let alignment = MemoryLayout<Content>.alignment
    let offset = (size + alignment - 1) / alignment * alignment
    size = offset + MemoryLayout<Content>.size
    offsets.append(offset)
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
      var reading = Reading(start: start, offsets: offsets)
      return try body(&reading)
    }
  }

  /// A walk over the values, in the order of the parameters.
  struct Reading {
    fileprivate let start: UnsafeMutableRawPointer
    fileprivate let offsets: [Int]
    private var next = 0

    fileprivate init(start: UnsafeMutableRawPointer, offsets: [Int]) {
      self.start = start
      self.offsets = offsets
    }

    mutating func value<Content>(_ type: Content.Type) -> Content {
      defer { next += 1 }
      return (start + offsets[next]).assumingMemoryBound(to: Content.self).pointee
    }
  }
}
