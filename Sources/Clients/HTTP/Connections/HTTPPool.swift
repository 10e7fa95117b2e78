import Net
import Synchronization
import TLS
import Transport

/// The connections that rest between two requests, for whoever next asks the same origin (RFC 9112 §9.3).
public final class HTTPPool: Sendable {
  /// How long one may rest: servers close theirs after 5 s to 75 s.
  private static let patience: Int64 = 60_000_000_000
  private static let maximum = 64

  private struct State: Sendable {
    /// The one that came to rest last stands last.
    var links: [HTTPLink] = []
    var contexts: [TLSKey: TLSContext] = [:]
  }
  private let state = Mutex(State())

  public init() {}

  /// Takes the connection of a route that rests for the shortest time and is still good; those that are not are closed.
  func take(_ route: HTTPRoute, _ context: NetworkContext) -> HTTPLink? {
    while true {
      let found = state.withLock { state -> HTTPLink? in
        guard let index = state.links.lastIndex(where: { $0.route == route }) else { return nil }
        return state.links.remove(at: index)
      }
      guard let link = found else { return nil }
      if monotonicNow() - link.idleSince < Self.patience, link.isQuiet { return link }
      link.connection.close(context)
    }
  }

  /// Takes a connection that has nothing to do; the one that rests for longest is closed if there are too many.
  func give(_ link: HTTPLink, _ context: NetworkContext) {
    var link = link
    link.idleSince = monotonicNow()
    let oldest = state.withLock { state -> HTTPLink? in
      state.links.append(link)
      return state.links.count > Self.maximum ? state.links.removeFirst() : nil
    }
    oldest?.connection.close(context)
  }

  /// Closes the connections that rest, all or those of one host; gives how many there were.
  public func close(host: String? = nil, _ context: NetworkContext) -> Int {
    let closed = state.withLock { state -> [HTTPLink] in
      let (gone, kept) = state.links.reduce(into: ([HTTPLink](), [HTTPLink]())) { parts, link in
        if host == nil || link.route.origin.host == host { parts.0.append(link) } else { parts.1.append(link) }
      }
      state.links = kept
      return gone
    }
    for link in closed { link.connection.close(context) }
    return closed.count
  }

  /// What rests, in the order in which it came to rest.
  public var resting: [HTTPRest] {
    state.withLock { state in
      state.links.map { link in
        HTTPRest(
          origin: link.route.origin, proxy: link.route.proxy, connection: link.connection, requests: link.requests,
          since: link.idleSince)
      }
    }
  }

  /// Gives the context of TLS for settings, made once: reading the system's authorities takes longer than most requests.
  func tls(_ settings: TLSSettings) throws(TLSError) -> TLSContext {
    let key = TLSKey(settings)
    if let known = state.withLock({ $0.contexts[key] }) { return known }
    let made = try TLSContext.client(settings)
    state.withLock { $0.contexts[key] = made }
    return made
  }
}

/// A connection at rest, as a list shows it.
public struct HTTPRest: Sendable {
  public let origin: HTTPOrigin
  public let proxy: HTTPProxy?
  public let connection: Connection
  public let requests: Int
  /// Nanoseconds of the monotonic clock.
  public let since: Int64
}
