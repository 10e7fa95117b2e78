import Net
import Synchronization

/// The observer that remembers: the steps of the latest connections and, by its rule, their bytes.
///
/// Its memory is bounded: 256 connections, 65,536 steps and, beyond the rule of each connection, 32 MiB of bytes in all
/// (1 GiB with `all`). The oldest connections go first and are counted.
public final class Recorder: Tap {
  private struct State {
    var keeping: Keeping
    var recordings: [Int: Recording] = [:]
    /// Numbers of connections, oldest first.
    var order: [Int] = []
    var droppedConnections = 0
    var steps = 0
    var bytes = 0
    var last: (connection: Int, exchange: Int)?
  }

  private static let maximumConnections = 256
  private static let maximumSteps = 65_536

  private let state: Mutex<State>

  public init(keeping: Keeping = .standard) { state = Mutex(State(keeping: keeping)) }

  /// The rule for the bytes of steps to come.
  public var keeping: Keeping {
    get { state.withLock { $0.keeping } }
    set { state.withLock { $0.keeping = newValue } }
  }

  public func observe(_ step: Step) {
    state.withLock { state in
      let keeping = state.keeping
      let grown = state.recordings[step.connection, default: Recording()].observe(step, keeping: keeping)
      if grown.isFirst { state.order.append(step.connection) }
      state.steps += grown.steps
      state.bytes += grown.bytes
      state.last = (step.connection, step.exchange)
      dropOldest(&state)
    }
  }

  private func dropOldest(_ state: inout State) {
    let maximumBytes = state.keeping == .all ? 1 << 30 : 32 << 20
    while state.order.count > Recorder.maximumConnections
      || (state.order.count > 1 && (state.steps > Recorder.maximumSteps || state.bytes > maximumBytes))
    {
      let oldest = state.order.removeFirst()
      guard let recording = state.recordings.removeValue(forKey: oldest) else { continue }
      state.steps -= recording.stepCount
      state.bytes -= recording.keptBytes
      state.droppedConnections += 1
    }
  }

  /// The numbers of the connections that are remembered, oldest first.
  public var connections: [Int] { state.withLock { $0.order } }

  /// How many connections were forgotten to stay within memory.
  public var droppedConnections: Int { state.withLock { $0.droppedConnections } }

  /// Gives what is remembered of one connection, nil if nothing is.
  public func recording(of connection: Int) -> Recording? { state.withLock { $0.recordings[connection] } }

  public func steps(ofConnection connection: Int) -> [Step] { recording(of: connection)?.steps ?? [] }

  /// Gives the steps of an exchange, over all connections that it used.
  public func steps(ofExchange exchange: Int) -> [Step] {
    let recordings = state.withLock { state in state.order.compactMap { state.recordings[$0] } }
    return recordings.flatMap(\.steps).filter { $0.exchange == exchange }
  }

  /// The steps of what happened last: of its exchange if it had one, else of its connection.
  public var lastSteps: [Step] {
    guard let last = state.withLock({ $0.last }) else { return [] }
    return last.exchange == 0 ? steps(ofConnection: last.connection) : steps(ofExchange: last.exchange)
  }

  /// Forgets everything.
  public func clear() { state.withLock { $0 = State(keeping: $0.keeping) } }
}
