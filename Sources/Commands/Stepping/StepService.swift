import Interpreter
import Net
import Synchronization
import Transport

/// The walk of a session: where its steps are shown, and who holds them while a block or a script is stepped.
public final class StepService: Sendable {
  private struct State {
    var front: (any StepFront)?
    var stepper: Stepper?
    /// How many blocks that are walked run now.
    var blocks = 0
  }
  private let state = Mutex(State())
  /// Whether there is a stepper: each command on the network asks, and hardly ever somebody walks.
  private let isWalking = Atomic<Bool>(false)

  /// Who holds what is done now, if anybody does.
  var stepper: Stepper? { isWalking.load(ordering: .acquiring) ? state.withLock { $0.stepper } : nil }

  /// Whether the walk that is under way was stopped by hand.
  public var isStopped: Bool { stepper?.isStopped ?? false }

  /// Says where steps are held; without it they are only told.
  public func use(_ front: any StepFront) { state.withLock { $0.front = front } }

  /// Begins a walk, or goes on with the one that is under way, at a depth if one is given.
  public func begin(_ depth: StepDepth?, _ session: Session) {
    let recorder = session.network.recorder
    state.withLock { state in
      state.blocks += 1
      if let known = state.stepper {
        if let depth { known.depth = depth }
      } else {
        let front = state.front ?? StepNoteFront(session.output)
        state.stepper = Stepper(depth ?? .standard, front, recorder, session: session.interrupt)
        isWalking.store(true, ordering: .releasing)
      }
    }
  }

  /// Ends a walk, unless another block goes on with it, which has the depth that it had.
  public func end(depth: StepDepth? = nil) {
    let ended = state.withLock { state -> Stepper? in
      state.blocks = max(0, state.blocks - 1)
      if state.blocks > 0, let depth { state.stepper?.depth = depth }
      guard state.blocks == 0 else { return nil }
      isWalking.store(false, ordering: .releasing)
      defer { state.stepper = nil }
      return state.stepper
    }
    ended?.end()
  }
}

extension Session {
  /// What walks this session step by step.
  public var stepping: StepService { network.stepping }
}

/// The trace where nobody can be asked: notes to standard error.
private final class StepNoteFront: StepFront {
  private let output: any Output

  init(_ output: any Output) { self.output = output }

  let canAsk = false

  func show(_ announcement: Announcement) {
    let first = "\(announcement.number) \(announcement.layer): \(announcement.sentence)"
    output.note(([first] + announcement.lines.map { "      " + $0 }).joined(separator: "\n"))
  }

  func order(for announcement: Announcement, _ interrupt: Interrupt) -> StepOrder { .run }

  func show(outcome: [String]) {
    output.note(outcome.enumerated().map { ($0 == 0 ? "  " : "      ") + $1 }.joined(separator: "\n"))
  }
}
