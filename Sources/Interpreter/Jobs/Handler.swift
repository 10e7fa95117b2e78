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
    let variables = snapshot.copy()
    defer {
      variables.deinitialize()
      variables.deallocate()
    }
    guard let slots = variables.baseAddress else { return .success(.null) }
    let machine = Machine(session, interrupt, slots, stackSize: Handler.stackBytes - (64 << 10))
    prepare(machine)
    return machine.result(of: function, arguments, at: place)
  }
}
