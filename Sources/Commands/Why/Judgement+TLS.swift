import Net
import TLS
import Transport
import Wire

// The rules for handshakes and certificates.

extension Judgement {
  mutating func judgeTLS(_ tls: TLSError) {
    if case .certificate(let fault) = tls.reason { return judge(fault, tls) }
    let again = "tls connect \(place)"
    switch tls.code {
    case "tls-not-spoken":
      add(
        .speaksPlain, .certain, "it answered a ClientHello with what is no TLS",
        ["http get http://\(place)/", "tcp connect \(place)"])
      add(.wrongPort, .possible, "the service with TLS may have a port of its own", ["port list --search tls"])
    case "tls-version", "tls-alert-protocol-version":
      if case .done(let info)? = evidence.handshake {
        add(
          .versionTooOld, .certain, "the peer speaks \(info.version), which is not spoken here by default",
          ["\(again) --tls-min 1.0"])
      } else {
        add(.versionTooOld, .certain, "the handshake ended over the version", ["\(again) --tls-min 1.0"])
      }
    case "handshake-failure" where evidence.wantsClientCertificate, "tls-alert-certificate-required",
      "tls-alert-bad-certificate", "certificate-missing":
      add(
        .clientCertificate, .certain, "it asked for one and ended the session without",
        ["\(again) --cert FILE --key FILE"])
    case "handshake-failure":
      if case .done(let info)? = evidence.handshake {
        add(.noSharedCipher, .certain, "with the usual ciphers it comes to \(info.cipher)", [again])
      } else {
        add(
          .noSharedCipher, .likely, "the peer sent handshake_failure",
          ["tls handshake --connection ID", "\(again) --ciphers ALL"])
        add(
          .clientCertificate, .possible, "a server may say the same of a client without a certificate",
          ["\(again) --cert FILE --key FILE"])
      }
    case "tls-alert-unrecognized-name":
      add(.wrongServerName, .certain, "the peer sent unrecognized_name", ["\(again) --sni NAME"])
    case "tls-closed", "ECONNRESET", "EPIPE", "eof": judgeBroken()
    case "tls-violation", "tls-truncated": add(.breaksTLS, .likely, tls.message, ["wire --hex"])
    default:
      for cause in Cause.all where cause.codes.contains(tls.code) {
        add(cause, .likely, tls.message, ["tls handshake"])
      }
    }
  }

  private mutating func judge(_ fault: CertificateFault, _ tls: TLSError) {
    let now = Timestamp.now()
    let again = "tls connect \(place)"
    switch fault.code {
    case "certificate-expired":
      let age = fault.notAfter.flatMap { now.since($0) }.map { Self.days($0) } ?? "some time"
      if evidence.isClockEarly { add(.clockWrong, .certain, "it is earlier than this program", ["now"]) }
      add(.expired, .certain, "its end was \(age) ago, by this machine's clock", ["\(again) --insecure", "now"])
      add(.clockWrong, .possible, "a clock that is ahead sees the same", ["now"])
    case "certificate-not-yet-valid":
      let ahead = fault.notBefore.flatMap { $0.since(now) } ?? .zero
      // Who issues a certificate lets it begin at once: one that begins within a day says that the clocks differ.
      let isNear = ahead.nanoseconds < 86_400_000_000_000
      if evidence.isClockEarly || isNear {
        add(
          .clockWrong, evidence.isClockEarly ? .certain : .likely,
          "the certificate begins in \(Self.days(ahead)): this clock is behind", ["now", "sh 'timedatectl'"])
      }
      add(
        .notYetValid, isNear ? .possible : .certain, "it begins in \(Self.days(ahead)), by this machine's clock",
        ["now"])
      add(.clockWrong, .possible, "a clock that is behind sees the same", ["now"])
    case "certificate-name":
      add(
        .wrongName, .certain, "it is for \(fault.names.prefix(4).joined(separator: ", ")), not for \(fault.expected)",
        ["\(again) --name NAME", "dns resolve \(fault.expected)"])
      add(.intercepted, .possible, "a portal or proxy shows its own certificate", ["trace \(hostText)"])
    case "certificate-self-signed":
      add(.selfSigned, .certain, "issuer and subject are the same, \(fault.subject)", ["\(again) --ca FILE"])
      add(.intercepted, .unlikely, "who intercepts usually has an authority of his own", [])
    case "certificate-unknown-ca": judgeChain(fault, tls, again)
    case "certificate-revoked": add(.revoked, .certain, "a CRL of its issuer names it", ["\(again) --insecure"])
    default: add(.badCertificate, .certain, fault.sentence, ["\(again) --insecure", "tls info"])
    }
  }

  /// Tells a server that sends too little from an authority that nobody here knows.
  private mutating func judgeChain(_ fault: CertificateFault, _ tls: TLSError, _ again: String) {
    var chain: [Certificate] = []
    if case .done(let info)? = evidence.handshake { chain = info.chain }
    let top = chain.last
    let isWhole = top.map { $0.issuer == $0.subject } ?? false
    let known = tls.attempt.map { TrustedNames($0.settings) }?.organisation(of: top?.issuer ?? fault.issuer)
    let isAlone = chain.count < 2 && !isWhole
    if isAlone, let known {
      add(
        .missingIntermediate, .likely, "it sends no certificate of \(fault.issuer), and \(known) is trusted here",
        ["\(again) --ca FILE"])
      add(.unknownCA, .possible, "the authority may be another one of the same name", ["\(again) --ca FILE"])
    } else {
      let said = isWhole ? "the chain ends at \(top?.subject ?? "")" : "its issuer is \(top?.issuer ?? fault.issuer)"
      add(.unknownCA, isWhole ? .certain : .likely, "\(said), which is not trusted here", ["\(again) --ca FILE"])
      if !isWhole {
        add(
          .missingIntermediate, .possible, "\(max(1, chain.count)) certificate\(chain.count > 1 ? "s" : "") came",
          ["\(again) --ca FILE"])
      }
    }
    add(.intercepted, .possible, "a proxy that reads along issues certificates of its own", [])
  }

  /// A span in the largest unit that makes sense.
  private static func days(_ span: TimeSpan) -> String {
    let hours = span.nanoseconds / 3_600_000_000_000
    return hours >= 48 ? "\(hours / 24) days" : hours >= 1 ? "\(hours) h" : "\(span.nanoseconds / 60_000_000_000) min"
  }
}
