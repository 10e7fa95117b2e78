import System
import Net

/// A name whose addresses could not be found.
public struct NameError: LayeredError {
  public let name: String
  public let code: String
  public let reason: Reason

  public enum Reason: Sendable {
    /// The resolver's answer, as gai_strerror(3) words it.
    case getaddrinfo(String)
    /// What our own resolver says.
    case resolver(String)
    /// Nobody was asked: the session keeps the name from leading anywhere, and says why and what to do.
    case withheld(String, hint: String)
    /// No name server gave an answer; the last one did this.
    case dns(any LayeredError)
    /// The text cannot be the name of a host, so nobody was asked.
    case notAName
    /// It has addresses, but none that may be used.
    case noSuchAddress
    case timeout
    case interrupted
    /// Whoever held the look-up left it out.
    case skipped
    /// Earlier look-ups still hang; no more are started.
    case tooMany
    case system(SystemCallError)
  }

  /// - Parameter code: `NXDOMAIN`, another `EAI_…`, or the code of the reason when nil.
  public init(name: String, code: String? = nil, _ reason: Reason) {
    self.name = name
    self.reason = reason
    let ownCode =
      switch reason {
      case .getaddrinfo, .resolver: "EAI_FAIL"
      case .withheld: "NXDOMAIN"
      case .dns: "EAI_AGAIN"
      case .notAName: "bad-name"
      case .noSuchAddress: "NODATA"
      case .timeout: "timeout"
      case .interrupted: "interrupted"
      case .skipped: "skipped"
      case .tooMany: "EAI_AGAIN"
      case .system(let error): error.code
      }
    self.code = code ?? ownCode
  }

  public var layer: Layer { .name }
  public var message: String { sentence }
  public var headline: String { "cannot \(message)" }
  public var hint: String? { if case .withheld(_, let hint) = reason { hint } else { nil } }
  public var cause: (any LayeredError)? {
    switch reason {
    case .system(let error): return error
    case .dns(let error): return error
    default: return nil
    }
  }
}
