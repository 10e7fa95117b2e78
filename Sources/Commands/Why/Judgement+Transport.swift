import Net
import Transport
import Wire

// The rules for ways, firewalls, ports and the programs behind them.

extension Judgement {
  mutating func judgeTransport() {
    switch trouble.code {
    case "ECONNREFUSED": judgeRefused()
    case "EADDRNOTAVAIL" where trouble.system?.call == "bind":
      add(.sourceNotHere, .certain, "bind(2) said EADDRNOTAVAIL", ["ip addr"])
    case "EMSGSIZE": add(.datagramTooLarge, .certain, "the kernel said EMSGSIZE", ["trace \(hostText)", "ip link"])
    case "EPERM":
      add(
        .ownFirewall, .certain, "the kernel said EPERM: a rule for what leaves this machine", ["sh 'nft list ruleset'"])
    case "EAFNOSUPPORT": add(.familyMissing, .certain, "the kernel said EAFNOSUPPORT", ["ip addr"])
    case "ENETUNREACH", "EHOSTUNREACH", "EACCES", "EINVAL", "ENETDOWN", "ENOPROTOOPT", "EHOSTDOWN": judgeUnreachable()
    case "timeout", "ETIMEDOUT": judgeTimeout()
    default: judgeBroken()
    }
  }

  // MARK: Refused

  private mutating func judgeRefused() {
    if let report = trouble.report, report.kind != nil, !trouble.layerIsUDP {
      return judgeICMP(report.kind?.title, report.sender)
    }
    if trouble.layerIsUDP {
      guard trouble.report?.kind?.isPortUnreachable ?? true else {
        return judgeICMP(trouble.report?.kind?.title, trouble.report?.sender)
      }
      return add(
        .noDatagramListener, .certain,
        "\(trouble.report?.sender.map { "\($0)" } ?? "the host") sent `port unreachable`",
        evidence.isLocal ? ["sockets --udp --listening"] : ["ping \(hostText)"])
    }
    if let port = evidence.port, port.state == .unreachable { return judgeICMP(port.reason, port.sender) }
    if evidence.isLocal || !evidence.listeners.isEmpty { return judgeRefusedHere() }
    if evidence.port?.state == .open {
      add(
        .answersNow, .likely, "it refused then and takes connections now: the program was starting",
        ["tcp probe \(place)"])
    }
    add(
      .nothingListens, evidence.port == nil ? .likely : .certain, "\(hostText) itself answered with RST",
      ["tcp probe \(hostText) 1..1024"])
    judgeRelatives()
    add(.firewallRejects, .possible, "a firewall can send RST in the host's name", ["trace \(hostText)"])
  }

  private mutating func judgeRefusedHere() {
    guard let address = trouble.endpoint?.address else { return }
    let takers = evidence.listeners.filter { $0.takes(address) }
    if evidence.port?.state == .open {
      return add(.answersNow, .certain, "a program listens now; it was starting", ["tcp probe \(place)"])
    }
    if let taker = takers.first {
      return add(
        .firewallRejects, .certain,
        "\(taker.owner ?? "a program") listens at \(port), and yet RST came: somebody else sends it",
        ["sh 'nft list ruleset'", "sockets --listening --port \(port)"])
    }
    if let other = evidence.listeners.first(where: { $0.address.isIPv4 == address.isIPv4 }) {
      return add(
        .boundElsewhere, .certain, "it listens at \(other.address), and not at \(address)",
        ["tcp probe \(other.address) \(port)", "sockets --listening --port \(port)"])
    }
    if let other = evidence.listeners.first {
      let target = other.address.isUnspecified ? (other.address.isIPv4 ? "127.0.0.1" : "::1") : "\(other.address)"
      return add(
        .otherFamily, .certain, "it listens at \(other.address), by \(other.address.isIPv4 ? "IPv4" : "IPv6") only",
        ["tcp probe \(target) \(port)"])
    }
    add(
      .nothingListens, .certain, "the kernel lists no socket that waits at port \(port)", ["sockets --listening --tcp"])
    judgeRelatives()
  }

