import Interpreter
import Transport
import Wire

extension Session {
  /// The SYNs of the connections that are open and were accepted, by their ends, where the kernel kept them (TCP_SAVED_SYN).
  var knownSYNs: [ConversationEnds: Packet] {
    var syns: [ConversationEnds: Packet] = [:]
    for case let open as OpenConnection in resources where open.connection.descriptor.isOpen {
      guard let bytes = try? open.connection.savedSYN(), let packet = try? Packet(parsing: bytes[...], from: .ip),
        let (source, destination) = packet.addresses, case .tcp(let header)? = packet.transport,
        let ends = ConversationEnds(
          local: destination, localPort: header.destinationPort, remote: source, remotePort: header.sourcePort)
      else { continue }
      syns[ends] = packet
    }
    return syns
  }
}
