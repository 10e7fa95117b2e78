import Wire

/// A web site of documents: each stands below `/rfc/` with its length declared, below `/chunked/rfc/` in chunks with an
/// extension and a trailer, and below `/close/rfc/` until the connection closes.
struct DocumentSite: Sendable {
  let documents: Documents

  func answer(_ request: ServedRequest) -> ServedResponse {
    let head = request.head
    let target = head.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = target.first, let (name, framing) = place(String(path)) else { return .status(404) }
    guard let bytes = documents.byName[name] else { return .status(404) }
    guard head.method == "GET" || head.method == "HEAD" else { return .status(405, allow: ["GET", "HEAD"]) }
    let headers: HTTPHeaders = [HTTPField("Content-Type", "text/plain; charset=utf-8")]
    var response = ServedResponse(HTTPResponseHead(status: 200, headers: headers), .bytes(bytes), framing: framing)
    if case .chunked = framing {
      response.head.headers.append("Trailer", "X-Document-Length")
      response.trailers = [HTTPField("X-Document-Length", "\(bytes.count)")]
    }
    return response
  }

  /// Splits a path into the name of a document and the framing that its folder stands for; nil outside of the site.
  private func place(_ path: String) -> (name: String, framing: HTTPWriter.BodyFraming)? {
    let folders: [(String, HTTPWriter.BodyFraming)] = [
      ("/rfc/", .contentLength),
      ("/chunked/rfc/", .chunked(size: 4_000, extensions: [HTTPChunkExtension("served-by", "nsh")])),
      ("/close/rfc/", .untilClose),
    ]
    for (folder, framing) in folders where path.hasPrefix(folder) {
      return (String(path.dropFirst(folder.count)), framing)
    }
    return nil
  }
}
