import Net
import Synchronization
import System
import Transport

/// The sockets of the parts of the lab that are no web servers: each has one port for UDP and TCP both.
final class LabDoors: Sendable {
  typealias Serve = Reception.Serve
  typealias Take = Reception.Take

  private let reception: Reception
  /// The numbers of the doors that belong to a part.
  private let numbers = Mutex<[Endpoint: [Int]]>([:])

  /// Ends the waits of all that serve.
  var context: NetworkContext { reception.context }

  init() throws(SystemCallError) {
    var context = NetworkContext()
    // Whoever says nothing for so long is cut off.
    context.limits.silence = TimeSpan(nanoseconds: 30_000_000_000)
    reception = try Reception(context)
  }

  /// Two sockets with one name.
  struct Pair {
    let listener: Listener
    let datagrams: Connection
    var port: UInt16 { listener.local.endpoint?.port ?? 0 }
  }

  /// Makes the sockets of several addresses, all with the same port, which is free on each of them; port 0 lets the system choose.
  func pairs(_ addresses: [Address], port: UInt16 = 0) throws(TransportError) -> [Pair] {
    var failure: TransportError?
    for _ in 0..<(port == 0 ? 32 : 1) {
      var made: [Pair] = []
      do throws(TransportError) {
        for address in addresses { made.append(try pair(address, made.first?.port ?? port)) }
        return made
      } catch {
        for pair in made {
          pair.listener.close(reception.context)
          pair.datagrams.close(reception.context)
        }
        failure = error
      }
    }
    guard let failure else { return [] }
    throw failure
  }

  private func pair(_ address: Address, _ port: UInt16) throws(TransportError) -> Pair {
    let context = reception.context
    let listener = try Listener.listen(tcp: Endpoint(address: address, port: port), context)
    let datagrams = try Connection.socket(.udp, isIPv6: !address.isIPv4, context)
    do throws(TransportError) {
      try datagrams.bind(to: listener.local, context)
    } catch {
      listener.close(context)
      datagrams.close(context)
      throw error
    }
    return Pair(listener: listener, datagrams: datagrams)
  }

  /// Opens the doors of a part; the sockets are theirs from then on.
  func open(_ part: LabPart, _ pair: Pair, inThreads: Bool, _ take: @escaping Take, _ serve: @escaping Serve)
    throws(SystemCallError)
  {
    let doors = [
      try reception.open(pair.listener, serve), try reception.open(pair.datagrams, inThreads: inThreads, take),
    ]
    numbers.withLock { $0[part.asked] = doors }
  }

  func close(_ part: LabPart) {
    for number in numbers.withLock({ $0.removeValue(forKey: part.asked) ?? [] }) { reception.close(number) }
  }

  func stop() { reception.stop() }
}
