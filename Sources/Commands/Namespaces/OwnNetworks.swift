import Clients
import Interpreter
import Net
import Synchronization
import System

/// The networks that a session made, by their names; the first one starts the keeper, and without any there is none.
final class OwnNetworks: Sendable {
  private struct State {
    var keeper: NamespaceKeeper?
    var all: [NetworkNamespace] = []
  }
  private let state = Mutex(State())

  var all: [NetworkNamespace] { state.withLock { $0.all } }

  /// Why this user may not make networks here; nil if that is allowed.
  var refusal: NamespaceRefusal? {
    guard all.isEmpty else { return nil }
    do throws(NamespaceRefusal) { _ = try NamespaceKeeper() } catch { return error }
    return nil
  }

  func add(_ name: String) throws -> NetworkNamespace {
    try state.withLock { state in
      guard !state.all.contains(where: { $0.name == name }) else {
        throw ValueError(
          "netns-exists", "there is a network \(name) already", hint: "`netns` lists them", layer: .command)
      }
      let keeper = try state.keeper ?? NamespaceKeeper()
      state.keeper = keeper
      let namespace = try keeper.add(name)
      state.all.append(namespace)
      return namespace
    }
  }

  func remove(_ name: String) throws {
    let gone = try named(name)
    state.withLock { state in
      state.all.removeAll { $0 === gone }
      if state.all.isEmpty { state.keeper = nil }
    }
  }

  func named(_ name: String) throws -> NetworkNamespace {
    let all = all
    guard let found = all.first(where: { $0.name == name }) else {
      let known = all.map(\.name).joined(separator: ", ")
      throw ValueError(
        "no-netns", "there is no network \(name)",
        hint: known.isEmpty ? "`netns add \(name)` makes it" : "there are \(known)", layer: .command)
    }
    return found
  }
}

extension Session {
  var ownNetworks: OwnNetworks { service(OwnNetworks.self) { OwnNetworks() } }
}

extension Machine {
  var ownNetworks: OwnNetworks { session.ownNetworks }

  var networkBuilding: NetworkBuilding { NetworkBuilding(network.context(self)) }
}
