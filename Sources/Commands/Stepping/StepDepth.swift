import Net
import Transport

/// How far down a walk goes: each depth has all the steps of those before it, and more.
public enum StepDepth: String, Sendable, CaseIterable, Comparable {
  /// Requests, responses and the chunks of bodies.
  case http
  /// Handshake messages, alerts, and what is sealed.
  case tls
  /// Every call on a socket, and names that are looked up.
  case tcp
  /// What a look-up itself does on the wire.
  case dns

  public var name: String { rawValue }
  public static let names = allCases.map(\.name)

  /// What a walk shows where nobody says how deep.
  public static let standard = StepDepth.tcp

  public init?(named name: String) { self.init(rawValue: name) }

  public static func < (left: StepDepth, right: StepDepth) -> Bool { left.level < right.level }

  /// How deep it is: 0 is the uppermost.
  private var level: Int {
    switch self {
    case .http: 0
    case .tls: 1
    case .tcp: 2
    case .dns: 3
    }
  }
}

extension Step {
  /// The least depth at which it is shown.
  var depth: StepDepth {
    if isLookup { return .dns }
    switch kind {
    case .request, .response, .chunk: return .http
    case .handshake, .seal, .open: return .tls
    default: return .tcp
    }
  }

  /// The layer that it belongs to, where `b` breaks: a look-up and what carries a message of DNS count as `dns`, whatever the
  /// transport is as `tcp`.
  var breakLayer: StepDepth {
    switch kind {
    case .request, .response, .chunk: .http
    case .handshake, .seal, .open: .tls
    case .resolve, .map: .dns
    case .send, .recv: carries == .dns ? .dns : .tcp
    default: .tcp
    }
  }
}
