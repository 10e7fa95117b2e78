import Net
import Transport

/// Where the steps of a walk are shown and, if there is a terminal, held.
public protocol StepFront: Sendable {
  /// Whether somebody is there to say what becomes of a step.
  var canAsk: Bool { get }
  /// Shows a step that is going to be done.
  func show(_ announcement: Announcement)
  /// Waits for what is to become of the step that was shown; an interrupt counts as `stop`.
  func order(for announcement: Announcement, _ interrupt: Interrupt) -> StepOrder
  /// Shows what came of a step, or what is to be said of the walk.
  func show(outcome: [String])
}

/// What a person wants of a held step.
public enum StepOrder: Sendable, Equatable {
  case run
  /// Sends these bytes instead.
  case send([UInt8])
  case skip
  /// Runs this one and all that follow, up to the next break.
  case runOn
  case breakAt(StepBreak)
  case stop
}

/// Where a walk that runs on is held again.
public enum StepBreak: Sendable, Hashable {
  case number(Int)
  case layer(StepDepth)

  /// Reads `12`, `dns`, `tcp`, `tls` or `http`; nil for anything else.
  public init?(_ text: String) {
    let text = text.filter { $0 != " " }
    if let number = Int(text), number > 0 {
      self = .number(number)
    } else if let layer = StepDepth(named: text) {
      self = .layer(layer)
    } else {
      return nil
    }
  }
}