  private mutating func judgeRelatives() {
    for other in evidence.others where other.state == .open {
      let service = Endpoint.serviceName(other.port).map { " (\($0))" } ?? ""
      add(
        .wrongPort, .likely, "port \(other.port)\(service) of the host takes connections",
        ["tcp probe \(hostText) \(other.port)"])
    }
  }

  // MARK: Unreachable

  private mutating func judgeUnreachable() {
    if let report = trouble.report, let kind = report.kind { return judgeICMP(kind.title, report.sender) }
    if let port = evidence.port, port.sender != nil { return judgeICMP(port.reason, port.sender) }
    if let ping = evidence.ping, !ping.isReply, ping.sender != nil {
      return judgeICMP(ping.answer, ping.sender)
    }
    if let name = evidence.downInterface {
      return add(
        .interfaceDown, .certain, "\(name) has an address of that network and is down",
        ["ip link", "sh 'ip link set \(name) up'"])
    }
    switch evidence.routeCode {
    case "unreachable"?, "EHOSTUNREACH"?:
      return add(
        .routeUnreachable, .certain, "the kernel answers EHOSTUNREACH to the question for the way", ["ip route"])
    case "prohibit"?, "EACCES"?:
      return add(.routeProhibits, .certain, "the kernel answers EACCES to the question for the way", ["ip route"])
    case "blackhole"?, "EINVAL"?:
      return add(.routeBlackhole, .certain, "the kernel answers EINVAL to the question for the way", ["ip route"])
    case "ENETUNREACH"?:
      return add(.noRoute, .certain, "no route, not even a default one, leads there", ["ip route", "ip addr"])
    default: break
    }
    if trouble.code == "EACCES" {
      return add(.ownFirewall, .likely, "the kernel said EACCES and has a route", ["sh 'nft list ruleset'", "ip rule"])
    }
    judgeSilentLink()
    guard readings.isEmpty else { return }
    // Whoever is next on the link answers, so an ICMP message came from behind it, and none comes now: routers count them.
    let isFar = evidence.route?.gateway != nil && evidence.neighbour != nil
    switch trouble.code {
    case "EHOSTUNREACH" where isFar:
      add(.routerKnowsNoHost, .likely, "the gateway answers, and somebody said EHOSTUNREACH", ["trace \(hostText)"])
    case "ENETUNREACH" where isFar:
      add(.routerKnowsNoWay, .likely, "the gateway answers, and somebody said ENETUNREACH", ["trace \(hostText)"])
    case "EHOSTUNREACH": add(.noNeighbour, .likely, "the kernel gave the packet up itself", ["ip neigh"])
    default: add(.noRoute, .likely, "the kernel said \(trouble.code)", ["ip route"])
    }
  }

  private mutating func judgeSilentLink() {
    guard let state = evidence.neighbour?.uppercased(), state.contains("FAILED") || state.contains("INCOMPLETE") else {
      return
    }
    let next = evidence.route?.gateway.map { "the gateway \($0)" } ?? hostText
    add(.noNeighbour, .certain, "\(next) does not answer on the link: \(state)", ["ip neigh", "ip addr"])
  }

  /// Judges an ICMP message by its words and by who sent it.
  private mutating func judgeICMP(_ title: String?, _ sender: Address?) {
    let title = title ?? "destination unreachable"
    let isHost = sender != nil && sender == (trouble.endpoint?.address ?? evidence.addresses.first)
    let who = sender.map { "\($0)" } ?? "somebody"
    let said = "\(who) answered `\(title)`"
    if !isHost, title.hasPrefix("host unreachable") || title.hasPrefix("address unreachable") {
      add(.routerKnowsNoHost, .likely, "\(said), and is a router on the way", ["trace \(hostText)", "ping \(who)"])
      return add(.firewallRejects, .possible, "a firewall can be told to answer so", ["trace \(hostText)"])
    }
    if !isHost, title.hasPrefix("network unreachable") || title.hasPrefix("no route") {
      return add(.routerKnowsNoWay, .certain, "\(said), and is a router on the way", ["trace \(hostText)"])
    }
    let why =
      title.contains("prohibited") || title.contains("policy")
      ? "these are a firewall's words" : isHost ? "the host's own TCP would have sent RST" : "a router has no ports"
    add(.firewallRejects, .certain, "\(said): \(why)", ["trace \(hostText)", "tcp probe \(hostText) 22,80,443"])
  }

