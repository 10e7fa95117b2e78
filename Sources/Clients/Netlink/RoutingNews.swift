import Glibc
import Net
import Synchronization
import Transport
import Wire

/// The changes of this machine's network as they happen, RTNLGRP_… of rtnetlink(7).
public final class RoutingNews: Sendable {
  public enum Item: Sendable {
    case change(RoutingMessage, RoutingKnowledge.Event)
    /// So much happened at once that the kernel dropped some of it (ENOBUFS).
    case lost
  }

  private let socket: NetlinkSocket
  private let kinds: Set<RoutingMessage.Kind>
  private let knowledge: Mutex<RoutingKnowledge>
  private static let activity = "watch this machine's network"

  /// Begins to listen for changes of these kinds, and then asks what is there, by which the new is told from the changed.
  public init(_ kinds: Set<RoutingMessage.Kind>, _ context: NetworkContext) throws(NetlinkFailure) {
    // RTNLGRP_LINK 1, NEIGH 3, IPV4_IFADDR 5, IPV4_ROUTE 7, IPV4_RULE 8, IPV6_IFADDR 9, IPV6_ROUTE 11, IPV6_RULE 19
    let groups: [RoutingMessage.Kind: [UInt32]] = [
      .link: [1], .neighbor: [3], .address: [5, 9], .route: [7, 11], .rule: [8, 19],
    ]
    let bits = kinds.flatMap { groups[$0] ?? [] }.reduce(UInt32(0)) { $0 | 1 << ($1 - 1) }
    self.kinds = kinds
    socket = try NetlinkSocket.open(.routing, groups: bits, Self.activity)
    knowledge = Mutex(RoutingKnowledge(try RoutingQueries(context).all(kinds)))
  }

  public func close() { socket.close() }

  /// Waits for what happens next.
  public func next(_ context: NetworkContext) throws(NetlinkFailure) -> [Item] {
    while true {
      let messages: [NetlinkMessage]
      do throws(NetlinkFailure) {
        messages = try socket.receive(Self.activity, context)
      } catch {
        if case .system(let system) = error.reason, system.errno == ENOBUFS {
          let all = try RoutingQueries(context).all(kinds)
          knowledge.withLock { $0 = RoutingKnowledge(all) }
          return [.lost]
        }
        throw error
      }
      var items: [Item] = []
      for message in messages {
        guard let (content, isGone) = try RoutingQueries.parse(message, Self.activity) else { continue }
        let event = knowledge.withLock { $0.take(content, isGone: isGone, replaces: message.replaces) }
        items.append(.change(content, event))
      }
      if !items.isEmpty { return items }
    }
  }
}
