import Net
import Transport
import Wire

/// A response of a library's server, of which nothing is believed before it looks like what was asked for.
struct RFCResponse {
  let exchange: HTTPExchange
  let subject: RFCLibraryError.Subject

  /// The longest RFC has about 1.5 MB.
  private static let longest = 32 << 20
  /// So many bytes at the beginning tell a page of the web from text.
  private static let look = 1_024

  /// Gives the body as the text of an RFC.
  func text() throws(RFCLibraryError) -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachPiece { (piece) throws(RFCLibraryError) in
      guard piece.count <= Self.longest - bytes.count else {
        throw RFCLibraryError(subject, .http(HTTPClientError(exchange.call, .tooLong(limit: Self.longest))))
      }
      bytes += piece
    }
    guard !bytes.isEmpty else { throw RFCLibraryError(subject, .truncated(0, promised: nil)) }
    guard !bytes.contains(0) else { throw RFCLibraryError(subject, .notText) }
    return bytes
  }

  /// Gives the pieces of the body, but not one of a page of the web.
  func forEachPiece(_ body: ([UInt8]) throws(RFCLibraryError) -> Void) throws(RFCLibraryError) {
    let type = exchange.head.headers["Content-Type"]?.lowercased() ?? ""
    if type.hasPrefix("text/html") || type.hasPrefix("application/xhtml") { throw portal(type) }
    var start: [UInt8]? = []
    while let piece = try next() {
      guard let seen = start else {
        try body(piece)
        continue
      }
      let beginning = seen + piece
      if Self.isPage(beginning) { throw portal("that does not say so") }
      guard beginning.count >= Self.look else {
        start = beginning
        continue
      }
      start = nil
      try body(beginning)
    }
    if let start, !start.isEmpty { try body(start) }
  }

  private func next() throws(RFCLibraryError) -> [UInt8]? {
    do throws(HTTPClientError) { return try exchange.nextPiece() } catch {
      throw RFCLibraryError(subject, .http(error))
    }
  }

  private func portal(_ type: String) -> RFCLibraryError {
    exchange.close()
    return RFCLibraryError(subject, .portal("a page of the web (\(type)) came in its place"))
  }

  /// Tells HTML by how it begins, behind a mark of UTF-8, white space and comments.
  private static func isPage(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    rest = rest.drop { $0 <= 0x20 }.prefix(look)
    let start = String(decoding: rest.map(\.lowercased), as: UTF8.self)
    return ["<!doctype html", "<html", "<head", "<body", "<script", "<meta"].contains { start.hasPrefix($0) }
      || start.hasPrefix("<!--") && start.contains("<html")
  }
}
