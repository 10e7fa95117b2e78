import Glibc
import Net
import System
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

  public func netlinkSockets() throws(NetlinkFailure) -> [NetlinkSocketMessage] {
    var sockets: [NetlinkSocketMessage] = []
    // The kernel lists those that hear groups a second time.
    var seen: Set<[UInt32]> = []
    for message in try list(.netlinkSockets()) {
      do throws(NetlinkError) {
        let socket = try NetlinkSocketMessage(message.payload)
        let isNew = seen.insert([UInt32(socket.subject), socket.port, socket.inode]).inserted
        if isNew { sockets.append(socket) }
      } catch {
        throw NetlinkFailure(Self.activity, .malformed(error))
      }
    }
    return sockets
  }

  public func packetSockets() throws(NetlinkFailure) -> [PacketSocketMessage] {
    var sockets: [PacketSocketMessage] = []
    for message in try list(.packetSockets()) {
      do throws(NetlinkError) {
        sockets.append(try PacketSocketMessage(message.payload))
      } catch {
        throw NetlinkFailure(Self.activity, .malformed(error))
      }
    }
    return sockets
  }

  /// Gives the raw sockets of the families; a kernel that does not tell of them over netlink (CONFIG_INET_RAW_DIAG) does in /proc.
  public func rawSockets(_ families: [AddressFamily] = [.inet, .inet6]) throws(NetlinkFailure) -> [RawSocket] {
    var sockets: [RawSocket] = []
    for family in families {
      // IPPROTO_RAW stands for raw sockets of any protocol.
      if let messages = try answers(.sockets(family: family, transport: 255, states: .max)) {
        for message in messages { sockets.append(RawSocket(try Self.internet(message))) }
      } else if let bytes = try? FileText.read(family == .inet ? "/proc/net/raw" : "/proc/net/raw6") {
        let text = String(decoding: bytes, as: UTF8.self)
        sockets += text.split(separator: "\n").compactMap { RawSocket(line: $0) }
      }
    }
    return sockets
  }

  private static let activity = "list the sockets"

  /// Lists; a kernel without that kind of socket has none of them.
  private func list(_ request: NetlinkRequest) throws(NetlinkFailure) -> [NetlinkMessage] { try answers(request) ?? [] }

  /// Lists; nil if the kernel does not tell of that kind of socket (ENOENT).
  private func answers(_ request: NetlinkRequest) throws(NetlinkFailure) -> [NetlinkMessage]? {
    do throws(NetlinkFailure) {
      return try NetlinkSocket.list(.sockets, request, Self.activity, context).filter {
        $0.type == NetlinkRequest.socketsByFamily
      }
    } catch {
      guard case .refused(let system, _) = error.reason, system.errno == ENOENT else { throw error }
      return nil
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
