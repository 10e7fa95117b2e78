import Net
import TLS
import Transport
import Wire

/// A question that got no answer: which one, from whom, and what stopped it.
public struct DNSClientError: LayeredError {
  public enum Reason: Sendable {
    case transport(TransportError)
    /// What came is no message; `ignored` counts what was no answer besides.
    case malformed(DNSError)
    /// Every attempt passed without an answer; `ignored` says what came instead.
    case timeout(attempts: Int, ignored: [String])
    /// The stream brought a message that is no answer to the question.
    case notTheAnswer(String)
    /// No TLS was agreed on, or the certificate is not the server's.
    case tls(TLSError)
    case http(HTTPClientError)
    /// The web server did not answer 200 with a message.
    case status(Int, String)
    case tooLarge(DNSError)
    /// The server says no, where a yes or a no is all there is.
    case refused(ResponseCode)
  }

  public let question: Question
  public let server: DNSServer
  public let reason: Reason

  public var layer: Layer { .dns }

  public var code: String {
    switch reason {
    case .transport(let error): error.code
    case .malformed(let error), .tooLarge(let error): error.code
    case .timeout: "timeout"
    case .notTheAnswer: "dns-mismatch"
    case .tls(let error): error.code
    case .http(let error): error.code
    case .status: "dns-http-status"
    case .refused(let code): code.description
    }
  }

  public var message: String {
    let title = "ask \(server) for \(question)"
    switch reason {
    case .transport, .malformed, .tls, .http, .tooLarge: return title
    case .timeout(let attempts, let ignored):
      let tries = attempts == 1 ? "an attempt" : "\(attempts) attempts"
      guard let last = ignored.last else { return "\(title): \(tries) passed without an answer" }
      return
        "\(title): \(tries) passed; of \(ignored.count) datagrams none was the answer, the last one because \(last)"
    case .notTheAnswer(let why): return "\(title): what came is not the answer, because \(why)"
    case .refused(let code):
      return "\(title): the server answered \(code)" + (code.meaning.map { ", \($0)" } ?? "")
    case .status(let status, let reason): return "\(title): the web server answered \(status) \(reason)"
    }
  }

  public var headline: String { "cannot \(message)" }

  public var cause: (any LayeredError)? {
    switch reason {
    case .transport(let error): error
    case .malformed(let error), .tooLarge(let error): error
    case .tls(let error): error
    case .http(let error): error
    default: nil
    }
  }
}
