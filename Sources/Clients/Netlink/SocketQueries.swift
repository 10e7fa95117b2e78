import Glibc
import Net
import Transport
import Wire

/// The sockets of this machine, asked over sock_diag(7).
public struct SocketQueries: Sendable {
  private let context: NetworkContext

  public init(_ context: NetworkContext) { self.context = context }

  /// What a socket speaks, by the protocol's number (IPPROTO_…).
  public enum Transport: UInt8, Sendable {
    case tcp = 6
    case udp = 17
  }

  /// Gives the TCP or UDP sockets of the families in certain states, each a bit by its number.
  public func sockets(
    _ transport: Transport, families: [AddressFamily] = [.inet, .inet6], states: UInt32 = .max
  ) throws(NetlinkFailure) -> [InternetSocketMessage] {
    var sockets: [InternetSocketMessage] = []
    for family in families {
      let request = NetlinkRequest.sockets(family: family, transport: transport.rawValue, states: states)
      for message in try list(request) { sockets.append(try Self.internet(message)) }
    }
    return sockets
  }

  public func unixSockets(states: UInt32 = .max) throws(NetlinkFailure) -> [UnixSocketMessage] {
    var sockets: [UnixSocketMessage] = []
    for message in try list(.unixSockets(states: states)) {
      sockets.append(try Self.unix(message))
    }
    return sockets
  }

  private static let activity = "list the sockets"

  /// Lists; a kernel without that kind of socket (ENOENT) has none of them.
  private func list(_ request: NetlinkRequest) throws(NetlinkFailure) -> [NetlinkMessage] {
    do throws(NetlinkFailure) {
      return try NetlinkSocket.list(.sockets, request, Self.activity, context).filter {
        $0.type == NetlinkRequest.socketsByFamily
      }
    } catch {
      guard case .refused(let system, _) = error.reason, system.errno == ENOENT else { throw error }
      return []
    }
  }

  private static func internet(_ message: NetlinkMessage) throws(NetlinkFailure) -> InternetSocketMessage {
    do throws(NetlinkError) {
      return try InternetSocketMessage(message.payload)
    } catch {
      throw NetlinkFailure(activity, .malformed(error))
    }
  }

  private static func unix(_ message: NetlinkMessage) throws(NetlinkFailure) -> UnixSocketMessage {
    do throws(NetlinkError) {
      return try UnixSocketMessage(message.payload)
    } catch {
      throw NetlinkFailure(activity, .malformed(error))
    }
  }
}
