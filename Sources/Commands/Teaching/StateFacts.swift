import Interpreter
import Net
import Wire

/// What is to be said of the state of a socket: what it waits for, what leads there and what leads away.
enum StateFacts {
  private static let place = "RFC 9293 §3.3.2"

  /// Gives facts of a state by its name, `established` or `time_wait`; none for what is no state.
  static func of(_ name: String) -> [Fact] { TCPState.named(name).first.map(of) ?? others[name.lowercased()] ?? [] }

  static func of(_ state: TCPState) -> [Fact] {
    var facts = [Fact("state", state.name, state.meaning, state == .bound ? "" : place)]
    facts += TCPTransition.all.filter { $0.to == state }.map { Fact("from", $0.from.name, sentence($0), place) }
    facts += TCPTransition.all.filter { $0.from == state }.map { Fact("to", $0.to.name, sentence($0), place) }
    if let symptom = state.symptom {
      facts.append(Fact("meaning", state.name, "if it stays: \(symptom)", isReading: true))
    }
    return facts
  }

  private static func sentence(_ step: TCPTransition) -> String {
    step.sends.isEmpty ? step.event : "\(step.event); \(step.sends) is sent"
  }

  /// The words that the shell has beside those of TCP, for what its own side of a connection is.
  private static let others: [String: [Fact]] = [
    "half-closed": [
      Fact("state", "half-closed", "this side has ended its direction and still receives", "RFC 9293 §3.6"),
      Fact("meaning", "half-closed", "in TCP it is FIN-WAIT-1 or FIN-WAIT-2 here, CLOSE-WAIT there", isReading: true),
    ],
    "peer-closed": [
      Fact("state", "peer-closed", "the peer has ended its direction and still receives", "RFC 9293 §3.6"),
      Fact("meaning", "peer-closed", "in TCP it is CLOSE-WAIT here, FIN-WAIT-2 there", isReading: true),
    ],
    "unconn": [Fact("state", "UNCONN", "ss(8) says so of a socket without a peer; for UDP that is usual")],
  ]
}
