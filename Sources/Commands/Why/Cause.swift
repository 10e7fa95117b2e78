import Net

/// A way in which a network fails: a stable name, the layer at which it has to be mended, a sentence, and the codes under which it shows.
struct Cause: Sendable {
  let name: String
  let layer: Layer
  let sentence: String
  /// The codes of errors that it comes with, `*` for any.
  let codes: [String]

  init(_ name: String, _ layer: Layer, _ sentence: String, _ codes: String...) {
    (self.name, self.layer, self.sentence, self.codes) = (name, layer, sentence, codes)
  }

  // MARK: What was typed

  static let portOutOfRange = Cause(
    "port-out-of-range", .command, "a port has 16 bits: 0 to 65535 (RFC 9293 §3.1)", "bad-literal", "bad-url")

  // MARK: Names

  static let badName = Cause(
    "not-a-name", .name, "no host can have that name (RFC 1035 §2.3.1)", "bad-name", "bad-idn", "bad-literal")
  static let misspelt = Cause("misspelt", .name, "the name is misspelt: one like it is known here", "NXDOMAIN")
  static let noSuchName = Cause("no-such-name", .dns, "the name does not exist", "NXDOMAIN")
  static let noAddress = Cause(
    "no-address", .dns, "the name exists, but has no address of the kind that is wanted", "NODATA")
  static let resolverFails = Cause(
    "resolver-fails", .dns, "the resolver cannot get an answer from the servers of the zone", "SERVFAIL")
  static let lameDelegation = Cause(
    "lame-delegation", .dns, "a zone is delegated to servers that do not serve it (RFC 1912 §2.8)", "SERVFAIL",
    "dns-lame")
  static let resolverRefuses = Cause(
    "resolver-refuses", .dns, "the name server does not answer questions of this host, or of this name", "REFUSED",
    "NOTIMP", "NOTAUTH", "FORMERR")
  static let resolverAbsent = Cause(
    "no-resolver-there", .dns, "no name server listens where this machine's configuration has one", "EAI_AGAIN",
    "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH")
  static let resolverSilent = Cause(
    "resolver-silent", .dns, "the name server does not answer: it is down, or packets to it are dropped", "timeout",
    "EAI_AGAIN")
  static let dnsOverTCP = Cause(
    "dns-over-tcp-refused", .dns, "the answer is too long for UDP, and the server takes no TCP (RFC 7766 §5)",
    "ECONNREFUSED", "timeout", "eof", "ECONNRESET")
  static let dnsMalformed = Cause(
    "not-dns", .dns, "something else than a name server answers there, or a broken one", "dns-mismatch", "dns-malformed"
  )

  // MARK: The way there

  static let noRoute = Cause("no-route", .ip, "this machine has no route to the address", "ENETUNREACH")
  static let routeUnreachable = Cause(
    "route-unreachable", .ip, "a route of this machine says `unreachable`", "EHOSTUNREACH")
  static let routeProhibits = Cause(
    "route-prohibits", .ip, "a route of this machine says `prohibit`", "EACCES")
  static let routeBlackhole = Cause(
    "route-blackhole", .ip, "a route of this machine is a black hole", "EINVAL")
  static let interfaceDown = Cause(
    "interface-down", .link, "the interface to that network is down", "ENETUNREACH", "ENETDOWN")
  static let noNeighbour = Cause(
    "no-neighbour", .link, "nobody on the link has that address: ARP or neighbour discovery got no answer",
    "EHOSTUNREACH", "timeout", "ETIMEDOUT")
  static let routerKnowsNoHost = Cause(
    "router-knows-no-host", .ip, "a router on the way cannot reach the host: it is down, or not there",
    "EHOSTUNREACH")
  static let routerKnowsNoWay = Cause(
    "router-knows-no-way", .ip, "a router on the way has no route to that network", "ENETUNREACH")
  static let privateUnreachable = Cause(
    "private-address", .ip,
    "a private address of another network: behind NAT, and not to be reached from here (RFC 1918 §3)", "timeout",
    "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH")
  static let sourceNotHere = Cause(
    "source-not-here", .ip, "no interface of this machine has the address to come from", "EADDRNOTAVAIL")
  static let familyMissing = Cause(
    "family-missing", .ip, "this machine does not speak that version of IP", "EAFNOSUPPORT")
  static let datagramTooLarge = Cause(
    "datagram-too-large", .udp, "the datagram is larger than UDP or the way takes in one piece", "EMSGSIZE")

  static let mtuBlackHole = Cause(
    "mtu-black-hole", .ip,
    "a link on the way takes no large packets, and the ICMP messages that would say so get lost (RFC 2923 §2.1)",
    "timeout", "ETIMEDOUT")

  // MARK: Firewalls

  static let firewallDrops = Cause(
    "firewall-drops", .tcp, "a firewall drops what goes to that port", "timeout", "ETIMEDOUT")
  static let firewallRejects = Cause(
    "firewall-rejects", .tcp, "a firewall rejects what goes to that port", "ECONNREFUSED", "EHOSTUNREACH",
    "ENETUNREACH", "EACCES", "ENOPROTOOPT")
  static let ownFirewall = Cause(
    "own-firewall", .system, "a firewall rule of this machine forbids sending it", "EPERM", "EACCES")
  static let hostDown = Cause("host-down", .ip, "the host is down or does not exist", "timeout", "ETIMEDOUT")

  // MARK: The other end

  static let nothingListens = Cause("nothing-listens", .tcp, "no program listens on that port", "ECONNREFUSED")
  static let noDatagramListener = Cause(
    "nothing-listens", .udp, "no program takes datagrams at that port", "ECONNREFUSED")
  static let wrongPort = Cause("wrong-port", .tcp, "the service is on another port", "ECONNREFUSED", "tls-not-spoken")
  static let boundElsewhere = Cause(
    "bound-elsewhere", .tcp, "the program listens on another address of this machine", "ECONNREFUSED")
  static let otherFamily = Cause(
    "other-family", .tcp, "the program listens on the other version of IP only", "ECONNREFUSED")
  static let answersNow = Cause("answers-now", .tcp, "it was passing: a connection can be made now", "*")
  static let datagramSilence = Cause(
    "no-answer", .udp, "nobody answered: the program had nothing to say, or packets were dropped", "timeout")
  static let peerSilent = Cause(
    "peer-silent", .tcp, "the peer took the connection and says nothing", "timeout")
  static let bodyStalls = Cause("stalls", .http, "the response began and then stopped", "timeout")
  static let peerResets = Cause(
    "peer-resets", .tcp, "the peer, or somebody between, broke the connection off", "ECONNRESET", "EPIPE",
    "ECONNABORTED")
  static let peerCloses = Cause("peer-closes", .tcp, "the peer closes without an answer", "eof", "tls-closed", "EPIPE")
  static let connectionGone = Cause("closed-here", .tcp, "the connection was closed on our side", "closed", "ENOTCONN")
}
