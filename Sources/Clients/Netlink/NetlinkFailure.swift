import Net
import System
import Transport
import Wire

/// A question to the kernel that was not answered.
public struct NetlinkFailure: LayeredError {
  public enum Reason: Sendable {
    case system(SystemCallError)
    /// The kernel said no, perhaps in its own words (NETLINK_EXT_ACK).
    case refused(SystemCallError, String?)
    case malformed(NetlinkError)
    case timeout
    case interrupted
    /// The list changed each time while it was being given.
    case unsteady
    /// There is more than memory should hold.
    case tooMuch
  }

  /// What was being done: `list the routes`.
  public let activity: String
  public let reason: Reason

  public init(_ activity: String, _ reason: Reason) {
    self.activity = activity
    self.reason = reason
  }

  init(_ activity: String, waiting error: WaitError) {
    self.activity = activity
    reason =
      switch error {
      case .timeout: .timeout
      case .interrupted: .interrupted
      case .system(let error): .system(error)
      }
  }

  public var layer: Layer { .netlink }

  public var code: String {
    switch reason {
    case .system(let error), .refused(let error, _): error.code
    case .malformed(let error): error.code
    case .timeout: "timeout"
    case .interrupted: "interrupted"
    case .unsteady: "netlink-unsteady"
    case .tooMuch: "too-large"
    }
  }

  public var message: String {
    switch reason {
    case .system, .refused(_, nil), .malformed: activity
    case .refused(_, let text?): "\(activity): the kernel says \"\(text)\""
    case .timeout: "\(activity): the time is up"
    case .interrupted: "\(activity): interrupted"
    case .unsteady: "\(activity): they changed each time while the kernel listed them"
    case .tooMuch: "\(activity): there are more than 1 GiB of them"
    }
  }

  public var headline: String { "cannot \(message)" }

  public var cause: (any LayeredError)? {
    switch reason {
    case .system(let error), .refused(let error, _): error
    case .malformed(let error): error
    default: nil
    }
  }
}
