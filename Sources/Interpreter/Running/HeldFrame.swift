/// The variables of a function that stands still in the middle of a call, for a prompt that opens there.
///
/// They are read and set in place. What the prompt declares lives beside them until it is closed.
public final class HeldFrame {
  /// The function's name.
  public let name: String
  /// The names that the prompt's next text can see, with their slots.
  private(set) var scope: Scope
  /// The slots of the function itself, and how many it has.
  private let base: UnsafeMutablePointer<Value?>
  private let count: Int
  /// The slots behind them, of what the prompt declared.
  private var more: [Value?] = []
  /// What the prompt's texts left to be done at its end.
  fileprivate var deferred: [Exec] = []

  init(_ text: FunctionText, base: UnsafeMutablePointer<Value?>) {
    name = text.name
    scope = Scope(promptIn: text.scope)
    self.base = base
    count = text.scope.slotCount
  }

  /// The variables that have a value.
  public var variables: [(name: String, value: Value)] {
    scope.slots.compactMap { name, slot in value(at: slot).map { (name, $0) } }
  }

  private func value(at slot: Int) -> Value? {
    if slot < count { return base[slot] }
    return more.indices.contains(slot - count) ? more[slot - count] : nil
  }

  /// Runs something in a frame of the machine that has these variables, and takes them back.
  fileprivate func enter(
    _ machine: Machine, _ scope: Scope, _ run: (Machine) throws(Unwind) -> Void
  ) throws(Unwind) {
    self.scope = scope
    let slotCount = max(count, scope.slotCount)
    try machine.enter(machine.top, slotCount: slotCount, pushed: 0, at: machine.session.noPlace) { () throws(Unwind) in
      let frame = machine.base
      for slot in 0..<slotCount { frame[slot] = value(at: slot) }
      defer {
        for slot in 0..<count { base[slot] = frame[slot] }
        more = (count..<slotCount).map { frame[$0] }
      }
      try run(machine)
    }
  }
}

extension Machine {
  /// The function in whose call the machine stands still; nil at the top level.
  private var heldFrame: HeldFrame? {
    // Where a place was noted in another frame than the one that runs, nobody knows whose variables these are.
    guard let place, base != globals, placeBase == base, let text = session.functionTexts.innermost(around: place),
      base + text.scope.slotCount <= top
    else { return nil }
    return HeldFrame(text, base: base)
  }

  /// Lets something else use the machine in the middle of a call, such as a prompt, which sees the variables of the function that
  /// makes it; afterwards the machine stands where it stood.
  public func aside<Result>(_ body: (HeldFrame?) -> Result) -> Result {
    let frame = heldFrame
    let outer = session.heldFrame
    let (base, top, deadline, place, result) = (base, top, deadline, place, takeResult())
    let (status, value, isReturning, deferred, placeBase) = (lastStatus, lastValue, pendingReturn, deferred, placeBase)
    pendingReturn = false
    self.deferred = []
    session.heldFrame = frame
    defer {
      if let frame {
        try? frame.enter(self, frame.scope) { (machine) throws(Unwind) in
          machine.deferred = frame.deferred
          try machine.runDeferred()
        }
      } else {
        try? runDeferred()
      }
      restore(base: base, top: top, deadline: deadline)
      (self.place, self.result, self.deferred, self.placeBase) = (place, result, deferred, placeBase)
      (lastStatus, lastValue, pendingReturn) = (status, value, isReturning)
      session.heldFrame = outer
    }
    return body(frame)
  }

  /// Runs what was typed at a prompt inside a function.
  public func run(_ program: Program, in frame: HeldFrame) -> Outcome {
    session.adopt(program)
    deadline = session.timeout.map { .after($0) } ?? .never
    let start = top
    defer { unwind(to: start) }
    do throws(Unwind) {
      try frame.enter(self, program.scope) { (machine) throws(Unwind) in
        machine.deferred = frame.deferred
        defer { frame.deferred = machine.deferred }
        _ = try program.code(machine)
      }
      return .done
    } catch { return outcome(of: error) }
  }
}