  // MARK: Silence

  private mutating func judgeTimeout() {
    if trouble.layerIsUDP {
      add(.datagramSilence, .likely, "no datagram came, and no ICMP", ["ping \(hostText)", "trace \(hostText)"])
      return
    }
    guard trouble.doing == .connecting else { return judgeSilentPeer() }
    if let port = evidence.port, port.state == .open {
      return add(
        .answersNow, .likely, "the port took a connection now, in \(port.time)",
        ["tcp probe \(place)", "ping \(hostText)"])
    }
    if evidence.port?.state == .unreachable { return judgeUnreachable() }
    judgeSilentLink()
    if evidence.isAlive {
      add(
        .firewallDrops, .certain, "the host answers, and nothing comes back from port \(port)",
        ["tcp probe \(hostText) 1..1024", "trace \(hostText)"])
      return
    }
    if isForeignPrivate {
      add(
        .privateUnreachable, .likely, "\(hostText) is private, and only the default route leads there",
        ["trace \(hostText)", "ip route"])
    }
    add(
      .firewallDrops, readings.isEmpty ? .likely : .possible, "nothing came back from any port, and to no ping",
      ["trace \(hostText)"])
    add(.hostDown, .possible, "a host that is not there is as silent", ["trace \(hostText)"])
  }

  /// Whether it is a private address that this machine knows only the default route to.
  private var isForeignPrivate: Bool {
    guard let address = trouble.endpoint?.address ?? evidence.addresses.first else { return false }
    return [.private, .uniqueLocal, .shared].contains(address.kind) && evidence.isDefaultRoute
  }

  /// Judges a connection that stood and on which nothing came.
  private mutating func judgeSilentPeer() {
    if let hole = evidence.hole {
      let link =
        "a packet of \(hole.passes) bytes arrives, one of \(hole.fails) gets lost, and nobody on the way says so"
      add(
        .mtuBlackHole, .certain, link,
        [
          "trace \(hostText)",
          "sh 'ip route replace \(hostText)\(way) mtu \(hole.passes) advmss \(hole.passes - headers)'",
        ])
    }
    if trouble.tls != nil {
      return add(.tlsSilent, .certain, "TCP was there, and no ServerHello came", ["tcp connect \(place)", "wire"])
    }
    if trouble.url != nil, evidence.received > 0 {
      return add(.bodyStalls, .certain, "\(evidence.received) bytes came, then none", ["wire", "ping \(hostText)"])
    }
    add(.peerSilent, .certain, "TCP was there, and not a byte came in time", ["wire", "ping \(hostText)"])
  }

  /// Bytes of the headers of IP and TCP without options.
  private var headers: Int { trouble.endpoint?.address?.isIPv4 ?? true ? 40 : 60 }
  private var way: String { evidence.route?.gateway.map { " via \($0)" } ?? "" }

  // MARK: Broken connections

  mutating func judgeBroken() {
    switch trouble.code {
    case "ECONNRESET", "EPIPE", "ECONNABORTED":
      judgeTLSInstead()
      add(
        .peerResets, .certain,
        "\(trouble.code): \(evidence.received > 0 ? "after \(evidence.received) bytes" : "before a byte of an answer")",
        ["wire", "wire --ladder"])
    case "eof", "tls-closed":
      judgeTLSInstead()
      add(
        .peerCloses, .certain,
        evidence.received > 0 ? "it ended after \(evidence.received) bytes" : "it ended without a byte of an answer",
        ["wire", "wire --ladder"])
    case "closed", "ENOTCONN": add(.connectionGone, .certain, "a command before this one closed it", ["conns"])
    default: return
    }
  }

  mutating func judgeTLSInstead() {
    guard trouble.tls == nil, case .done(let info)? = evidence.handshake else { return }
    add(
      .speaksTLS, .certain, "a handshake made now comes to \(info.version)",
      [trouble.secureURL.map { "http get \($0)" } ?? "tls connect \(place)"])
  }
}

extension Trouble {
  /// The URL with https in the place of http.
  var secureURL: String? {
    guard let url, url.scheme == "http" else { return nil }
    return "https" + "\(url.withoutCredentials)".dropFirst(4)
  }
}
