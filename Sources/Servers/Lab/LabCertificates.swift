import Net
import Synchronization
import TLS

/// The lab's own authority and the certificates that its web servers show, each made when it is needed first.
final class LabCertificates: Sendable {
  /// What a certificate is like.
  enum Kind: Hashable, Sendable {
    case good, wrongName, expired, untrusted

    init(_ sin: LabSin?) {
      self =
        switch sin {
        // A captive portal cannot have the certificate of those it stands in for.
        case .wrongCertificate, .captivePortal: .wrongName
        case .expiredCertificate: .expired
        case .untrustedCertificate: .untrusted
        default: .good
        }
    }
  }

  private struct Place: Hashable {
    let names: [String]
    let kind: Kind
  }

  private struct State {
    var authority: TLSIdentity?
    var servers: [Place: TLSContext] = [:]
  }
  private let state = Mutex(State())

  private static let day = TimeSpan(nanoseconds: 86_400_000_000_000)

  /// The authority's certificate as PEM.
  func authority() throws(TLSError) -> [UInt8] {
    try state.withLock { state throws(TLSError) in try LabCertificates.authority(&state).certificates }
  }

  /// Gives what a server needs that is asked for by these names.
  func server(for names: [String], _ kind: Kind) throws(TLSError) -> TLSContext {
    let place = Place(names: names, kind: kind)
    return try state.withLock { state throws(TLSError) in
      if let known = state.servers[place] { return known }
      let wanted = kind == .wrongName ? ["portal.test"] : names
      var request = LabCertificates.request(wanted, from: kind == .expired ? -60 : -1, to: kind == .expired ? -1 : 30)
      if kind != .untrusted { request.issuer = try LabCertificates.authority(&state) }
      var settings = TLSSettings()
      settings.identity = try request.make()
      settings.protocols = ["http/1.1"]
      let made = try TLSContext.server(settings)
      state.servers[place] = made
      return made
    }
  }

  private static func authority(_ state: inout State) throws(TLSError) -> TLSIdentity {
    if let known = state.authority { return known }
    var request = request(["nsh lab CA"], from: -90, to: 90)
    request.isAuthority = true
    let made = try request.make()
    state.authority = made
    return made
  }

  /// Makes a request for a certificate whose life begins and ends so many days from now.
  private static func request(_ names: [String], from first: Int64, to last: Int64) -> CertificateRequest {
    let now = Timestamp.now()
    let times = [first, last].map { days in day.multiplied(by: days).flatMap(now.adding) ?? now }
    return CertificateRequest(names: names, notBefore: times[0], notAfter: times[1])
  }
}
