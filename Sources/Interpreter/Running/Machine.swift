import CSystem
import Diagnostics
import Glibc
import Net

/// The state of one running thread of a script: its variables' slots, its deadline, and its room on the stack.
///
/// Compiled code is closures over a machine; frames never cross threads.
public final class Machine {
  public let session: Session
  public let interrupt: Interrupt
  /// The innermost deadline of `within` and `--timeout`.
  public var deadline: Deadline = .never { didSet { watch.deadline = deadline } }
  private let watch: Watch
  /// Where the running call stands in its source, for errors and for what commands report.
  public internal(set) var place: Place?
  /// The frame in which that call runs.
  var placeBase: UnsafeMutablePointer<Value?>?

  /// `$?` and `$_`.
  public var lastStatus: Int32 = 0
  public internal(set) var lastValue: Value = .null
  /// The error that came last, caught or not: what `why` is asked about.
  public internal(set) var lastFailure: ErrorValue?
  /// The connections that were opened or chosen here, the latest last.
  private var connections: [any Resource] = []
  /// How many of them there may be before those that are closed are looked for.
  private var connectionRoom = 64

  /// The variables of the top level: the session's own, or for a job the copies it was given.
  let globals: UnsafeMutablePointer<Value?>
  /// The slots of the function that runs; at the top level those of the script.
  var base: UnsafeMutablePointer<Value?>
  /// The first free slot.
  var top: UnsafeMutablePointer<Value?>
  /// The value of the last block, and of `return`.
  var result: Value = .null
  /// Room for the bytes of a text that is being put together.
  var textRoom: [UInt8] = []
  /// What `defer` registered in the function that runs, in order.
  var deferred: [Exec] = []
  private let slots: UnsafeMutablePointer<Value?>
  private let slotsEnd: UnsafeMutablePointer<Value?>
  private let stackLimit: UInt
  /// The frame of the function whose value is wanted as it flows; see `flow`.
  private var flowing: UnsafeMutablePointer<Value?>?
  /// Set when a `return` ended a loop.
  var pendingReturn = false
  private var ticks: UInt32 = 0

  /// Makes a machine for the thread that runs now, which has this many bytes of stack left.
  public convenience init(session: Session, stackSize: Int) {
    self.init(session, session.interrupt, session.globals.slots, stackSize: stackSize)
  }

  init(_ session: Session, _ interrupt: Interrupt, _ globals: UnsafeMutablePointer<Value?>, stackSize: Int) {
    self.session = session
    self.interrupt = interrupt
    self.globals = globals
    watch = Watch(interrupt)
    watch.beforeWait = { [output = session.output] in try? output.flush() }
    Watch.current = watch
    slots = SlotRoom.take()
    slotsEnd = slots + (SlotRoom.count - 1)
    base = globals
    top = slots
    // What is reserved serves the deepest expression (the parser bounds it) and the walks over the deepest value.
    let reserve = UInt(min(stackSize / 2, 4 << 20))
    stackLimit = Machine.stackPointer() &- UInt(stackSize) &+ reserve
  }

  deinit { SlotRoom.give(slots) }

  @inline(__always)
  func hasRoom(for count: Int, from start: UnsafeMutablePointer<Value?>) -> Bool {
    Machine.stackPointer() > stackLimit && start + count < slotsEnd
  }

  func noRoom(from start: UnsafeMutablePointer<Value?>, _ place: Place?) -> Unwind {
    unwind(to: start)
    return failure(
      ValueError("too-deep", "functions call each other too deeply", hint: "a recursion needs an end", layer: .command),
      at: place ?? self.place)
  }

  @inline(__always)
  private static func stackPointer() -> UInt {
    nsh_stack_pointer()
  }

  /// Runs a function's body in a frame whose first slots, already pushed, are its arguments.
  @inline(__always)
  func enter<Result>(
    _ start: UnsafeMutablePointer<Value?>, slotCount: Int, pushed: Int, at place: Place,
    _ run: () throws(Unwind) -> Result
  ) throws(Unwind) -> Result {
    guard hasRoom(for: slotCount, from: start) else { throw noRoom(from: start, place) }
    try checkpoint(place)
    if slotCount > pushed { (start + pushed).initialize(repeating: nil, count: slotCount - pushed) }
    let caller = base
    base = start
    top = start + slotCount
    defer {
      // The frame, and arguments of a call that failed halfway, which still stand above it.
      unwind(to: start)
      base = caller
    }
    return try run()
  }

