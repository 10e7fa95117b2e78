import Glibc
import Net
import Synchronization
import Transport

/// The observer that walks step by step: it numbers and announces each step of its depth, and holds it until somebody says what
/// becomes of it. Steps of several threads are held one after the other.
final class Stepper: Tap {
  private struct State {
    var depth: StepDepth
    /// How many steps were announced, and how many were passed over because they lie deeper.
    var count = 0
    var deeper = 0
    var isHolding = true
    var isOver = false
    /// Whether somebody ended the walk before its end.
    var isStopped = false
    var breaks: Set<StepBreak> = []
    /// Announced steps whose outcome is not told yet, the latest last.
    var open: [Open] = []
  }

  private struct Open {
    let number: Int
    let thread: UInt
    let kind: Step.Kind
  }

  private let state: Mutex<State>
  /// Whether a thread has the front for itself.
  private let isTaken = Atomic<Bool>(false)
  /// The thread that looks inside while its step is held; its own steps run free. 0 for none.
  private let inside = Atomic<UInt>(0)
  private let front: any StepFront
  private let recorder: Recorder
  /// Raised by `q`, so that the script stops and not only the thread whose step is held.
  private let session: Interrupt

  init(_ depth: StepDepth, _ front: any StepFront, _ recorder: Recorder, session: Interrupt) {
    state = Mutex(State(depth: depth))
    self.front = front
    self.recorder = recorder
    self.session = session
  }

  let mayHold = true

  var depth: StepDepth {
    get { state.withLock { $0.depth } }
    set { state.withLock { $0.depth = newValue } }
  }

  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Lets all further steps go, and tells if there was nothing to walk at its depth.
  func end() {
    let (wasOver, count, deeper, depth) = state.withLock { state in
      defer { state.isOver = true }
      return (state.isOver, state.count, state.deeper, state.depth)
    }
    guard !wasOver, count == 0 else { return }
    let below = depth < .tcp ? .tcp : StepDepth.allCases.last ?? depth
    front.show(
      outcome: deeper > 0
        ? ["no step at the depth \(depth.name), and \(deeper) below it (`--depth \(below.name)`)"]
        : ["no step: nothing was done on the network"])
  }

  // MARK: Holding

  func hold(before step: Step, _ interrupt: Interrupt) -> Ruling {
    let me = UInt(pthread_self())
    guard inside.load(ordering: .relaxed) != me, goesDeepEnough(step) else { return .go }
    // What was opened is closed also after Ctrl-C.
    guard !interrupt.isRaised else { return step.kind == .close || step.kind == .shutdown ? .go : .stop }
    guard takeTurn(interrupt) else { return .stop }
    defer { isTaken.store(false, ordering: .releasing) }
    guard let (number, isHeld) = announce(step, me) else { return .go }
    let announcement = Announcement(number, step, peer: peer(of: step))
    front.show(announcement)
    guard isHeld, front.canAsk else { return .go }
    // Nobody's deadline passes while somebody thinks.
    let reading = DeadlineClock.hold()
    defer { DeadlineClock.letGo(from: reading) }
    return ruling(on: announcement, interrupt, me)
  }

  private func goesDeepEnough(_ step: Step) -> Bool {
    state.withLock { state in
      guard !state.isOver else { return false }
      guard step.depth <= state.depth else {
        state.deeper += 1
        return false
      }
      return true
    }
  }

  /// Numbers a step; gives its number and whether it is to be held, nil if the walk is over.
  private func announce(_ step: Step, _ thread: UInt) -> (Int, Bool)? {
    state.withLock { state in
      guard !state.isOver else { return nil }
      state.count += 1
      if state.breaks.contains(.layer(step.breakLayer)) || state.breaks.contains(.number(state.count)) {
        state.isHolding = true
      }
      if step.hasOutcome { state.open.append(Open(number: state.count, thread: thread, kind: step.kind)) }
      if state.open.count > 64 { state.open.removeFirst() }
      return (state.count, state.isHolding)
    }
  }

  private func ruling(on announcement: Announcement, _ interrupt: Interrupt, _ me: UInt) -> Ruling {
    while true {
      inside.store(me, ordering: .relaxed)
      let order = front.order(for: announcement, interrupt)
      inside.store(0, ordering: .relaxed)
      switch order {
      case .run: return .go
      case .send(let bytes): return .instead(bytes)
      case .runOn:
        state.withLock { $0.isHolding = false }
        return .go
      case .skip:
        guard let reason = announcement.whyNotSkipped else {
          forget(announcement.number)
          front.show(outcome: ["skipped: " + announcement.skipping])
          return .skip
        }
        front.show(outcome: [reason])
      case .breakAt(let place): front.show(outcome: [add(place, at: announcement.number)])
      case .stop:
        state.withLock { state in
          state.isOver = true
          state.isStopped = true
        }
        front.show(outcome: ["stopped at step \(announcement.number)"])
        interrupt.raise()
        session.raise()
        return .stop
      }
    }
  }

  private func add(_ place: StepBreak, at number: Int) -> String {
    if case .number(let wanted) = place, wanted <= number { return "step \(wanted) has passed" }
    state.withLock { _ = $0.breaks.insert(place) }
    switch place {
    case .number(let wanted): return "holds again at step \(wanted): `c` runs on to it"
    case .layer(let layer): return "holds again at each step of \(layer.name): `c` runs on to it"
    }
  }

  /// Waits until no other thread has the front; false if the interrupt is raised before.
  private func takeTurn(_ interrupt: Interrupt) -> Bool {
    while isTaken.exchange(true, ordering: .acquiring) {
      var wait = pollfd(fd: interrupt.descriptor, events: Int16(POLLIN), revents: 0)
      poll(&wait, 1, 10)
      if interrupt.isRaised { return false }
    }
    return true
  }

  // MARK: Outcomes

  func observe(_ step: Step) {
    let me = UInt(pthread_self())
    guard inside.load(ordering: .relaxed) != me else { return }
    let (number, isLatest) = state.withLock { state -> (Int?, Bool) in
      guard !state.isOver, let index = state.open.lastIndex(where: { $0.thread == me && $0.kind == step.kind }) else {
        return (nil, true)
      }
      let number = state.open.remove(at: index).number
      return (number, number == state.count)
    }
    guard let number, takeTurn(session) else { return }
    defer { isTaken.store(false, ordering: .releasing) }
    var lines = Announcement.outcome(of: step)
    if !isLatest, let first = lines.first { lines[0] = "step \(number): " + first }
    front.show(outcome: lines)
  }

  /// Tells no outcome of a step.
  private func forget(_ number: Int) { state.withLock { $0.open.removeAll { $0.number == number } } }

  /// The far end of a step's connection, as far as the record tells.
  private func peer(of step: Step) -> SocketName? {
    if let remote = step.remote { return remote }
    let steps = recorder.steps(ofConnection: step.connection)
    return steps.first { $0.kind == .connect || $0.kind == .accept }?.remote
  }
}
