import Interpreter
import Net
import TLS
import Transport
import Wire

// What the other end says to a connection, a ping, a handshake: each made and ended at once, nothing is asked of a program.

extension Inquiry {
  /// Where a service is often found too.
  private static let relatives: [UInt16: [UInt16]] = [
    80: [8080, 443, 8000], 443: [8443, 80], 8080: [80, 8000], 8000: [8080, 80], 8443: [443], 22: [2222],
    25: [587, 465],
    53: [853], 853: [53], 143: [993], 3306: [3307], 5432: [5433], 6379: [6380],
  ]

  /// Tries to connect to the port, and beside it to some of its relatives: whether they answer tells the host from the port.
  mutating func probe(_ address: Address) {
    guard let port = trouble.endpoint?.port, port > 0 else { return }
    // Where a connection stood, the others have nothing to tell.
    let ports = [port] + (trouble.doing == .connecting ? Self.relatives[port] ?? [80, 443] : []).filter { $0 != port }
    let patience = share(0.4, atMost: 1_000_000_000)
    guard
      let probe = try? PortProbe(
        .address(address), ports: ports, patience: patience, parallel: ports.count, version: nil, context)
    else { return }
    while let report = try? probe.report() {
      if report.port == port { evidence.port = report } else { evidence.others.append(report) }
      let isSaid = report.state == .unreachable || report.sender != address
      let sender = isSaid ? report.sender.map { ", said \($0)" } ?? "" : ""
      let place = Endpoint(address: address, port: report.port)
      evidence.note("answer", "\(place) is \(report.state.rawValue): \(report.reason)\(sender)", "probe")
    }
  }

  /// Sends one ping, and takes what comes.
  mutating func askWhetherThere(_ address: Address) {
    guard !evidence.isLocal, evidence.routeCode == nil else { return }
    var options = Ping.Options()
    options.count = 1
    options.patience = share(0.5, atMost: 700_000_000)
    guard let ping = try? Ping(.address(address), options, context) else { return }
    defer { ping.close() }
    guard let report = try? ping.report() else { return }
    evidence.ping = report
    let sender = report.isReply ? "" : report.sender.map { ", said \($0)" } ?? ""
    evidence.note("ping", "\(address): \(report.answer)\(sender)", "ping")
  }

  /// Makes a handshake that takes any certificate, where it can tell more than the error does.
  mutating func tryHandshake(with address: Address) {
    guard let endpoint = trouble.endpoint, evidence.port.map({ $0.state == .open }) ?? true else { return }
    var attempt: TLSAttempt
    if let tls = trouble.tls, let made = tls.attempt {
      attempt = made
      guard
        tls.certificateIsWrong || ["handshake-failure", "tls-version", "tls-alert-protocol-version"].contains(tls.code)
      else { return }
      if tls.code != "handshake-failure" { attempt.settings.minimum = .tls10 }
      if !tls.certificateIsWrong { attempt.settings.ciphers = nil }
    } else {
      guard trouble.mayWantTLS else { return }
      let host: Host = trouble.host.map { .name($0) } ?? .address(address)
      attempt = TLSAttempt(target: TLSTarget(host, title: "\(endpoint)"), settings: TLSSettings())
    }
    attempt.settings.isInsecure = true
    attempt.settings.keyLog = nil
    attempt.target.ticket = nil
    let place = Endpoint(address: address, port: endpoint.port)
    evidence.handshake = Self.handshake(attempt, place, context.within(.after(share(0.7, atMost: 1_000_000_000))))
    switch evidence.handshake {
    case .done(let info)?:
      evidence.note("tls", "\(place) speaks \(info.version), \(info.cipher)", "handshake")
      for (depth, certificate) in info.chain.prefix(5).enumerated() {
        evidence.note("certificate", "\(depth): \(certificate.subject), issued by \(certificate.issuer)", "handshake")
      }
      if let names = info.chain.first?.names.prefix(8), !names.isEmpty {
        evidence.note("names", names.map(\.text).joined(separator: ", "), "handshake")
      }
    case .failed(let error)?: evidence.note("tls", (error.layers.last ?? error).message, "handshake")
    case nil: break
    }
  }

  private static func handshake(
    _ attempt: TLSAttempt, _ place: Endpoint, _ context: NetworkContext
  ) -> Evidence.Handshake? {
    guard let connection = try? Connection.connect(tcp: place, context) else { return nil }
    defer { connection.close(context) }
    do throws(TLSError) {
      let session = try TLSContext.client(attempt.settings).session(with: attempt.target)
      try connection.startTLS(session, context)
      return .done(session.info())
    } catch { return .failed(error) }
  }
}

extension TLSError {
  var certificateIsWrong: Bool {
    if case .certificate = reason { true } else { false }
  }
}

extension Trouble {
  /// Whether plain text failed in a way in which it fails where TLS is wanted.
  var mayWantTLS: Bool {
    guard tls == nil, http != nil || violation != nil, url?.scheme != "https", !isTimeout else { return false }
    if case .peer(let fault, _)? = violation {
      switch fault {
      case .notHTTP(let first): return first == 0x15 || first == 0x16
      case .closedBeforeMessage: return true
      default: return false
      }
    }
    return ["ECONNRESET", "EPIPE", "eof"].contains(code)
  }
}
