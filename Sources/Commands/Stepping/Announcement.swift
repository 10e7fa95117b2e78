import Net
import Transport
import Wire

/// A step that is going to be done, in words, with a look at its bytes. All of it is safe on a terminal.
public struct Announcement: Sendable {
  /// Its number in the walk, from 1.
  public let number: Int
  /// `dns`, `tcp`, `udp`, `unix`, `tls` or `http`.
  public let layer: String
  public let sentence: String
  /// What its bytes are, a few lines.
  public let lines: [String]
  /// What can be edited before it is sent; nil if nothing can.
  public let bytes: [UInt8]?
  /// Why it cannot be left out; nil if it can.
  let whyNotSkipped: String?
  /// What leaving it out means.
  let skipping: String

  init(_ number: Int, _ step: Step, peer: SocketName?) {
    self.number = number
    layer = step.breakLayer == .tcp ? step.transport.rawValue : step.breakLayer.name
    sentence = SafeText.escaping(Self.sentence(step, peer), .singleLine)
    lines = step.kind == .handshake ? [] : ByteGlance(step).lines
    let isOutgoing = [.send, .seal, .request].contains(step.kind) || step.kind == .chunk && !step.isIncoming
    bytes = isOutgoing && !step.bytes.isEmpty ? step.bytes : nil
    whyNotSkipped =
      step.kind == .handshake
      ? "a handshake message cannot be left out alone, since both ends sign them all (RFC 8446 §4.4): "
        + "skip the `send` that carries it"
      : nil
    skipping = Self.skipping(step)
  }

  private static func sentence(_ step: Step, _ peer: SocketName?) -> String {
    let there = peer.map { "\($0)" } ?? "the peer of connection \(step.connection)"
    let count = counted(step.bytes.count, "byte")
    switch step.kind {
    case .resolve: return "look up \(step.detail)"
    case .map: return "take the session's map: \(step.detail)"
    case .socket: return "make a socket" + (step.detail.isEmpty ? "" : " (\(step.detail))")
    case .bind: return "bind " + (step.local.map { "to \($0)" } ?? step.detail)
    case .listen: return "listen" + (step.local.map { " on \($0)" } ?? "")
    case .connect: return "connect to \(there)"
    case .accept: return "accept a connection" + (step.local.map { " on \($0)" } ?? "")
    case .handshake:
      guard step.detail.count > Self.longestSentence else { return step.detail }
      return step.detail.prefix(Self.longestSentence) + "… (`tls handshake` shows all of it)"
    case .send:
      let what = step.bytes.isEmpty && !step.detail.isEmpty ? step.detail : count
      return "send \(what) to \(there)" + (step.detail.hasPrefix("urgent") ? ", \(step.detail)" : "")
    case .recv: return "receive from \(there)"
    case .seal: return "seal \(count) for \(there)"
    case .shutdown: return "end our direction to \(there)"
    case .close: return "close connection \(step.connection)" + (step.detail.isEmpty ? "" : " \(step.detail)")
    case .request: return "send a request to \(there)"
    case .response: return "take the head of the response"
    case .chunk: return step.isIncoming ? "take \(count) \(step.detail.dropFirst(2))" : "send \(count) of the body"
    case .open: return "open \(count)"
    }
  }

  /// What a client offers is much longer than a window is wide.
  private static let longestSentence = 200

  private static func skipping(_ step: Step) -> String {
    switch step.kind {
    case .map: return "the name is looked up instead"
    case .send, .seal, .request: return "it counts as sent, and no byte left"
    case .chunk: return step.isIncoming ? "the body goes on without it" : "it counts as sent, and no byte left"
    case .connect: return "this address is passed over"
    case .shutdown, .close: return "everything stays open"
    default: return "what needs it fails with `skipped`"
    }
  }

  // MARK: Outcomes

  /// Says what came of a step.
  static func outcome(of step: Step) -> [String] {
    let took = "in \(TimeSpan(nanoseconds: max(0, step.end - step.start) / 1_000 * 1_000))"
    if let error = step.error {
      let text = error.layers.map { "\($0.message)" }.last ?? error.code
      return [SafeText.escaping("✗ \(error.code): \(text), \(took)", .singleLine)]
    }
    let count = counted(step.byteCount, "byte")
    var lines: [String]
    switch step.kind {
    case .send: lines = ["→ \(count) \(took)" + (step.detail.hasPrefix("edited") ? ", \(step.detail)" : "")]
    case .recv where step.byteCount == 0 && !step.detail.isEmpty: lines = ["← \(step.detail), \(took)"]
    case .recv: lines = ["← \(count) \(took)"]
    case .resolve, .map: lines = ["✓ \(step.detail), \(took)"]
    case .connect: lines = ["✓ connected" + (step.local.map { " from \($0)" } ?? "") + " \(took)"]
    case .accept: lines = ["✓ accepted" + (step.remote.map { " \($0)" } ?? "") + " \(took)"]
    default: lines = ["✓ done \(took)"]
    }
    lines = lines.map { SafeText.escaping($0, .singleLine) }
    // What a client of HTTP makes of its bytes is a step of its own.
    if step.kind == .recv, step.carries != .http { lines += ByteGlance(step).lines }
    return lines
  }
}

extension Step {
  /// Whether a piece of a body came, and is not to be sent.
  var isIncoming: Bool { detail.hasPrefix("←") }

  /// Whether the taps are told of it once more when it is done.
  var hasOutcome: Bool {
    switch kind {
    case .request, .response, .chunk, .handshake, .seal, .open: false
    default: true
    }
  }
}
