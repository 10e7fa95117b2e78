import Net

/// A function that other threads call, each with copies of the variables as they were when it was made: what serves a connection.
public struct Handler: Sendable {
  /// The stack that a thread needs to call it.
  public static let stackBytes = Worker.stackSize

  private let function: Function
  private let session: Session
  private let snapshot: Snapshot
  private let place: Place

  /// Takes the variables down; on the thread of the session.
  public init(_ function: Function, for machine: Machine) {
    self.function = function
    session = machine.session
    snapshot = Snapshot(machine.session.globals)
    place = machine.place ?? machine.session.noPlace
  }

  /// Calls the function on the thread that runs now, whose stack is new; `prepare` is given the machine before.
  public func call(
    _ arguments: [Value], interrupt: Interrupt, prepare: (Machine) -> Void
  ) -> Result<Value, Failure> {
    within(interrupt) { machine in
      prepare(machine)
      return machine.result(of: function, arguments, at: place)
    } ?? .success(.null)
  }

  /// Makes a machine on the thread that runs now, whose stack is new, and lets it be used; nil where there is no room for its variables.
  public func within<Result>(_ interrupt: Interrupt, _ body: (Machine) -> Result) -> Result? {
    let variables = snapshot.copy()
    defer {
      variables.deinitialize()
      variables.deallocate()
    }
    guard let slots = variables.baseAddress else { return nil }
    return body(Machine(session, interrupt, slots, stackSize: Handler.stackBytes - (64 << 10)))
  }

  /// Calls the function, or another one that it gave, on such a machine; a stream that it ends with is still to be read there.
  public func flow(_ arguments: [Value], of other: Function? = nil, on machine: Machine) -> Result<Value, Failure> {
    machine.flow(other ?? function, arguments, at: place)
  }

  /// Gives each item of a stream to a function until that says false; gives the error that ended it.
  public func drain(_ stream: Stream, on machine: Machine, _ take: (Value) throws -> Bool) -> Failure? {
    machine.drain(stream, at: place, take)
  }
}
