/// A step from one state of TCP to another: an arrow in the diagram of RFC 9293 §3.3.2, figure 5, with the errata of its text.
public struct TCPTransition: Sendable, Hashable {
  public let from: TCPState
  public let to: TCPState
  /// What happens.
  public let event: String
  /// What is sent then; empty for nothing.
  public let sends: String

  private init(_ from: TCPState, _ to: TCPState, _ event: String, sends: String = "") {
    self.from = from
    self.to = to
    self.event = event
    self.sends = sends
  }

  public static let all = [
    TCPTransition(.closed, .listen, "passive OPEN: listen(2)"),
    TCPTransition(.closed, .synSent, "active OPEN: connect(2)", sends: "SYN"),
    TCPTransition(.listen, .synReceived, "a SYN comes", sends: "SYN, ACK"),
    TCPTransition(.listen, .synSent, "SEND", sends: "SYN"),
    TCPTransition(.listen, .closed, "CLOSE: close(2)"),
    TCPTransition(.synSent, .established, "the SYN, ACK comes", sends: "ACK"),
    TCPTransition(.synSent, .synReceived, "a SYN comes, since both opened at once", sends: "SYN, ACK"),
    TCPTransition(.synSent, .closed, "a RST comes, the time is up, or CLOSE"),
    TCPTransition(.synReceived, .established, "the ACK of the SYN comes"),
    TCPTransition(.synReceived, .listen, "a RST comes, after a passive OPEN"),
    TCPTransition(.synReceived, .finWait1, "CLOSE: close(2) or shutdown(2)", sends: "FIN"),
    TCPTransition(.established, .finWait1, "CLOSE: close(2) or shutdown(2)", sends: "FIN"),
    TCPTransition(.established, .closeWait, "a FIN comes", sends: "ACK"),
    TCPTransition(.established, .closed, "a RST comes, or is sent"),
    TCPTransition(.finWait1, .finWait2, "the ACK of the FIN comes"),
    TCPTransition(.finWait1, .closing, "a FIN comes before the ACK of ours", sends: "ACK"),
    TCPTransition(.finWait1, .timeWait, "a FIN comes with the ACK of ours", sends: "ACK"),
    TCPTransition(.finWait2, .timeWait, "a FIN comes", sends: "ACK"),
    TCPTransition(.closeWait, .lastAck, "CLOSE: close(2) or shutdown(2)", sends: "FIN"),
    TCPTransition(.closing, .timeWait, "the ACK of the FIN comes"),
    TCPTransition(.lastAck, .closed, "the ACK of the FIN comes"),
    TCPTransition(.timeWait, .closed, "twice the longest life of a segment went by (Linux: 60 s)"),
  ]
}

extension TCPState {
  /// What one who is in it waits for, after RFC 9293 §3.3.2.
  public var meaning: String {
    switch self {
    case .listen: "it waits for a connection request from any peer"
    case .synSent: "its connection request is sent, and it waits for one from the peer"
    case .synReceived, .newSynReceived:
      "it has sent and received a request, and waits for the acknowledgement of its own"
    case .established: "the connection is open: data can go both ways"
    case .finWait1: "it has ended its direction, and waits for the acknowledgement of that or for the peer's end"
    case .finWait2: "its end is acknowledged, and it waits for the peer's"
    case .closeWait: "the peer has ended its direction, and the local program has not closed yet"
    case .closing: "both ended at once, and it waits for the acknowledgement of its end"
    case .lastAck: "it ended after the peer, and waits for the acknowledgement of that"
    case .timeWait:
      "all is over; it stays so that late segments meet no new connection, and can acknowledge the peer's end again"
    case .closed: "no connection at all"
    case .bound: "a socket of Linux that has an address and does nothing yet; the diagram does not have it"
    }
  }

  /// What it probably means that somebody sees many sockets in it, or one for long; nil where that is usual.
  public var symptom: String? {
    switch self {
    case .synSent: "no answer comes: a firewall drops the SYN, or nobody has that address"
    case .synReceived, .newSynReceived: "the client's last ACK does not come: lost, or a flood of SYNs"
    case .finWait2: "the peer does not close its side"
    case .closeWait: "a fault of the program here: it got the end and does not close its socket"
    case .lastAck, .closing, .finWait1:
      "the peer, or the way to it, is gone; the kernel sends the FIN again and gives up"
    case .timeWait: "usual at the side that closed first; it goes away by itself"
    case .established, .listen, .closed, .bound: nil
    }
  }
}
