import Clients
import Net
import Transport
import Wire

// The rules for responses, proxies and the peers that break HTTP.

extension Judgement {
  mutating func judgeHTTP() {
    if let status = trouble.status { return judge(status.head) }
    if trouble.code == "captive-portal" {
      return add(.captivePortal, .likely, trouble.error.message, ["http get http://neverssl.com/", "wire --text"])
    }
    if isPageInsteadOfData {
      add(.captivePortal, .possible, "a page of HTML came where data was wanted", ["wire", "http get URL --follow 0"])
      return add(.notThere, .possible, "a server may answer any path with a page", ["wire"])
    }
    if ["http-redirect-loop", "http-redirect-limit", "too-many-redirects"].contains(trouble.code) {
      return add(.redirectLoop, .certain, trouble.error.message, ["http session NAME { http get URL --follow 10 }"])
    }
    guard case .peer(let fault, let offset)? = trouble.violation else { return }
    switch fault {
    case .notHTTP(let first) where first == 0x15 || first == 0x16:
      add(
        .speaksTLS, .certain, "its first byte is that of a TLS record (RFC 8446 §5.1)",
        [trouble.secureURL.map { "http get \($0)" } ?? "tls connect \(place)"])
    case .notHTTP:
      add(.wrongService, .certain, "what came does not begin with HTTP/", ["wire --hex", "tcp connect \(place)"])
    case .closedBeforeMessage: judgeBroken()
    case .closedInHead, .closedInBody, .closedInChunks:
      add(.bodyCut, .certain, fault.sentence, ["wire", "wire --ladder"])
    case .headTooLarge, .lineTooLong, .tooManyFields, .trailersTooLarge:
      add(.headTooLarge, .certain, "\(fault.sentence), at byte \(offset)", ["wire --hex"])
    default:
      add(
        .breaksHTTP, .certain, "\(fault.sentence), at byte \(offset) (\(fault.section))",
        ["wire --hex", "rfc section \(fault.command)"])
    }
  }

  private mutating func judge(_ head: HTTPResponseHead) {
    let said = "the server answered \(head.status) \(head.reason)"
    switch head.status {
    case 401:
      let wants = head.headers["WWW-Authenticate"].map { ", and wants \($0.prefix(40))" } ?? ""
      add(
        .credentialsWanted, .certain, said + wants,
        ["http get URL --user NAME:PASSWORD", "http get URL --bearer TOKEN"])
    case 403: add(.forbidden, .certain, said, ["http get URL --user NAME:PASSWORD"])
    case 404, 410: add(.notThere, .certain, said, ["http get URL --follow 5"])
    case 405, 501:
      add(
        .methodNotAllowed, .certain, said + (head.headers["Allow"].map { "; it allows \($0)" } ?? ""),
        ["http options URL"])
    case 407: add(.proxyCredentials, .certain, said, ["http get URL --proxy http://USER:PASSWORD@HOST:PORT"])
    case 429:
      let wait = head.headers["Retry-After"].map { "; it says Retry-After: \($0)" } ?? ""
      add(.tooManyRequests, .certain, said + wait, ["http get URL --retry 5"])
    case 511: add(.captivePortal, .certain, "\(said) (RFC 6585 §6)", ["http get URL"])
    case 502, 504: add(.backendFault, .certain, said, ["http get URL --retry 3"])
    case 503: add(.overloaded, .certain, said, ["http get URL --retry 3"])
    case 500...: add(.serverFault, .certain, said, ["http get URL --retry 3"])
    default: add(.badRequest, .certain, said, ["wire --hex", "http explain"])
    }
  }

  mutating func judgeProxy() {
    guard let proxy = trouble.proxy else { return }
    switch proxy.reason {
    case .refused(_, 407, _):
      add(
        .proxyCredentials, .certain, "the proxy answered 407", ["http get URL --proxy http://USER:PASSWORD@HOST:PORT"])
    case .refused(let target, let status, let reason):
      add(.proxyForbids, .certain, "it answered \(status) \(reason) to CONNECT \(target)", ["http get URL --proxy ''"])
    case .socks:
      add(.proxyForbids, .likely, (trouble.error.layers.last ?? trouble.error).message, ["http get URL --proxy ''"])
    case .transport where trouble.code == "ECONNREFUSED":
      add(.proxyAbsent, .certain, "\(proxy.proxy.endpoint) refuses connections", ["env", "http get URL --proxy ''"])
    default: return
    }
  }
}

extension HTTPFault {
  /// What `rfc section` takes: `9112 6.3`.
  fileprivate var command: String { String(section.dropFirst(4)).replacing("§", with: "") }
}
