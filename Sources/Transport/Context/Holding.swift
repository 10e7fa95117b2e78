import Net

extension NetworkContext {
  /// Whether anybody may hold steps.
  public var isHeld: Bool { taps.contains(where: \.mayHold) }

  /// Lets each tap hold the step that is to be done now; it begins when they let it go.
  public func hold(_ step: inout Step) -> Ruling {
    for tap in taps where tap.mayHold {
      step.carries = carries
      step.isLookup = isLookup
      let ruling = tap.hold(before: step, interrupt)
      step.start = monotonicNow()
      if case .go = ruling { continue }
      return ruling
    }
    return .go
  }

  /// Lets the taps hold a step that nothing can go on without.
  ///
  /// Errors: `skipped` if it was left out, `interrupted` if whoever held it stops here.
  func require(
    _ step: inout Step, _ activity: @autoclosure () -> TransportError.Activity
  ) throws(TransportError) {
    let reason: TransportError.Reason
    switch hold(&step) {
    case .go, .instead: return
    case .skip: reason = .skipped
    case .stop: reason = .interrupted
    }
    throw TransportError(layer: step.transport, activity(), reason)
  }

  /// The same where the taps are told of the error.
  func demand(
    _ step: inout Step, _ activity: @autoclosure () -> TransportError.Activity
  ) throws(TransportError) {
    do throws(TransportError) { try require(&step, activity()) } catch {
      step.error = error
      report(step)
      throw error
    }
  }

  /// Lets the taps hold a step that may be left out; false if it was, of which they are told.
  ///
  /// Error: `interrupted` if whoever held it stops here.
  func allows(
    _ step: inout Step, _ activity: @autoclosure () -> TransportError.Activity
  ) throws(TransportError) -> Bool {
    switch hold(&step) {
    case .go, .instead: return true
    case .skip:
      reportSkipped(step)
      return false
    case .stop: throw TransportError(layer: step.transport, activity(), .interrupted)
    }
  }

  /// Tells the taps of a step that was left out.
  func reportSkipped(_ step: Step) {
    var step = step
    step.detail = "skipped by hand" + (step.bytes.isEmpty ? "" : ": none of \(step.bytes.count) bytes left")
    step.bytes = []
    report(step)
  }
}
