/// What a recorder has of one connection: its steps, in order, and of their bytes those that the rule keeps.
public struct Recording: Sendable {
  /// The steps kept at the front and at the back; those between are only counted.
  static let stepsAtEachEnd = 8_192

  private var front: [Step] = []
  private var back: [Step] = []
  /// Where in `back`, once it is full, the oldest step stands.
  private var oldest = 0
  /// What was received and what was sent; the same as plain bytes, where a protection seals them.
  private var directions = [Direction(), Direction(), Direction(), Direction()]

  /// Steps that were made but are not kept.
  public private(set) var droppedSteps = 0
  /// Of those, the bytes that they sent and received on the wire.
  public private(set) var droppedTraffic = (sent: 0, received: 0)
  /// How many of the steps are those at the front, before the ones that were dropped.
  public var frontCount: Int { front.count }
  /// Bytes that moved but are not kept.
  public private(set) var droppedBytes = 0
  public private(set) var keptBytes = 0

  /// The places of one direction's steps whose bytes are only kept while they are among the last ones.
  private struct Direction {
    var headBytes = 0
    /// Numbers of steps and how many bytes each keeps, from `first` on; those before are done with.
    var tail: [(number: Int, count: Int)] = []
    var first = 0
    var tailBytes = 0
  }

  public var steps: [Step] { front + back[oldest...] + back[..<oldest] }
  public var stepCount: Int { front.count + back.count }

  /// Adds a step, and tells by how much the recording grew.
  mutating func observe(_ step: Step, keeping: Keeping) -> (isFirst: Bool, steps: Int, bytes: Int) {
    let (steps, bytes) = (stepCount, keptBytes)
    add(step, keeping: keeping)
    return (steps == 0, stepCount - steps, keptBytes - bytes)
  }

  mutating func add(_ step: Step, keeping: Keeping) {
    var step = step
    let bytes = step.bytes
    step.bytes = []
    if keeping == .off { step.secrets = [] }
    let number = front.count + back.count + droppedSteps
    store(step)
    guard step.byteCount > 0 else { return }
    droppedBytes += step.byteCount
    switch keeping {
    case .off: break
    case .all: keepFirst(bytes, of: number)
    case .size(let size): keep(bytes, of: number, size: size, in: Recording.side(of: step.kind))
    }
  }

  private static func side(of kind: Step.Kind) -> Int {
    switch kind {
    case .send: 1
    case .open: 2
    case .seal: 3
    default: 0
    }
  }

  private mutating func store(_ step: Step) {
    if front.count < Recording.stepsAtEachEnd {
      front.append(step)
    } else if back.count < Recording.stepsAtEachEnd {
      back.append(step)
    } else {
      count(-back[oldest].bytes.count - back[oldest].lastBytes.count)
      if back[oldest].kind == .send { droppedTraffic.sent += back[oldest].byteCount }
      if back[oldest].kind == .recv { droppedTraffic.received += back[oldest].byteCount }
      back[oldest] = step
      oldest = (oldest + 1) % back.count
      droppedSteps += 1
    }
  }

  /// Keeps a step's bytes: what still belongs to the first `size` for good, the rest while it is among the last.
  private mutating func keep(_ bytes: [UInt8], of number: Int, size: Int, in side: Int) {
    let room = min(bytes.count, max(0, size - directions[side].headBytes))
    directions[side].headBytes += room
    if room > 0 { keepFirst(room == bytes.count ? bytes : Array(bytes.prefix(room)), of: number) }
    guard room < bytes.count, size > 0 else { return }
    // A whole step is kept by reference; only of one much longer than the rule a part is copied.
    let beyond = bytes.count - room
    let isWhole = room == 0 && beyond <= 2 * size
    let last = isWhole ? bytes : Array(bytes.suffix(min(beyond, size)))
    keepLast(last, of: number)
    directions[side].tail.append((number, last.count))
    directions[side].tailBytes += last.count
    while directions[side].first < directions[side].tail.count - 1 {
      let oldest = directions[side].tail[directions[side].first]
      guard directions[side].tailBytes - oldest.count >= size else { break }
      keepLast([], of: oldest.number)
      directions[side].tailBytes -= oldest.count
      directions[side].first += 1
    }
    if directions[side].first > 1_024, directions[side].first * 2 > directions[side].tail.count {
      directions[side].tail.removeFirst(directions[side].first)
      directions[side].first = 0
    }
  }

  private mutating func keepFirst(_ bytes: [UInt8], of number: Int) {
    guard let index = place(of: number) else { return }
    count(bytes.count - self[index].bytes.count)
    self[index].bytes = bytes
  }

  private mutating func keepLast(_ bytes: [UInt8], of number: Int) {
    guard let index = place(of: number) else { return }
    count(bytes.count - self[index].lastBytes.count)
    self[index].lastBytes = bytes
  }

  private mutating func count(_ kept: Int) {
    keptBytes += kept
    droppedBytes -= kept
  }

  /// The step at a place as `place(of:)` gives it.
  private subscript(_ index: Int) -> Step {
    get { index < front.count ? front[index] : back[index - front.count] }
    _modify {
      if index < front.count { yield &front[index] } else { yield &back[index - front.count] }
    }
  }

  /// Gives where the step of this number is stored (the back's places follow the front's), nil if it is dropped.
  private func place(of number: Int) -> Int? {
    // Numbers count every step; those dropped lay between the front and the back.
    guard number >= front.count else { return number }
    let position = number - front.count - droppedSteps
    guard position >= 0, position < back.count else { return nil }
    return front.count + (oldest + position) % back.count
  }
}
