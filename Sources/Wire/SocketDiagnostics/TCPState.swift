/// The state of one end of a TCP connection (RFC 9293 §3.3.2), by the numbers of Linux (net/tcp_states.h).
public enum TCPState: UInt8, Sendable, CaseIterable {
  case established = 1
  case synSent, synReceived, finWait1, finWait2, timeWait, closed, closeWait, lastAck, listen, closing
  /// Linux' own state of a connection whose handshake is not yet done; RFC 9293 calls it SYN-RECEIVED too.
  case newSynReceived
  /// Linux' own state of a socket that is bound and does nothing.
  case bound

  /// The name as the diagram of RFC 9293 §3.3.2 has it.
  public var name: String {
    switch self {
    case .established: "ESTABLISHED"
    case .synSent: "SYN-SENT"
    case .synReceived, .newSynReceived: "SYN-RECEIVED"
    case .finWait1: "FIN-WAIT-1"
    case .finWait2: "FIN-WAIT-2"
    case .timeWait: "TIME-WAIT"
    case .closed: "CLOSED"
    case .closeWait: "CLOSE-WAIT"
    case .lastAck: "LAST-ACK"
    case .listen: "LISTEN"
    case .closing: "CLOSING"
    case .bound: "BOUND"
    }
  }

  /// All names, each once.
  public static let names = allCases.filter { $0 != .newSynReceived }.map(\.name)

  /// Gives the states of a name, case and the kind of dash ignored: `established`, `time_wait`.
  public static func named(_ name: String) -> [TCPState] {
    let wanted = name.uppercased().replacing("_", with: "-")
    return allCases.filter { $0.name == wanted }
  }
}
