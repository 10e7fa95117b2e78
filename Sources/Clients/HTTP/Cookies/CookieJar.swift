import Net
import Synchronization
import Wire

/// The cookies of a session (RFC 6265): taken from responses, given to the requests they are for.
public final class CookieJar: Sendable {
  /// RFC 6265 §6.1 wants room for 50 of a domain and 3,000 in all.
  private static let maximum = 3_000
  private static let maximumOfDomain = 180

  private let kept = Mutex<[Cookie]>([])

  public init() {}

  /// What is kept and has not ended, in the order in which it was set.
  public var cookies: [Cookie] {
    let now = Timestamp.now()
    return kept.withLock { $0.filter { !$0.hasEnded(at: now) } }
  }

  /// Takes the cookies that a response sets.
  public func take(_ headers: HTTPHeaders, from url: URL) {
    for field in headers.values("Set-Cookie") {
      guard let cookie = Cookie(setBy: field, from: url) else { continue }
      put(cookie)
    }
  }

  /// Keeps a cookie in the place of one with the same name, domain and path; one that has ended removes it (RFC 6265 §5.3).
  func put(_ new: Cookie) {
    var new = new
    let now = Timestamp.now()
    kept.withLock { kept in
      if let index = kept.firstIndex(where: { $0.name == new.name && $0.domain == new.domain && $0.path == new.path }) {
        // It keeps the age of the one before, which decides the order in which they are sent.
        new.created = kept[index].created
        kept[index] = new
      } else {
        kept.append(new)
      }
      kept.removeAll { $0.hasEnded(at: now) }
      let ofDomain = kept.count { $0.domain == new.domain }
      if ofDomain > Self.maximumOfDomain, let oldest = kept.firstIndex(where: { $0.domain == new.domain }) {
        kept.remove(at: oldest)
      }
      if kept.count > Self.maximum { kept.removeFirst() }
    }
  }

  /// Gives the value of `Cookie` for a URL; nil if none is for it. Longer paths come first, then older cookies (RFC 6265 §5.4).
  public func field(for url: URL) -> String? {
    let now = Timestamp.now()
    let found = cookies.filter { $0.goes(to: url, at: now) }.sorted { first, second in
      (second.path.utf8.count, first.created) < (first.path.utf8.count, second.created)
    }
    return found.isEmpty ? nil : found.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
  }

  /// Forgets everything.
  public func clear() { kept.withLock { $0 = [] } }
}
