import Clients
import Interpreter
import Net
import TLS
import Transport
import Wire

/// One thing that is known of a failure, and who says so.
struct Clue {
  let about: String
  let says: String
  /// `error`, `netlink`, `sock_diag`, `resolver`, `probe`, `ping`, `handshake`, `recording`, `clock`, `files`.
  let source: String

  var record: Record { Record(["about": .string(about), "says": .string(says), "from": .string(source)]) }
}

/// All that was found out: for people as clues in the order in which they were found, and for the rules as what they ask about.
struct Evidence {
  private(set) var clues: [Clue] = []

  /// What the resolver gave for the name, or why it gave nothing.
  var addresses: [Address] = []
  var lookUp: NameError?
  /// Whether the lab's resolver alone is asked for the name.
  var isOfLab = false
  /// Names like it that are known here.
  var near: [String] = []
  var route: RouteMessage?
  /// Why the kernel has no way, by the code of its answer.
  var routeCode: String?
  /// Whether the route that serves is the default one.
  var isDefaultRoute = false
  /// An interface that is down and has an address of the network.
  var downInterface: String?
  /// The state of the neighbour that packets go to first.
  var neighbour: String?
  /// The sockets of this machine that wait at the port.
  var listeners: [Listener] = []
  /// What the port answered, and what other ports of the host did.
  var port: PortReport?
  var others: [PortReport] = []
  /// What came of a ping; nil if none was sent.
  var ping: PingReport?
  var handshake: Handshake?
  /// What the recorder kept of the exchange.
  var received = 0
  var head: String?
  /// Whether the server asked for a certificate of the client.
  var wantsClientCertificate = false
  /// Whether the clock is earlier than this program.
  var isClockEarly = false
  /// What a Unix socket's path is: `socket`, `file`, `missing`, `forbidden`.
  var pathKind: String?
  var answersTruncated = false
  /// How large packets are that arrive, and that get lost in silence, headers of IP included.
  var hole: (passes: Int, fails: Int)?
  /// Servers that a zone is delegated to and that do not serve it: the zone, the server, and what it does instead.
  var lame: [(zone: String, server: String, why: String)] = []

  /// A socket that takes connections or datagrams.
  struct Listener {
    let address: Address
    let isOnlyIPv6: Bool
    let owner: String?

    func takes(_ wanted: Address) -> Bool {
      if address == wanted { return true }
      guard address.isUnspecified else { return false }
      return address.isIPv4 == wanted.isIPv4 || !address.isIPv4 && !isOnlyIPv6
    }
  }

  /// What came of a handshake that takes any certificate.
  enum Handshake {
    case done(TLSInfo)
    case failed(TLSError)
  }

  mutating func note(_ about: String, _ says: String, _ source: String) {
    clues.append(Clue(about: about, says: says, source: source))
  }

  /// Whether the route goes to this machine itself.
  var isLocal: Bool { route?.typeName == "local" }
  /// Whether the host answered anything at all.
  var isAlive: Bool {
    (port.map { $0.state == .open || $0.state == .closed } ?? false) || ping?.isReply == true
      || others.contains { $0.state == .open || $0.state == .closed }
  }
}
