import CSystem
import Glibc
import Net

extension Connection {
  /// Makes a UDP socket that sends to one endpoint and hears it alone: socket(2), connect(2). Nothing goes over the wire.
  ///
  /// Map, look-up and errors are as for TCP; of several addresses the first that the system has a route to is taken.
  public static func connect(
    udp endpoint: Endpoint, _ context: NetworkContext, options: ConnectOptions = ConnectOptions()
  ) throws(TransportError) -> Connection {
    let search = Candidates(id: 0, asked: endpoint, options: options, context: context)
    var failure: TransportError?
    for candidate in try search.find(before: min(.after(context.limits.connect), context.deadline)) {
      let connection = try socket(.udp, isIPv6: !candidate.address.isIPv4, context)
      do throws(TransportError) {
        try connection.connect(to: .endpoint(candidate.endpoint), context)
        return connection
      } catch {
        connection.close(context)
        failure = error
        if context.deadline.isOver || context.interrupt.isRaised { break }
      }
    }
    throw failure ?? TransportError(layer: .udp, .connect(to: .endpoint(endpoint), via: .direct), .timeout(.deadline))
  }
}

extension Descriptor {
  /// Says whether the system has a way to an address: a UDP socket is connected to it, and nothing sent.
  public static func hasRoute(to address: Address) -> Bool {
    guard let probe = try? socket(family: address.isIPv4 ? AF_INET : AF_INET6, kind: SOCK_DGRAM) else { return false }
    return (try? probe.connect(SocketAddress(address, port: 9))) != nil
  }
}
