import Interpreter
import Net
import TLS
import Transport
import Wire

/// The options that the commands of TLS share, each declared once.
enum TLSOptions {
  static let minimum = Parameter<String?>.option("tls-min", "the oldest version to speak: 1.0, 1.1, 1.2 or 1.3")
  static let maximum = Parameter<String?>.option("tls-max", "the newest version to speak")
  static let ciphers = Parameter<String?>.option("ciphers", "the cipher suites, best first, with : between them")
  static let groups = Parameter<String?>.option("groups", "the groups for the key exchange: X25519:P-256")
  static let alpn = Parameter<String?>.option("alpn", "protocols to agree on, best first: h2,http/1.1")
  static let sni = Parameter<String?>.option("sni", "the name to ask for, if not that of the host; '' for none")
  static let name = Parameter<String?>.option(
    "name", "whom the certificate must be for, if not the host; '' for anybody")
  static let certificate = Parameter<String?>.option("cert", "our certificate and its chain: a PEM file, or PEM")
  static let key = Parameter<String?>.option(
    "key", "its private key, if it does not stand with it: a PEM file, or PEM", isSecret: true)
  static let authorities = Parameter<String?>.option(
    "ca", "the authorities to believe instead of the system's: a PEM file, a folder, or PEM")
  static let revocations = Parameter<String?>.option("crl", "a CRL that says what was revoked: a PEM file, or PEM")
  static let insecure = Parameter<Bool>.flag("insecure", "go on whatever is wrong with the certificate")
  static let resume = Parameter<OpenConnection?>.option("resume", "a connection whose session is to be resumed")

  /// Reads a version; an unknown one names those there are.
  static func version(_ text: String?) throws -> TLSVersion? {
    guard let text else { return nil }
    guard let version = TLSVersion(text) else {
      throw ValueError(
        "bad-tls-setting", "`\(text)` is no version of TLS", hint: "there are 1.0, 1.1, 1.2 and 1.3", layer: .command)
    }
    return version
  }

  /// Reads our certificate; nil if none is given.
  static func identity(_ certificate: String?, _ key: String?, _ machine: Machine) throws -> TLSIdentity? {
    guard let certificate else {
      guard key == nil else {
        throw ValueError("bad-tls-setting", "a key without a certificate", hint: "--cert names it", layer: .command)
      }
      return nil
    }
    return try TLSIdentity(certificates: source(certificate, machine), key: key.map { try source($0, machine) })
  }

  /// A PEM text as it is, or a path with its `~` resolved.
  static func source(_ text: String, _ machine: Machine) throws -> String {
    text.contains("-----BEGIN ") ? text : try machine.path(text)
  }

  /// Reads the name that a certificate must be for.
  static func host(_ text: String) -> Host { Address(text).map { .address($0) } ?? .name(text) }
}

extension TLSSettings {
  /// Takes the options that a client and a server have in common.
  init(
    _ machine: Machine, minimum: String?, maximum: String?, ciphers: String?, groups: String?, alpn: String?,
    identity: TLSIdentity?, authorities: String?, revocations: String? = nil, isInsecure: Bool = false
  ) throws {
    self.init()
    self.minimum = try TLSOptions.version(minimum)
    self.maximum = try TLSOptions.version(maximum)
    self.ciphers = ciphers
    self.groups = groups
    protocols = alpn.map { $0.split(separator: ",").map(String.init) } ?? []
    self.identity = identity
    self.authorities = try authorities.map { try TLSOptions.source($0, machine) }
    self.revocations = try revocations.map { try TLSOptions.source($0, machine) }
    self.isInsecure = isInsecure
    localAuthority = machine.network.localAuthority
    keyLog = machine.session.environment["SSLKEYLOGFILE"]
  }
}

extension Machine {
  /// Makes the handshake of a client on a connection. What is wrong with a certificate and is gone past is said each time.
  func startTLS(
    _ connection: Connection, _ session: TLSSession, _ context: NetworkContext
  ) throws {
    try connection.startTLS(session, context)
    guard session.isInsecure else { return }
    warn(session.info(), of: session.title)
  }

  /// Says on stderr that nobody vouches for a peer.
  func warn(_ info: TLSInfo, of peer: String) {
    let why = info.faults.first?.sentence ?? "it would have passed"
    session.output.note("WARNING: --insecure: anybody could be \(peer), its certificate is not checked (\(why))")
  }

  /// Gives the session to be resumed that a connection has.
  func ticket(of connection: OpenConnection?) throws -> TLSTicket? {
    guard let connection else { return nil }
    let session = try connection.tls()
    guard let ticket = session.ticket else {
      throw ValueError(
        "tls-not-resumable", "the server has given no session to resume",
        hint: "in TLS 1.3 it comes after the handshake: receive something first", layer: .tls)
    }
    return ticket
  }
}

extension OpenConnection {
  /// The TLS session that protects it.
  func tls() throws -> TLSSession {
    guard let session = connection.tls else {
      throw ValueError(
        "no-tls", "connection \(connection.id) has no TLS", hint: "`tls start` begins it on an open connection",
        layer: .command)
    }
    return session
  }
}
