import IDN
import Net
import Wire

/// A redirect that was followed.
public struct HTTPRedirect: Sendable {
  public let status: Int
  public let method: String
  public let from: URL
  public let to: URL
}

extension HTTPCall {
  /// Gives the request that a response redirects to (RFC 9110 §15.4); nil if it redirects nowhere.
  func redirected(by head: HTTPResponseHead) throws(HTTPClientError) -> HTTPCall? {
    guard [301, 302, 303, 307, 308].contains(head.status), let location = head.headers["Location"] else { return nil }
    var next = self
    next.url = try target(of: location)
    switch head.status {
    // RFC 9110 §15.4.2 and §15.4.3: a POST may become a GET, as all browsers have it; other methods stay.
    case 301, 302: if method == "POST" { next.becomeGet() }
    // RFC 9110 §15.4.4: look elsewhere, with GET or HEAD.
    case 303: if method != "GET" && method != "HEAD" { next.becomeGet() }
    default:
      // RFC 9110 §15.4.8 and §15.4.9: the method must not change, so that the body is wanted once more.
      guard content.isReplayable else { throw HTTPClientError(self, .redirectBody(status: head.status)) }
    }
    if HTTPOrigin(next.url) != HTTPOrigin(url) {
      next.dropSecrets()
      // The new host has its own name.
      next.headers.remove("Host")
    }
    return next
  }

  /// Resolves a Location against the URL that it was found at (RFC 9110 §10.2.2), as a browser reads it: backslashes are slashes, spaces
  /// and letters beyond ASCII are encoded (WHATWG URL §4.4). What it says of users is not taken.
  private func target(of location: String) throws(HTTPClientError) -> URL {
    let found: URL
    do throws(URLError) {
      // RFC 9110 §10.2.2: without a fragment of its own it inherits this one.
      let inherited = location.utf8.contains(UInt8(ascii: "#")) ? "" : url.fragment.map { "#\($0)" } ?? ""
      found = try resolve(location + inherited).withoutCredentials
    } catch {
      throw HTTPClientError(self, .redirectTarget(location, error))
    }
    guard found.scheme == "http" || found.scheme == "https" else {
      throw HTTPClientError(self, .redirectTarget(location, nil))
    }
    return found
  }

  private func resolve(_ location: String) throws(URLError) -> URL {
    // The web's rules have no zones of IPv6, in which only this machine may point (RFC 6874 §4).
    guard !url.host.contains("%") else { return try url.resolving(location) }
    let base = try SpecialURL(url.text)
    do throws(URLError) {
      return try URL(SpecialURL(location, base: base, ascii: { try? InternationalName.ascii($0) }))
    } catch {
      // Another scheme is none of HTTP, which the caller says.
      if case .notSpecial = error { return try URL(location) }
      throw error
    }
  }

  /// Makes it a GET without a body and the fields that describe one (RFC 9110 §15.4).
  private mutating func becomeGet() {
    method = "GET"
    content = .none
    contentType = nil
    headers = HTTPHeaders(
      headers.fields.filter { field in
        let name = field.name.lowercased()
        return !name.hasPrefix("content-") && name != "transfer-encoding" && name != "expect"
      })
  }
}
