import Net
import System
import Transport
import Wire

/// A place where RFCs are kept as text, one `rfcN.txt` for each number, with their index `rfc-index.xml`.
public struct RFCLibrary: Sendable {
  /// Where it is.
  public enum Source: Sendable {
    /// A folder on the web; the URL ends in a slash.
    case web(URL)
    /// A folder of this machine, such as a mirror.
    case folder(String)
  }

  /// When the server is asked whether a copy is still good.
  public enum Freshness: Sendable {
    /// Each time.
    case always
    /// If that was longer ago than this.
    case after(TimeSpan)
    /// The document is fetched whatever is kept, and what is kept stands in for nothing.
    case anew
    /// Never: only the cache answers.
    case never
  }

  public let source: Source
  public let client: HTTPClient
  /// Where copies are kept; nil keeps none.
  public let cache: RFCCache?

  /// - Parameters:
  ///   - base: the URL of the folder, such as `http://www.rfc.test/rfc/`; a missing last slash is added.
  ///   - cacheRoot: the folder of the caches of all libraries; nil keeps nothing.
  public init(base: URL, client: HTTPClient = HTTPClient(), cacheRoot: String? = nil) throws(URLError) {
    let home = base.path.hasSuffix("/") ? base : try base.resolving(base.path + "/")
    source = .web(home)
    self.client = client
    cache = cacheRoot.map { RFCCache(root: $0, source: home.withoutCredentials.text) }
  }

  /// A mirror on this machine; its index is kept in short in the cache.
  public init(folder: String, cacheRoot: String? = nil) {
    source = .folder(folder)
    client = HTTPClient()
    cache = cacheRoot.map { RFCCache(root: $0, source: folder) }
  }

  /// Gives where the RFC of a number is on the web; nil for a mirror on this machine.
  public func url(of number: Int) throws(RFCLibraryError) -> URL? {
    guard RFCEntry.limits.contains(number) else { throw RFCLibraryError(.document(number), .badNumber("\(number)")) }
    guard case .web(let base) = source else { return nil }
    return try resolve("rfc\(number).txt", against: base, .document(number))
  }

  func resolve(_ name: String, against base: URL, _ subject: RFCLibraryError.Subject) throws(RFCLibraryError) -> URL {
    do throws(URLError) { return try base.resolving(name) } catch { throw RFCLibraryError(subject, .url(error)) }
  }

  /// Gives the text of an RFC: fetched, or a copy that is still good.
  ///
  /// A copy that cannot be checked, because there is no network, a captive portal or a failing server, is given with the reason; the cache keeps
  /// it. Errors: `no-such-rfc`, `captive-portal`, `rfc-truncated`, `rfc-not-text`, `http-status`, `not-cached`, or those of the exchange.
  public func document(
    _ number: Int, _ freshness: Freshness, _ context: NetworkContext
  ) throws(RFCLibraryError) -> RFCDocument {
    let subject = RFCLibraryError.Subject.document(number)
    let name = "rfc\(number).txt"
    guard let url = try url(of: number) else { return try read(name, number) }
    let fetched = try RFCFetch(library: self, subject: subject, context: context).current(name, at: [url], freshness)
    return RFCDocument(number: number, text: fetched.bytes, origin: fetched.origin)
  }

  /// Reads an RFC from the mirror on this machine.
  private func read(_ name: String, _ number: Int) throws(RFCLibraryError) -> RFCDocument {
    guard case .folder(let folder) = source else { throw RFCLibraryError(.document(number), .missing(at: name)) }
    let path = "\(folder)/\(name)"
    let text: [UInt8]
    do throws(FileError) { text = try FileText.read(path) } catch {
      throw RFCLibraryError(.document(number), error.code == "ENOENT" ? .missing(at: path) : .file(error))
    }
    guard !text.isEmpty else { throw RFCLibraryError(.document(number), .truncated(0, promised: nil)) }
    return RFCDocument(number: number, text: text, origin: .file(path))
  }
}

/// An RFC as it was had.
public struct RFCDocument: Sendable {
  public let number: Int
  /// The document's bytes as served, page breaks included.
  public let text: [UInt8]
  public let origin: RFCOrigin
}

/// How something of a library was had.
public enum RFCOrigin: Sendable {
  /// The server sent it; the error says why it could not be kept.
  case fetched(notKept: FileError?)
  /// The server said that the copy is good (304).
  case confirmed
  /// The copy was checked not long ago, or nobody may be asked.
  case kept
  /// The copy could not be checked.
  case unchecked(since: Timestamp?, RFCLibraryError)
  /// A file of a mirror on this machine.
  case file(String)
}
