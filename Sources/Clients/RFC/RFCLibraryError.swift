import Coding
import Net
import System
import Wire

/// An RFC, or the index of all, that could not be had.
public struct RFCLibraryError: LayeredError {
  /// What was wanted.
  public enum Subject: Sendable, Hashable, CustomStringConvertible {
    case document(Int)
    case index

    public var description: String {
      switch self {
      case .document(let number): "RFC \(number)"
      case .index: "the index of RFCs"
      }
    }
  }

  public enum Reason: Sendable {
    /// The text is no number that an RFC can have.
    case badNumber(String)
    case url(URLError)
    /// There is none at this URL or path.
    case missing(at: String)
    case status(Int)
    case http(HTTPClientError)
    case file(FileError)
    /// A page of the web came in its place, or a redirect to another host, as captive portals answer everything.
    case portal(String)
    /// Fewer bytes came than were promised, or none at all.
    case truncated(Int, promised: Int?)
    case notText
    case redirects(limit: Int)
    case badIndex(XMLError)
    /// The index has no RFCs in it.
    case emptyIndex
    /// Nobody may be asked, and it is not in the cache.
    case offline
  }

  public let subject: Subject
  public let reason: Reason

  public init(_ subject: Subject, _ reason: Reason) {
    self.subject = subject
    self.reason = reason
  }

  public var layer: Layer { .rfc }

  public var code: String {
    switch reason {
    case .badNumber: "bad-rfc-number"
    case .missing: subject == .index ? "no-rfc-index" : "no-such-rfc"
    case .status: "http-status"
    case .portal: "captive-portal"
    case .truncated: "http-body-truncated"
    case .notText: "rfc-not-text"
    case .redirects: "too-many-redirects"
    case .badIndex, .emptyIndex: "bad-rfc-index"
    case .offline: "not-cached"
    case .url(let error): error.code
    case .http(let error): error.code
    case .file(let error): error.code
    }
  }

  public var message: String {
    switch reason {
    case .badNumber(let text): "`\(text)` is no number of an RFC"
    case .url, .http, .badIndex: "fetch \(subject)"
    case .file: "read \(subject)"
    case .missing(let place):
      subject == .index
        ? "fetch \(subject): there is none at \(place)" : "fetch \(subject): there is no such RFC at \(place)"
    case .status(let status): "fetch \(subject): the server answered \(status) \(HTTPStatus.reason(status))"
    case .portal(let what): "fetch \(subject): \(what)"
    case .truncated(let count, let promised):
      "fetch \(subject): only \(count)\(promised.map { " of \($0)" } ?? "") bytes came"
    case .notText: "fetch \(subject): what came is not text"
    case .redirects(let limit): "fetch \(subject): the server redirected more than \(limit) times"
    case .emptyIndex: "fetch \(subject): what came names no RFC"
    case .offline: "\(subject) is not in the cache, and --offline asks nobody"
    }
  }

  public var headline: String {
    switch reason {
    case .badNumber, .offline: message
    default: "cannot \(message)"
    }
  }

  public var cause: (any LayeredError)? {
    switch reason {
    case .url(let error): error
    case .http(let error): error
    case .file(let error): error
    case .badIndex(let error): error
    default: nil
    }
  }
}
