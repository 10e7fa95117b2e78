import Net
import System
import Transport
import Wire

/// One question to a library on the web, with the cache's copy as the answer where that is good enough.
struct RFCFetch {
  let library: RFCLibrary
  let subject: RFCLibraryError.Subject
  let context: NetworkContext

  /// What came.
  struct Result {
    let bytes: [UInt8]
    let origin: RFCOrigin
  }

  /// A copy need not wait longer than this to be checked.
  private static let patience = TimeSpan(nanoseconds: 10_000_000_000)
  static let mostRedirects = 5

  /// Gives the current bytes under a name of the cache.
  ///
  /// - Parameters:
  ///   - places: where it may be, tried in turn while there is none.
  ///   - take: makes what is kept out of a response; by default the text that came.
  func current(
    _ name: String, at places: [URL], _ freshness: RFCLibrary.Freshness,
    take: (RFCResponse) throws(RFCLibraryError) -> [UInt8] = { (response) throws(RFCLibraryError) in try response.text()
    }
  ) throws(RFCLibraryError) -> Result {
    let copy = library.cache?.copy(name)
    switch freshness {
    case .never:
      guard let copy else { throw error(.offline) }
      return Result(bytes: copy.bytes, origin: .kept)
    case .after(let span):
      guard let copy, let checked = copy.checked, let age = Timestamp.now().since(checked), age >= .zero, age < span
      else {
        break
      }
      return Result(bytes: copy.bytes, origin: .kept)
    case .anew: return try ask(name, at: places, nil, take)
    case .always: break
    }
    do throws(RFCLibraryError) {
      return try ask(name, at: places, copy, take)
    } catch {
      guard let copy, error.leavesCopyGood, !context.interrupt.isRaised else { throw error }
      return Result(bytes: copy.bytes, origin: .unchecked(since: copy.checked, error))
    }
  }

  private func ask(
    _ name: String, at places: [URL], _ copy: RFCCache.Copy?, _ take: (RFCResponse) throws(RFCLibraryError) -> [UInt8]
  ) throws(RFCLibraryError) -> Result {
    var context = context
    if copy != nil { context = context.within(.after(Self.patience)) }
    var missing: RFCLibraryError?
    for place in places {
      let response = try get(place, copy?.validators.conditions ?? [], context)
      switch response.exchange.head.status {
      case 304:
        guard let copy else { throw error(.status(304)) }
        try? library.cache?.confirm(copy, as: name)
        return Result(bytes: copy.bytes, origin: .confirmed)
      case 200:
        let bytes = try take(response)
        return Result(bytes: bytes, origin: .fetched(notKept: keep(bytes, as: name, response.exchange.head.headers)))
      case 404, 410: missing = error(.missing(at: place.withoutCredentials.text))
      default: throw error(.status(response.exchange.head.status))
      }
    }
    throw missing ?? error(.missing(at: name))
  }

  private func keep(_ bytes: [UInt8], as name: String, _ headers: HTTPHeaders) -> FileError? {
    do throws(FileError) {
      let validators = RFCCache.Validators(etag: headers["ETag"], lastModified: headers["Last-Modified"])
      try library.cache?.keep(bytes, as: name, validators)
      return nil
    } catch { return error }
  }

  /// Asks once, and follows redirects on the same host, never from https to http.
  private func get(
    _ place: URL, _ conditions: HTTPHeaders, _ context: NetworkContext
  ) throws(RFCLibraryError) -> RFCResponse {
    var url = place
    for _ in 0...Self.mostRedirects {
      let exchange: HTTPExchange
      do throws(HTTPClientError) {
        exchange = try library.client.start(HTTPCall("GET", url, headers: conditions), context)
      } catch { throw self.error(.http(error)) }
      guard [301, 302, 303, 307, 308].contains(exchange.head.status), let location = exchange.head.headers["Location"]
      else {
        return RFCResponse(exchange: exchange, subject: subject)
      }
      exchange.close()
      let next = try library.resolve(location, against: url, subject)
      guard Self.isSameHost(next, url), next.scheme == "https" || next.scheme == url.scheme else {
        throw error(.portal("the server sends us to \(next.scheme)://\(next.authority) instead"))
      }
      url = next
    }
    throw error(.redirects(limit: Self.mostRedirects))
  }

  private static func isSameHost(_ a: URL, _ b: URL) -> Bool {
    func bare(_ host: String) -> Substring { host.hasPrefix("www.") ? host.dropFirst(4) : host[...] }
    return bare(a.host) == bare(b.host)
  }

  private func error(_ reason: RFCLibraryError.Reason) -> RFCLibraryError { RFCLibraryError(subject, reason) }
}

extension RFCLibraryError {
  /// Whether a copy may stand in: nobody who knows has said that it is not what was asked for.
  fileprivate var leavesCopyGood: Bool {
    switch reason {
    case .missing, .badNumber, .offline, .url: false
    default: true
    }
  }
}
