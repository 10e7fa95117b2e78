import Net
import Wire

/// The path and the query of a request, from any of the forms that a target can have (RFC 9112 §3.2).
public struct RequestTarget: Sendable {
  /// As it was sent, with a slash at its beginning; `*` of an `OPTIONS *`.
  public let path: String
  /// What stands behind the first `?`, nil without one.
  public let query: String?

  /// Reads a target; nil for the form that only CONNECT has, and for what is none.
  ///
  ///     origin-form   = absolute-path [ "?" query ]
  ///     absolute-form = absolute-URI
  ///     asterisk-form = "*"
  public init?(_ head: HTTPRequestHead) {
    var rest = Substring(head.target)
    if head.method == "OPTIONS", rest == "*" {
      path = "*"
      query = nil
      return
    }
    if !rest.utf8.starts(with: [slash]) {
      // A server has to take the whole URI too, although only proxies are sent it (RFC 9112 §3.2.2).
      guard let mark = rest.firstRange(of: "://"), ["http", "https"].contains(rest[..<mark.lowerBound].lowercased())
      else { return nil }
      rest = rest[mark.upperBound...]
      guard let end = rest.utf8.firstIndex(where: { $0 == slash || $0 == question }) else {
        path = "/"
        query = nil
        return
      }
      rest = rest[end...]
    }
    guard let mark = rest.utf8.firstIndex(of: question) else {
      path = String(rest)
      query = nil
      return
    }
    path = mark == rest.startIndex ? "/" : String(rest[..<mark])
    query = String(rest[rest.utf8.index(after: mark)...])
  }

  /// Why a path names no file.
  public enum PathFault: Error {
    /// A `%` without two digits, or a NUL.
    case malformed
    /// A `.`, a `..`, or a slash that was encoded.
    case leadsElsewhere
  }

  /// The names on the path, percent-encoding undone (RFC 3986 §2.1); a slash at the end gives no empty name.
  public func segments() throws(PathFault) -> [ArraySlice<UInt8>] {
    var names: [ArraySlice<UInt8>] = []
    for part in path.utf8.split(separator: slash, omittingEmptySubsequences: true) {
      var name = Array(part)
      if name.contains(0x25) {
        guard let decoded = try? PercentEncoding.decode(name) else { throw .malformed }
        name = decoded
      }
      guard !name.contains(0) else { throw .malformed }
      // Clients take dots out before they send (RFC 3986 §5.2.4); what still has them wants to climb.
      guard !name.contains(slash), name != [0x2e], name != [0x2e, 0x2e] else { throw .leadsElsewhere }
      names.append(name[...])
    }
    return names
  }

  /// Whether the path ends as that of a folder does.
  public var isFolder: Bool { path.utf8.last == slash }
}

private let slash: UInt8 = 0x2f
private let question: UInt8 = 0x3f
