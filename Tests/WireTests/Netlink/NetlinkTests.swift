import Net
import System
import TestSupport
import Testing

@testable import Wire

/// Messages that Linux 6.18 sent in a namespace with every kind of interface, address, route and rule that it allows.
@Suite struct NetlinkTests {
  /// A datagram as it was captured; the fuzzer begins with the same ones.
  private static func capture(_ name: String) throws -> [UInt8] {
    try FileText.read("\(Tree.root)/Tests/Fuzz/corpus/netlink/\(name)")
  }

  private static let captures = [
    "links", "addresses", "routes4", "routes6", "neighbors", "rules", "tcp", "udp", "unix", "error",
  ]

  private func contents(_ name: String) throws -> [RoutingMessage] {
    try NetlinkMessage.parse(Self.capture(name)).compactMap { try RoutingMessage.parse($0)?.content }
  }

  @Test func readsLinks() throws {
    let messages = try NetlinkMessage.parse(Self.capture("links"))
    let links = try messages.compactMap { message -> LinkMessage? in
      if case .link(let link)? = try RoutingMessage.parse(message)?.content { link } else { nil }
    }
    let loopback = try #require(links.first)
    #expect(loopback.name == "lo" && loopback.mtu == 65536 && loopback.flagNames == ["UP", "LOOPBACK", "LOWER_UP"])
    #expect(loopback.hardwareName == "loopback" && loopback.address == [0, 0, 0, 0, 0, 0])
    let port = try #require(links.first { $0.name == "v1" })
    #expect(port.kind == "veth" && port.portKind == "bridge" && port.master == 4 && port.lower == 3)
  }

  /// Kinds that the kernel of the captures lacks, laid out as linux/if_link.h has them: a VLAN, and a dummy.
  @Test func readsLinksOfOtherKinds() throws {
    func attribute(_ type: UInt16, _ value: [UInt8]) -> [UInt8] {
      var bytes: [UInt8] = []
      bytes.append(native: UInt16(value.count + 4))
      bytes.append(native: type)
      bytes += value
      bytes.alignToFour()
      return bytes
    }
    func link(_ name: String, index: UInt8, _ more: [UInt8]) throws -> LinkMessage {
      // ifinfomsg: family, padding, ARPHRD_ETHER, index, IFF_UP, BROADCAST, RUNNING and LOWER_UP, no change; then IFLA_IFNAME
      let fixed: [UInt8] = [0, 0, 1, 0, index, 0, 0, 0, 0x43, 0, 1, 0, 0, 0, 0, 0]
      return try LinkMessage((fixed + attribute(3, Array(name.utf8) + [0]) + more)[...])
    }
    // IFLA_LINK 2; IFLA_LINKINFO of IFLA_INFO_KIND and IFLA_INFO_DATA of IFLA_VLAN_ID 7 and IFLA_VLAN_PROTOCOL 0x8100
    let vlan = try link(
      "eth0.7", index: 5,
      attribute(5, [2, 0, 0, 0])
        + attribute(
          18,
          attribute(1, Array("vlan\0".utf8)) + attribute(2, attribute(1, [7, 0]) + attribute(5, [0x81, 0]))))
    #expect(vlan.name == "eth0.7" && vlan.kind == "vlan" && vlan.lower == 2 && vlan.vlan == 7 && vlan.index == 5)
    #expect(vlan.flagNames == ["UP", "BROADCAST", "LOWER_UP"])
    let dummy = try link("dummy0", index: 6, attribute(18, attribute(1, Array("dummy\0".utf8))))
    #expect(dummy.kind == "dummy" && dummy.lower == nil && dummy.vlan == nil && dummy.hardwareName == "ether")
  }

