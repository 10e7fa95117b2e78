import Net
import Wire

/// An RFC that could not be had.
public struct RFCLibraryError: LayeredError {
  public let number: Int
  public let reason: Reason

  public enum Reason: Sendable {
    case badNumber
    case url(URLError)
    case status(Int)
    case http(HTTPClientError)
  }

  init(_ number: Int, _ reason: Reason) {
    self.number = number
    self.reason = reason
  }

  public var layer: Layer { .rfc }

  public var code: String {
    switch reason {
    case .badNumber: "bad-rfc-number"
    case .url(let error): error.code
    case .status(404): "no-such-rfc"
    case .status: "http-status"
    case .http(let error): error.code
    }
  }

  public var message: String {
    switch reason {
    case .badNumber: "\(number) is no number of an RFC"
    case .url, .http: "fetch RFC \(number)"
    case .status(let status): "fetch RFC \(number): the server answered \(status) \(HTTPStatus.reason(status))"
    }
  }

  public var headline: String { if case .badNumber = reason { message } else { "cannot \(message)" } }

  public var cause: (any LayeredError)? {
    switch reason {
    case .url(let error): error
    case .http(let error): error
    case .badNumber, .status: nil
    }
  }
}
