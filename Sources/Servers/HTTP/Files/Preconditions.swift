import Net
import Wire

/// What a client makes its request depend on, weighed against a file (RFC 9110 §13).
struct Preconditions {
  let headers: HTTPHeaders
  let tag: EntityTag
  /// When the file was changed, in whole seconds as HTTP tells it.
  let modified: Int64

  enum Verdict {
    case goOn
    /// The client has the file already; 304.
    case notModified
    /// The file is not what the client thinks; 412.
    case failed
  }

  /// Weighs all but If-Range, in the order of RFC 9110 §13.2.2, for GET and HEAD.
  var verdict: Verdict {
    if headers.contains("If-Match") {
      guard matches("If-Match", { $0.isSameBytes(as: tag) }) else { return .failed }
    } else if let time = time("If-Unmodified-Since"), modified > time {
      return .failed
    }
    if headers.contains("If-None-Match") {
      return matches("If-None-Match", { $0.isAsGood(as: tag) }) ? .notModified : .goOn
    }
    if let time = time("If-Modified-Since"), modified <= time { return .notModified }
    return .goOn
  }

  /// Whether a part may be sent: the client has its other parts of the same bytes (If-Range, RFC 9110 §13.1.5).
  var allowsRange: Bool {
    guard let condition = headers["If-Range"] else { return true }
    if let known = EntityTag(condition) { return known.isSameBytes(as: tag) }
    // A time is compared exactly, and only one that lies a second before now says which bytes (§8.8.2.2).
    guard let time = HTTPDate.parse(condition)?.secondsSince1970 else { return false }
    return time == modified && modified < Timestamp.now().secondsSince1970 - 1
  }

  private func matches(_ name: String, _ isMatch: (EntityTag) -> Bool) -> Bool {
    headers.list(name).contains { $0 == "*" || EntityTag($0).map(isMatch) ?? false }
  }

  /// A field that is no valid time is ignored (RFC 9110 §13.1.3).
  private func time(_ name: String) -> Int64? { headers[name].flatMap { HTTPDate.parse($0)?.secondsSince1970 } }
}
