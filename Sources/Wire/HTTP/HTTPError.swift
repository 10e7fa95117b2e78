import Net

/// What goes wrong in HTTP/1 itself: the peer broke the protocol, or we were about to.
public enum HTTPError: LayeredError, Hashable, CustomStringConvertible {
  /// The peer sent what the protocol forbids, or stopped in the middle; `offset` counts bytes from the start of the stream.
  case peer(HTTPFault, offset: Int)
  /// We asked for a message that must not be sent, or used the engine out of turn.
  case misuse(HTTPMisuse)

  public var layer: Layer { .http }

  public var code: String {
    switch self {
    case .peer(let fault, _): fault.code
    case .misuse: "http-misuse"
    }
  }

  /// Where in the received stream the fault is, counted from 0; nil for a misuse.
  public var offset: Int? {
    if case .peer(_, let offset) = self { offset } else { nil }
  }

  /// The rule broken, such as `RFC 9112 §2.2`; nil where no RFC speaks of it.
  public var section: String? {
    switch self {
    case .peer(let fault, _): fault.section
    case .misuse(let misuse): misuse.section
    }
  }

  public var message: String {
    let rule = section.map { " (\($0))" } ?? ""
    switch self {
    case .peer(let fault, let offset): return "\(fault.sentence) at byte \(offset)\(rule)"
    case .misuse(let misuse): return misuse.sentence + rule
    }
  }

  public var hint: String? {
    if case .peer(let fault, _) = self { fault.hint } else { nil }
  }

  public var description: String { "\(code): \(message)" }
}
