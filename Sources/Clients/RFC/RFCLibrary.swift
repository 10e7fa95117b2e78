import Net
import Transport
import Wire

/// A place on the web where RFCs are kept as text, one `rfcN.txt` for each number.
public struct RFCLibrary: Sendable {
  /// The folder of the documents; it ends in a slash.
  public let base: URL
  public let client: HTTPClient

  /// - Parameter base: the URL of the folder, such as `http://www.rfc.test/rfc/`; a missing last slash is added.
  public init(base: URL, client: HTTPClient = HTTPClient()) throws(URLError) {
    self.base = base.path.hasSuffix("/") ? base : try base.resolving(base.path + "/")
    self.client = client
  }

  /// Gives where the RFC of a number is.
  public func url(of number: Int) throws(RFCLibraryError) -> URL {
    guard (1...999_999).contains(number) else { throw RFCLibraryError(number, .badNumber) }
    do throws(URLError) {
      return try base.resolving("rfc\(number).txt")
    } catch {
      throw RFCLibraryError(number, .url(error))
    }
  }

  /// Fetches an RFC whole. Errors: `no-such-rfc` (404), `http-status` (any other but 200), or those of the exchange.
  public func fetch(_ number: Int, _ context: NetworkContext) throws(RFCLibraryError) -> RFCDocument {
    let url = try url(of: number)
    let (status, text) = try get(url, number, context)
    guard status == 200 else { throw RFCLibraryError(number, .status(status)) }
    return RFCDocument(number: number, url: url, text: text)
  }

  private func get(
    _ url: URL, _ number: Int, _ context: NetworkContext
  ) throws(RFCLibraryError) -> (status: Int, text: [UInt8]) {
    do throws(HTTPClientError) {
      let exchange = try client.start(HTTPCall("GET", url), context)
      return (exchange.head.status, try exchange.readAll())
    } catch {
      throw RFCLibraryError(number, .http(error))
    }
  }
}

/// An RFC as it was fetched.
public struct RFCDocument: Sendable, Hashable {
  public let number: Int
  public let url: URL
  /// The document's bytes as served, page breaks included.
  public let text: [UInt8]
}