  @Test func readsAddresses() throws {
    let all = try contents("addresses").compactMap { if case .address(let address) = $0 { address } else { nil } }
    let label = try #require(all.first { $0.label == "v0:web" })
    #expect(label.local == Address("192.0.2.2") && label.prefix == 24 && label.flagNames.contains("secondary"))
    let peer = try #require(all.first { $0.peer == Address("10.9.0.2") })
    #expect(peer.local == Address("10.9.0.1") && peer.prefix == 32)
    let leased = try #require(all.first { $0.valid != nil })
    #expect((leased.preferred ?? 0) <= 500 && (leased.valid ?? 0) > 900)
  }

  @Test func readsRoutes() throws {
    let all = try contents("routes4").compactMap { if case .route(let route) = $0 { route } else { nil } }
    let standard = try #require(all.first { $0.destination == Network("0.0.0.0/0") })
    #expect(
      standard.gateway == Address("192.0.2.254") && standard.typeName == "unicast" && standard.originName == "boot")
    let many = try #require(all.first { !$0.hops.isEmpty })
    #expect(many.destination == Network("100.64.0.0/10") && many.hops.map(\.weight) == [3, 1])
    #expect(many.hops.first?.gateway == Address("192.0.2.10"))
    let other = try #require(all.first { $0.destination == Network("198.18.5.0/24") })
    #expect(other.gateway == Address("fe80::1"))
    #expect(all.contains { $0.typeName == "blackhole" } && all.contains { $0.flagNames.contains("onlink") })
    let measured = try #require(all.first { $0.table == 4711 })
    #expect(measured.metrics.contains(RouteMessage.Metric(name: "rtt", number: 100, text: nil)))
  }

  @Test func readsRulesAndNeighbors() throws {
    let rules = try contents("rules").compactMap { if case .rule(let rule) = $0 { rule } else { nil } }
    let marked = try #require(rules.first { $0.mark != nil })
    #expect(marked.mark == 0x10 && marked.mask == 0xff && marked.table == 4711 && marked.priority == 11)
    let ports = try #require(rules.first { $0.sourcePorts != nil })
    #expect(ports.sourcePorts == 1000...2000 && ports.destinationPorts == 443...443 && ports.transport == 6)
    let neighbors = try contents("neighbors").compactMap { if case .neighbor(let some) = $0 { some } else { nil } }
    let fixed = try #require(neighbors.first { $0.address == Address("192.0.2.77") })
    #expect(fixed.stateName == "PERMANENT" && MAC(bytes: fixed.linkAddress) == MAC("02:00:00:00:00:77"))
  }

  @Test func readsSockets() throws {
    let sockets = try NetlinkMessage.parse(Self.capture("tcp")).filter { $0.type == 20 }.map {
      try InternetSocketMessage($0.payload)
    }
    let established = try #require(sockets.first { $0.state == 1 && $0.info != nil })
    #expect(established.local == Address("127.0.0.1") && established.remotePort != 0)
    #expect(established.info?.state == .established && (established.info?.congestionWindow ?? 0) > 0)
    #expect(sockets.contains { $0.receiveQueue == 1234 })
    let unix = try NetlinkMessage.parse(Self.capture("unix")).filter { $0.type == 20 }.map {
      try UnixSocketMessage($0.payload)
    }
    #expect(unix.contains { $0.name?.hasPrefix("@nsh-") ?? false })
  }

  /// As Linux 6.18 answered about one socket of each kind, and /proc/net/raw of another.
  private static let others: [[UInt8]] = [
    // netlink: SOCK_RAW, sock-diag, no peer, port 15350, no group, inode 5366217; then both cookies
    [16, 3, 4, 7, 0xf6, 0x3b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc9, 0xe1, 0x51, 0, 0xe1, 0x4e, 2, 0, 0, 0, 0, 0],
    // with the attribute of the groups 1 and 3
    [16, 3, 0, 7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 1, 0, 5, 0, 0, 0],
    // packet: SOCK_RAW, all EtherTypes, inode 5367236, cookies; interface 7, user 1000
    [
      17, 3, 3, 0, 0xc4, 0xe5, 0x51, 0, 0xdf, 0x4e, 2, 0, 0, 0, 0, 0, 28, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      0,
      0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 8, 0, 5, 0, 0xe8, 3, 0, 0,
    ],
  ]

  @Test func readsOtherSockets() throws {
    let plain = try NetlinkSocketMessage(Self.others[0][...])
    #expect(plain.subjectName == "sock-diag" && plain.port == 15_350 && plain.inode == 5_366_217 && plain.groups == [])
    let hearing = try NetlinkSocketMessage(Self.others[1][...])
    #expect(hearing.subjectName == "route" && hearing.groups == [1, 3] && hearing.port == 1)
    let frames = try PacketSocketMessage(Self.others[2][...])
    #expect(frames.etherTypeName == "all" && frames.typeName == "frames" && frames.interface == 7)
    #expect(frames.user == 1_000 && frames.inode == 5_367_236)
    for bytes in Self.others {
      for length in 0..<bytes.count {
        _ = try? NetlinkSocketMessage(bytes.prefix(length))
        _ = try? PacketSocketMessage(bytes.prefix(length))
        var changed = bytes
        changed[length] ^= 0xff
        _ = try? NetlinkSocketMessage(changed[...])
        _ = try? PacketSocketMessage(changed[...])
      }
    }
    #expect(throws: NetlinkError.self) { try NetlinkSocketMessage([16, 3, 4][...]) }
    #expect(throws: NetlinkError.self) { try PacketSocketMessage([17, 3, 4][...]) }
  }

  /// Lines of proc(5), whose addresses are words of the machine's own order, here one with the lowest byte first.
  @Test func readsRawSocketsFromProc() throws {
    let four = try #require(
      RawSocket(
        line: "  1: 0100007F:0001 00000000:0000 07 00000000:00000354 00:00000000 00000000  1000        0 30714 2 0 0"))
    #expect(four.local == Address("127.0.0.1") && four.transport == .icmp && four.state == 7)
    #expect(four.receiveQueue == 0x354 && four.user == 1_000 && four.inode == 30_714 && four.remote.isUnspecified)
    let six =
      "  58: 00000000000000000000000001000000:003A 00000000000000000000000000000000:0000 01 "
      + "00000000:00000000 00:00000000 00000000     0        0 30715 2 0 0"
    #expect(RawSocket(line: six)?.local == Address("::1") && RawSocket(line: six)?.transport == .icmpv6)
    // What is cut in the inode, the tenth word, is still a line.
    for length in 0..<six.count {
      let start = six.prefix(length)
      #expect((RawSocket(line: start) != nil) == (start.split(separator: " ").count >= 10))
    }
    #expect(RawSocket(line: "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when") == nil)
    for wrong in ["zz", "010000:0001", "0100007F", "0100007F:10000"] {
      #expect(RawSocket(line: "  1: \(wrong) 00000000:0000 07 0:0 00:0 0 0 0 1 2 0 0") == nil)
    }
  }

  @Test func tellsNewFromChangedAndGone() throws {
    let routes = try contents("routes4")
    var knowledge = RoutingKnowledge(Array(routes.dropFirst()))
    let first = try #require(routes.first)
    #expect(knowledge.take(first, isGone: false, replaces: false) == .new)
    #expect(knowledge.take(first, isGone: false, replaces: false) == .changed)
    #expect(knowledge.take(first, isGone: true, replaces: false) == .gone)
    #expect(knowledge.take(first, isGone: false, replaces: false) == .new)
    for route in routes.dropFirst() { #expect(knowledge.take(route, isGone: false, replaces: true) == .changed) }
    // What another route replaced is forgotten.
    let links = try contents("links")
    for link in links { #expect(knowledge.take(link, isGone: false, replaces: false) == .new) }
    for link in links { #expect(knowledge.take(link, isGone: true, replaces: false) == .gone) }
    // With the interfaces go the routes by them; a key that the list has twice is new once.
    let indices = Set(links.compactMap { if case .link(let link) = $0 { link.index } else { nil } })
    var seen: Set<RoutingIdentity> = []
    for case .route(let route) in routes where route.outgoing.map({ indices.contains($0) }) ?? false {
      let message = RoutingMessage.route(route)
      let wanted: RoutingKnowledge.Event = seen.insert(message.identity).inserted ? .new : .changed
      #expect(knowledge.take(message, isGone: false, replaces: false) == wanted)
    }
    #expect(seen.count > 2)
  }

  @Test func readsWhatTheKernelRefuses() throws {
    let message = try #require(try NetlinkMessage.parse(Self.capture("error")).first)
    #expect(message.type == NetlinkMessage.Control.error)
    // EOPNOTSUPP: there is no family of that number.
    #expect(try message.outcome() == NetlinkMessage.Outcome(errno: 95, text: nil))
  }

  /// As `struct nlmsghdr` and `struct rtmsg` have it on a machine with the lowest byte first.
  @Test func writesRequests() throws {
    let address = try #require(Address("192.0.2.1"))
    let bytes = NetlinkRequest.route(to: address, out: 7).bytes(sequence: 1)
    #expect(
      bytes == [
        44, 0, 0, 0, 26, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 1, 0, 192, 0, 2, 1,
        8,
        0, 4, 0, 7, 0, 0, 0,
      ])
    #expect(try NetlinkMessage.parse(bytes).first?.type == 26)
    #expect(NetlinkRequest.list(.rule, family: 10).bytes(sequence: 1).count == 28)
    #expect(NetlinkRequest.sockets(family: .inet, transport: 6, states: .max).bytes(sequence: 1).count == 72)
    #expect(NetlinkRequest.unixSockets(states: .max).bytes(sequence: 1).count == 40)
  }

  @Test(arguments: captures) func decodesOrThrowsItsOwnError(capture name: String) throws {
    let whole = try Self.capture(name)
    // The first messages are enough, and keep the square small; the fuzzer has the rest.
    let start = Array(whole.prefix(700))
    for length in 0...start.count { Self.read(Array(start.prefix(length))) }
    for index in start.indices {
      var changed = start
      for bits in [0xff, 0x01] as [UInt8] {
        changed[index] = start[index] ^ bits
        Self.read(changed)
      }
    }
    Self.read(whole + [1, 2, 3])
    #expect(throws: NetlinkError.self) { try NetlinkMessage.parse(whole + [1, 2, 3]) }
  }

  /// Reads what can be read; anything but a value or a NetlinkError would not compile or would end the test.
  private static func read(_ bytes: [UInt8]) {
    do throws(NetlinkError) {
      for message in try NetlinkMessage.parse(bytes) {
        _ = try? message.outcome()
        _ = try? RoutingMessage.parse(message)
        _ = try? InternetSocketMessage(message.payload)
        _ = try? UnixSocketMessage(message.payload)
      }
    } catch { #expect(error.offset <= bytes.count && error.code == "netlink-malformed") }
  }

  @Test func readsTwoKindsOfServiceTables() {
    let system = ServiceTable(system: Array("# x\nsmtp\t25/tcp mail # Mail \nbad\nx 99999/tcp\nhttp 80/tcp\r\n".utf8))
    #expect(system.services.map(\.name) == ["smtp", "http"])
    #expect(system.services[0].aliases == ["mail"] && system.services[0].description == "Mail")
    #expect(system.services[0].isNamed("MAIL") && !system.services[0].isNamed("mai"))
    let shared = ServiceTable(
      shared: Array("# of IANA\nname\tport\ttransport\tdescription\nimaps\t993\ttcp\tIMAP over TLS\n\nx\ty\tz\n".utf8))
    #expect(shared.services.map(\.port) == [993] && shared.services[0].description == "IMAP over TLS")
    let both = ServiceTable(system: Array("imaps 993/tcp\nother 993/tcp\nsmtp 25/tcp # Mail\nx 993/udp\n".utf8))
      .described(by: shared)
    #expect(both.services.map(\.description) == ["IMAP over TLS", "IMAP over TLS", "Mail", nil])
  }
}
