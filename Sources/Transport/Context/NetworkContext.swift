import Net
import Synchronization

/// What every operation of the transport is given: until when, who may interrupt, who watches, who knows names.
public struct NetworkContext: Sendable {
  public var deadline: Deadline
  public var interrupt: Interrupt
  public var taps: [any Tap]
  public var names: any NameLookup
  public var map: NameMap
  public var limits: Limits
  /// Where connections and exchanges get their numbers; one for a session.
  public var numbering: Numbering
  /// The exchange that steps are filed under, 0 for none.
  public var exchange = 0
  /// The protocol whose messages are moved, where the client that does it says so.
  public var carries: Layer?
  /// Whether all this is done to look up a name.
  public var isLookup = false

  public init(
    deadline: Deadline = .never, interrupt: Interrupt = Interrupt(), taps: [any Tap] = [],
    names: any NameLookup = SystemNameLookup(), map: NameMap = NameMap(), limits: Limits = Limits(),
    numbering: Numbering = Numbering()
  ) {
    self.deadline = deadline
    self.interrupt = interrupt
    self.taps = taps
    self.names = names
    self.map = map
    self.limits = limits
    self.numbering = numbering
  }

  /// Gives this context with a deadline that is not later than `deadline`.
  public func within(_ deadline: Deadline) -> NetworkContext {
    var context = self
    context.deadline = min(context.deadline, deadline)
    return context
  }

  /// Tells the taps of a step that has just ended.
  func report(_ step: Step) {
    guard !taps.isEmpty else { return }
    var step = step
    step.end = monotonicNow()
    step.wallClock = wallClockNow()
    step.carries = carries
    step.isLookup = isLookup
    for tap in taps { tap.observe(step) }
  }
}

/// The counters of a session, each from 1.
public final class Numbering: Sendable {
  private let connections = Atomic<Int>(0)
  private let exchanges = Atomic<Int>(0)

  public init() {}

  public func nextConnection() -> Int { connections.add(1, ordering: .relaxed).newValue }
  public func nextExchange() -> Int { exchanges.add(1, ordering: .relaxed).newValue }
}
