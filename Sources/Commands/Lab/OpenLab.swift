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

  // MARK: - Completion

  private static func lab(of session: Session) -> Lab? {
    session.resources.lazy.compactMap { $0 as? OpenLab }.first?.lab
  }

  /// The parts of the lab of a session: each name, and of a name with several ports each of them; to be mended, those that are broken.
  static func candidates(_ session: Session, for command: String) -> [Candidate] {
    guard let lab = lab(of: session) else { return [] }
    let parts = lab.parts.filter { command != "lab mend" || lab.sin(of: $0) != nil }
    var seen: Set<String> = []
    let names = parts.filter { seen.insert($0.name).inserted }.map { Candidate($0.name, $0.what) }
    let places = parts.filter { part in lab.parts.count { $0.name == part.name } > 1 }
    return names + places.map { Candidate("\($0.asked)", $0.what) }
  }

  /// What can be made wrong with a part of the lab of a session, which is named as `lab break` has it.
  static func sins(of name: String, _ session: Session) -> [Candidate] {
    (lab(of: session)?.parts(named: name) ?? []).sins.map { Candidate($0.rawValue, $0.sentence) }
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
