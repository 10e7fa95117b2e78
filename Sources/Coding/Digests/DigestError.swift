import COpenSSL
import Net

/// Why OpenSSL gave no digest: the call, and its own reason.
public struct DigestError: LayeredError, Hashable {
  public let call: String
  public let reason: String

  /// Takes the oldest error of OpenSSL's queue for this thread, ERR_get_error(3), and empties it.
  init(_ call: String) {
    self.call = call
    let number = ERR_get_error()
    ERR_clear_error()
    reason = ERR_reason_error_string(number).map { String(cString: $0) } ?? "no reason given"
  }

  init(_ call: String, reason: String) {
    self.call = call
    self.reason = reason
  }

  static let isFinished = DigestError("finish", reason: "the digest was finished before")

  public var layer: Layer { .value }
  public var code: String { "digest-failed" }
  public var message: String { "\(call) failed: \(reason)" }
}
