/// What can be made wrong with one part of the lab.
public enum LabSin: String, Sendable, CaseIterable {
  // Of web servers.
  case slow, truncated, endlessHeaders = "endless-headers", badChunk = "bad-chunk", wrongLength = "wrong-length"
  case serverError = "server-error", redirectLoop = "redirect-loop", captivePortal = "captive-portal"
  // Of servers that speak TLS.
  case wrongCertificate = "wrong-certificate", expiredCertificate = "expired-certificate"
  case untrustedCertificate = "untrusted-certificate"
  // Of name servers.
  case servfail, refused, lame
  // Of all, or of all but web servers.
  case reset, silent, closed

  /// What a client then meets.
  public var sentence: String {
    switch self {
    case .slow: "an answer that comes drop by drop, two seconds long"
    case .truncated: "what is answered is cut off: a body in its midst, a UDP answer so that TCP has to be used"
    case .endlessHeaders: "header fields without end"
    case .badChunk: "a chunk whose size is no number"
    case .wrongLength: "a Content-Length shorter than the body"
    case .serverError: "status 500"
    case .redirectLoop: "a redirect to itself"
    case .captivePortal: "every page leads to the login page of portal.test"
    case .wrongCertificate: "a certificate for another name"
    case .expiredCertificate: "a certificate that ended yesterday"
    case .untrustedCertificate: "a certificate that signed itself"
    case .servfail: "SERVFAIL to every question"
    case .refused: "REFUSED to every question"
    case .lame: "it knows nothing of its zone and points back to the root"
    case .reset: "the connection is reset"
    case .silent: "nothing is ever answered"
    case .closed: "nobody listens"
    }
  }

  /// The sins that a service can have.
  public static func all(of service: LabPart.Service) -> [LabSin] {
    let web: [LabSin] = [
      .slow, .reset, .truncated, .silent, .badChunk, .wrongLength, .endlessHeaders, .serverError, .redirectLoop,
      .captivePortal,
    ]
    let certificates: [LabSin] = [.wrongCertificate, .expiredCertificate, .untrustedCertificate]
    return switch service {
    case .http: web
    case .https: web + certificates
    case .dns: [.servfail, .refused, .silent, .lame, .truncated, .closed]
    case .resolver: [.servfail, .refused, .silent, .truncated, .closed]
    case .smtp: certificates + [.reset, .silent, .closed]
    case .ftp, .echo, .daytime: [.reset, .silent, .closed]
    }
  }
}
