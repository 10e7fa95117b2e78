import Net
import System
import TLS
import Transport
import Wire

/// The web servers of the lab, all on one thread: which site a request is for, and what is wrong with it.
struct LabWeb: Sendable {
  let parts: [LabPart]
  let documents: DocumentSite
  let certificates: LabCertificates
  let state: LabState

  func answer(_ request: ServedRequest) -> ServedResponse {
    guard let part = part(for: request) else { return .status(421) }
    guard let sin = state[part] else { return right(request, part) }
    return LabWebSin(sin: sin, request: request, right: { right(request, part) }).answer
  }

  /// Begins TLS where https is spoken.
  func greet(_ connection: Connection) throws -> (any ProtectionHandshake)? {
    let parts = parts.filter { $0.service == .https && SocketName.endpoint($0.local) == connection.local }
    guard let part = parts.first else { return nil }
    let context = try certificates.server(for: parts.map(\.name), LabCertificates.Kind(state[part]))
    return try ServerHandshake(context, with: "\(connection.remote)")
  }

  /// Finds the part that is meant: the one of that name where it was asked for, else the first of the place.
  private func part(for request: ServedRequest) -> LabPart? {
    let here = parts.filter { .endpoint($0.local) == request.local }
    let host = request.head.headers["Host"].map { $0.prefix { $0 != ":" }.lowercased() }
    return here.first { $0.name == host } ?? here.first
  }

  private func right(_ request: ServedRequest, _ part: LabPart) -> ServedResponse {
    switch part.serves {
    case "documents": return documents.answer(request)
    case "www":
      return .redirect(to: "http://www.\(part.name)\(request.target.path)")
    case "portal": return .page("Welcome to the network", "Before you go anywhere you accept our terms.")
    default:
      switch request.target.path {
      case "/": return .page(part.name, "This page is served by the lab, inside nsh.")
      case "/hello.txt": return .text("hello\n")
      case "/request": return .text("\(request.head)\n")
      default: return .status(404)
      }
    }
  }
}

extension ServedResponse {
  /// Makes a small page of HTML; both texts are the lab's own.
  static func page(_ title: String, _ sentence: String) -> ServedResponse {
    let text =
      "<!doctype html>\n<html lang=\"en\">\n<title>\(title)</title>\n<h1>\(title)</h1>\n<p>\(sentence)</p>\n</html>\n"
    let headers: HTTPHeaders = [HTTPField("Content-Type", "text/html; charset=utf-8")]
    return ServedResponse(HTTPResponseHead(status: 200, headers: headers), .bytes(Array(text.utf8)))
  }
}
