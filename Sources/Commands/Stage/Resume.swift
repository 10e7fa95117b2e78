import Interpreter
import Synchronization

let resume = Command(
  "resume", "Goes on with the talk (`nsh demo`) or the held step (`step`) from its live prompt.", gives: .null,
  examples: [Example("try { resume } catch e { $e.code }", "no-talk")]
) { machine in
  guard machine.session.livePrompt.leave() else {
    throw ValueError(
      "no-talk", "no talk and no step waits",
      hint: "`nsh demo FILE` shows a talk, `step { … }` holds each step, and the key `i` of both opens a prompt",
      layer: .command)
  }
  return .null
}

/// The prompt into which a talk or a held step was left: whether there is one, and whether it is to go on.
public final class LivePrompt: Sendable {
  private enum State { case closed, open, left }
  private let state = Mutex(State.closed)

  /// Says that the talk or the step waits from now on.
  public func open() { state.withLock { $0 = .open } }

  /// Says that the talk goes on.
  public func close() { state.withLock { $0 = .closed } }

  /// Whether `resume` was said since it was opened.
  public var isLeft: Bool { state.withLock { $0 == .left } }

  fileprivate func leave() -> Bool {
    state.withLock { state in
      guard state != .closed else { return false }
      state = .left
      return true
    }
  }
}

extension Session {
  /// The live prompt of the talk that this session is, if it is one.
  public var livePrompt: LivePrompt { service(LivePrompt.self) { LivePrompt() } }
}