  /// Puts a value into the next free slot.
  @inline(__always)
  func push(_ value: Value) throws(Unwind) {
    guard top < slotsEnd else { throw noRoom(from: top, place ?? session.noPlace) }
    top.initialize(to: value)
    top += 1
  }

  /// Takes the value that the last block left.
  @inline(__always)
  func takeResult() -> Value {
    var value = Value.null
    swap(&value, &result)
    return value
  }

  /// Takes back what was pushed since.
  ///
  /// A value that is moved out is freed where it stands; `deinitialize` would ask the runtime for the type of each.
  @inline(__always)
  func unwind(to start: UnsafeMutablePointer<Value?>) {
    while top > start {
      top -= 1
      _ = top.move()
    }
  }

  /// Takes back the frame of a function that failed; long lists in it do not delay what comes then.
  func abandon(to start: UnsafeMutablePointer<Value?>) {
    while top > start {
      top -= 1
      Disposal.release(top.move())
    }
  }

  /// Whether the function that runs is one whose value is wanted as it flows.
  var flows: Bool { flowing == base }

  /// Calls a function and gives its value or its error; a stream that the function ends with is not read yet, and is to be read on this
  /// machine. A function with a `defer` is over only when its stream is, so that one is collected.
  func flow(_ function: Function, _ arguments: [Value], at place: Place) -> Result<Value, Failure> {
    let outer = flowing
    flowing = function.code.hasDefer ? nil : top
    defer { flowing = outer }
    return result(of: function, arguments, at: place)
  }

  /// Gives each item of a stream to a function until that says false, then closes it; gives the error that ended it.
  func drain(_ stream: Stream, at place: Place, _ take: (Value) throws -> Bool) -> Failure? {
    defer { stream.close() }
    do throws(Unwind) {
      try reading(at: place) {
        var goesOn = true
        while goesOn, let item = try stream.next() {
          try checkpoint()
          goesOn = try take(item)
        }
      }
      return nil
    } catch {
      guard case .failure(let failure) = error.kind else { return nil }
      return failure
    }
  }

  /// The connection that serves where none is named: the last opened or chosen that is still open.
  public var currentConnection: (any Resource)? {
    get {
      while let last = connections.last, !session.owns(last) { connections.removeLast() }
      return connections.last
    }
    set {
      guard let newValue else { return }
      if connections.count >= connectionRoom {
        // Those closed in the meantime are forgotten now and then, so that a loop of many costs little for each.
        connections.removeAll { !session.owns($0) || $0 === newValue }
        connectionRoom = connections.count * 2 + 64
      }
      connections.append(newValue)
    }
  }

  /// Throws if Ctrl-C or a deadline asks to stop; loops call it every turn.
  @inline(__always)
  func checkpoint(_ place: Place?) throws(Unwind) {
    if interrupt.isRaised { throw interrupted(at: place ?? self.place) }
    ticks &+= 1
    if ticks & 0xFF == 0 { try lookUp(place) }
  }

  /// Lets out what was printed, and looks at the clock: what loops do now and then.
  private func lookUp(_ place: Place?) throws(Unwind) {
    watch.beforeWait?()
    if deadline != .never { try checkDeadline(place) }
  }

  func checkDeadline(_ place: Place?) throws(Unwind) {
    guard deadline.isOver else { return }
    throw failure(ValueError("timeout", "the time is over", layer: .command), at: place ?? self.place)
  }

  private func interrupted(at place: Place?) -> Unwind {
    // Cleared here, so that `defer` and `finally` can run; another Ctrl-C stops those too.
    interrupt.clear()
    return failure(ValueError("interrupted", "interrupted", layer: .command), at: place)
  }

  /// Throws if Ctrl-C was pressed or the deadline is over: for commands that work for long without waiting.
  public func checkpoint() throws {
    try checkpoint(nil)
    if deadline != .never { try checkDeadline(nil) }
  }

  func failure(_ error: any LayeredError, at place: Place?) -> Unwind {
    // What looked at the interrupt deep in a value's work could not clear it.
    if error.code == "interrupted" { interrupt.clear() }
    return Unwind(.failure(Failure(error, at: place)))
  }

  /// Makes what code throws of what a command threw.
  func unwind(_ error: any Error, at place: Place) -> Unwind {
    switch error {
    case let unwind as Unwind: return unwind
    case let failure as Failure: return Unwind(.failure(failure))
    case let error as any LayeredError:
      if error.layers.contains(where: { $0.code == "interrupted" }) { interrupt.clear() }
      return failure(error, at: place)
    default: return failure(ValueError("internal", "\(error)", layer: .command), at: place)
    }
  }
}
