import Glibc
import Net
import Transport
import Wire

/// The changes of this machine's network as they happen, RTNLGRP_… of rtnetlink(7).
public final class RoutingNews: Sendable {
  public enum Item: Sendable {
    case change(RoutingMessage, isGone: Bool)
    /// So much happened at once that the kernel dropped some of it (ENOBUFS).
    case lost
  }

  private let socket: NetlinkSocket
  private static let activity = "watch this machine's network"

  /// Begins to listen for changes of these kinds.
  public init(_ kinds: Set<RoutingMessage.Kind>) throws(NetlinkFailure) {
    // RTNLGRP_LINK 1, NEIGH 3, IPV4_IFADDR 5, IPV4_ROUTE 7, IPV4_RULE 8, IPV6_IFADDR 9, IPV6_ROUTE 11, IPV6_RULE 19
    let groups: [RoutingMessage.Kind: [UInt32]] = [
      .link: [1], .neighbor: [3], .address: [5, 9], .route: [7, 11], .rule: [8, 19],
    ]
    let bits = kinds.flatMap { groups[$0] ?? [] }.reduce(UInt32(0)) { $0 | 1 << ($1 - 1) }
    socket = try NetlinkSocket.open(.routing, groups: bits, Self.activity)
  }

  public func close() { socket.close() }

  /// Waits for what happens next.
  public func next(_ context: NetworkContext) throws(NetlinkFailure) -> [Item] {
    while true {
      let messages: [NetlinkMessage]
      do throws(NetlinkFailure) {
        messages = try socket.receive(Self.activity, context)
      } catch {
        if case .system(let system) = error.reason, system.errno == ENOBUFS { return [.lost] }
        throw error
      }
      var items: [Item] = []
      for message in messages {
        guard let (content, isGone) = try RoutingQueries.parse(message, Self.activity) else { continue }
        items.append(.change(content, isGone: isGone))
      }
      if !items.isEmpty { return items }
    }
  }
}
