import Glibc
import Net

extension Machine {
  /// Runs a loop's body once; a `break` or `continue` from inside an expression ends it like one that stands alone.
  @inline(__always)
  func turn(_ body: Exec) throws(Unwind) -> Completion {
    do throws(Unwind) { return try body(self) } catch {
      guard case .jump(let completion) = error.kind else { throw error }
      return completion
    }
  }

  /// Calls a body for each item of a list, range, record, stream or text's lines until it says `break` or `return`.
  func forEach(
    in sequence: Value, at place: Place, _ body: (Value) throws(Unwind) -> Completion
  ) throws(Unwind) {
    func run(_ item: Value) throws(Unwind) -> Bool {
      try checkpoint(place)
      switch try body(item) {
      case .normal, .continue: return true
      case .break: return false
      case .return:
        pendingReturn = true
        return false
      }
    }
    switch sequence {
    case .list(let list):
      for item in list.items { guard try run(item) else { return } }
    case .range(let range):
      if let (first, last) = range.content.integers {
        guard first <= last else { return }
        for number in first...last { guard try run(.int(number)) else { return } }
        return
      }
      let next = range.content.members()
      while let item = next() { guard try run(item) else { return } }
    case .record(let record):
      for (name, value) in record.pairs {
        guard try run(.record(Record(["key": .string(name), "value": value]))) else { return }
      }
    case .network(let network):
      let next = RangeValue(lower: .address(network.first), upper: .address(network.last), includesEnd: true).members()
      while let item = next() { guard try run(item) else { return } }
    case .stream(let stream):
      defer { stream.close() }
      while let item = try pull(stream, at: place) { guard try run(item) else { return } }
    default: throw failure(ValueError.wrongType("a list, range, network or record", found: sequence), at: place)
    }
  }

  func pull(_ stream: Stream, at place: Place) throws(Unwind) -> Value? {
    try reading(at: place) { try stream.next() }
  }

  /// Lets a statement of a function do what it does, though nobody uses its values.
  func runOut(_ stream: Stream, at place: Place) throws(Unwind) {
    try reading(at: place) { try stream.runOut() }
  }

  func settle(_ value: Value, at place: Place) throws(Unwind) -> Value {
    switch value {
    case .stream(let stream) where stream.isBytes: break
    case .stream: return try reading(at: place) { try value.settled() }
    case .record(let record) where record.holdsStream: break
    default: return value
    }
    var transfer = Transfer("reading", of: value)
    show(transfer)
    defer { show(nil) }
    return try reading(at: place) {
      try value.settled { count in
        transfer.add(count)
        show(transfer)
      }
    }
  }

  /// Reads a stream, whose stages run only now, as a part of the statement at a place.
  func reading<Result>(at place: Place, _ read: () throws -> Result) throws(Unwind) -> Result {
    let outer = (self.place, placeBase)
    (self.place, placeBase) = (place, base)
    defer { (self.place, placeBase) = outer }
    do { return try read() } catch { throw unwind(error, at: place) }
  }

  /// Prints a value that nobody used; null prints nothing.
  func show(_ value: Value, at place: Place) throws(Unwind) {
    if value.isNull { return }
    lastStatus = 0
    try reading(at: place) { try session.output.print(value) }
    if case .stream = value { return }
    lastValue = try settle(value, at: place)
  }

  func truth(_ value: Value, at place: Place) throws(Unwind) -> Bool {
    guard case .bool(let isTrue) = value else {
      throw failure(
        ValueError(
          "wrong-type", "a condition is true or false, and this is \(value.described)",
          hint: "compare it: `!= null`, `> 0`"),
        at: place)
    }
    return isTrue
  }

  /// Brings the machine back to where a failed block began.
  func restore(base: UnsafeMutablePointer<Value?>, top: UnsafeMutablePointer<Value?>, deadline: Deadline) {
    unwind(to: top)
    self.base = base
    self.deadline = deadline
  }

  /// Waits, unless interrupted or beyond the deadline.
  func sleep(_ span: TimeSpan, at place: Place) throws(Unwind) {
    Watch.aboutToWait()
    let end = Deadline.after(span)
    while let left = min(end, deadline).remaining, left > 0 {
      var wait = pollfd(fd: interrupt.descriptor, events: Int16(POLLIN), revents: 0)
      poll(&wait, 1, Int32(clamping: (left + 999_999) / 1_000_000))
      if interrupt.isRaised { break }
    }
    try checkpoint(place)
    if deadline < end { try checkDeadline(place) }
  }

  /// Waits, unless Ctrl-C is pressed or the deadline comes first.
  public func sleep(_ span: TimeSpan) throws { try sleep(span, at: place ?? session.noPlace) }
}
