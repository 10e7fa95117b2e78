import Clients
import Interpreter
import Net
import Servers
import Synchronization
import Transport

/// The lab as a resource of the session.
final class OpenLab: Resource {
  private struct State {
    var lab: Lab?
    var recursion: Recursion?
  }
  private let state = Mutex(State())
  private let network: NetworkService

  init(_ network: NetworkService) { self.network = network }

  /// Nil before it is started and after it is closed.
  var lab: Lab? { state.withLock { $0.lab } }

  var type: TypeName { .lab }
  var fields: Record {
    let lab = lab
    return Record([
      "state": .string(lab == nil ? "closed" : "running"), "web": lab.map { .endpoint($0.web) } ?? .null,
      "resolver": lab?.first(.resolver).map { .endpoint($0.local) } ?? .null,
    ])
  }

  /// Starts the lab of a folder, and takes its names into the session's map.
  func start(folder: String) throws {
    let lab = try Lab.start(folder: folder) { root, context in
      let recursion = Recursion(roots: [(nil, root)], patience: OpenLab.patience)
      self.state.withLock { $0.recursion = recursion }
      return { query in recursion.answer(query, context) }
    }
    state.withLock { $0.lab = lab }
    network.setLab(lab)
  }

  /// How long the lab's resolver waits for one of its name servers.
  private static let patience = TimeSpan(nanoseconds: 1_000_000_000)

  /// Makes something wrong with a part, or nothing any more; what resolvers remember is forgotten.
  func spoil(_ part: LabPart, by sin: LabSin?) throws {
    try lab?.spoil(part, by: sin)
    state.withLock { $0.recursion }?.forget()
    network.resolver.cache.clear()
  }

  /// The parts of the lab of a session, for completion.
  static func candidates(_ session: Session) -> [Candidate] {
    let lab = session.resources.lazy.compactMap { $0 as? OpenLab }.first?.lab
    var seen: Set<String> = []
    return (lab?.parts ?? []).filter { seen.insert($0.name).inserted }.map { Candidate($0.name, $0.what) }
  }

  func close() {
    let lab = state.withLock { state in
      defer { state = State() }
      return state.lab
    }
    guard let lab else { return }
    network.setLab(nil)
    lab.stop()
  }
}
