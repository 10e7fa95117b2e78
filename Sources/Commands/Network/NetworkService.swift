import Clients
import Interpreter
import Net
import Servers
import Synchronization
import TLS
import Transport
import Wire

/// What the network commands of a session share: the recorder, the map of names, the numbering, and the lab.
final class NetworkService: Sendable {
  let recorder = Recorder()
  /// What walks the session step by step.
  let stepping = StepService()
  /// Who finds the addresses of names, with what it remembers.
  let resolver = Resolver()
  /// Whether scripts run on the real internet, `--live`.
  let isLive = Atomic<Bool>(false)
  private let numbering = Numbering()
  private let state = Mutex(State())

  private struct State {
    var map = NameMap()
    var lab: Lab?
  }

  /// The map of endpoints to other endpoints.
  var map: NameMap { state.withLock { $0.map } }

  func changeMap(_ change: (inout NameMap) -> Void) { state.withLock { change(&$0.map) } }

  var lab: Lab? { state.withLock { $0.lab } }

  /// Takes a lab in, and its names into the map; nil takes them out.
  func setLab(_ lab: Lab?) {
    state.withLock { state in
      for entry in state.lab?.map ?? [] { state.map.remove(entry.from) }
      state.lab = lab
      for entry in lab?.map ?? [] { state.map.add(entry) }
    }
    if let zone = try? DomainName("test") { resolver.route(zone, to: lab?.first(.resolver)?.local) }
  }

  /// The lab's authority, for the lab's names; nil without a lab.
  var localAuthority: LocalAuthority? {
    lab.map { lab in LocalAuthority(zone: "test") { [weak lab] in try? lab?.authority() } }
  }

  /// Makes the context of an operation: the session's interrupt, taps and map, and the earliest of the deadlines.
  func context(_ machine: Machine, timeout: TimeSpan? = nil, isExchange: Bool = false) -> NetworkContext {
    // Without any tap `wire` sees nothing; Tests/Bench measures what one costs.
    let isWatched = machine.session.environment["NSH_TAPS"] != "off"
    var context = NetworkContext(
      deadline: machine.deadline, interrupt: machine.interrupt, taps: isWatched ? [recorder] : [], names: resolver,
      map: map, numbering: numbering)
    if let stepper = stepping.stepper { context.taps.append(stepper) }
    if isExchange { context.exchange = numbering.nextExchange() }
    guard let timeout else { return context }
    // Who says how long it may take means silence too.
    context.limits.silence = max(context.limits.silence, timeout)
    return context.within(.after(timeout))
  }
}

extension Session {
  var network: NetworkService { service(NetworkService.self) { NetworkService() } }
}

extension Machine {
  var network: NetworkService { session.network }
}
