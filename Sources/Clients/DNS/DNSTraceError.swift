import Net
import Wire

/// A walk from the root that cannot go on.
public struct DNSTraceError: LayeredError {
  /// What is wrong with a server of a zone.
  public enum Fault: Sendable {
    /// It does not speak for the zone; the reason.
    case lame(String)
    /// Its name lies in the zone, and the zone above gave no address of it.
    case noGlue(DomainName)
    /// Its address is to be had only from a zone that waits for this one.
    case loop(DomainName)
    /// Its name has no address.
    case noAddress(DomainName)
    /// It could not be asked, or did not answer.
    case silent(DNSClientError)
  }

  public enum Reason: Sendable {
    /// No server of the zone gave an answer or a way on; what was wrong with the last.
    case noServer(of: DomainName, Fault)
    /// More aliases than any sound name has.
    case aliases
    /// More steps than any sound tree takes.
    case tooLong
  }

  public let name: DomainName
  public let reason: Reason

  init(_ name: DomainName, _ reason: Reason) {
    self.name = name
    self.reason = reason
  }

  public var layer: Layer { .dns }

  public var code: String {
    switch reason {
    case .aliases, .tooLong: "dns-loop"
    case .noServer(_, let fault):
      switch fault {
      case .lame: "dns-lame"
      case .noGlue: "dns-no-glue"
      case .loop: "dns-loop"
      case .noAddress: "dns-no-address"
      case .silent(let error): error.code
      }
    }
  }

  public var message: String {
    switch reason {
    case .aliases: "follow \(name): its aliases lead on without end"
    case .tooLong: "follow \(name): its delegations lead on without end"
    case .noServer(let zone, let fault):
      "follow \(name): no server of the zone \(zone) can be asked for it; "
        + {
          switch fault {
          case .lame(let why): "the last one is lame: \(why)"
          case .noGlue(let server):
            "the address of \(server) is missing: it lies in that zone, and the zone above has no glue for it"
          case .loop(let server): "to find \(server) that zone itself would be needed: they wait for each other"
          case .noAddress(let server): "\(server) has no address"
          case .silent: "the last one did not answer"
          }
        }()
    }
  }

  public var headline: String { "cannot \(message)" }

  public var cause: (any LayeredError)? {
    if case .noServer(_, .silent(let error)) = reason { error } else { nil }
  }
}
