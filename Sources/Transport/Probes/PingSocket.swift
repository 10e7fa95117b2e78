import CSystem
import Glibc
import Net
import System
import Wire

/// How a ping asks.
public enum PingMethod: String, Sendable {
  /// socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP), for groups within net.ipv4.ping_group_range (icmp(7)).
  case datagram = "ICMP, datagram socket"
  /// SOCK_RAW, for root.
  case raw = "ICMP, raw socket"
  /// Datagrams to ports that nobody uses, which the host answers with port unreachable.
  case udp = "UDP to closed ports"
}

/// The socket of a ping: the best one that this user may have.
struct PingSocket {
  /// An answer, or an ICMP error, and the question that it belongs to.
  struct Answer {
    let number: Int
    let sender: Address?
    let title: String
    let isReply: Bool
    let bytes: ArraySlice<UInt8>
    let ttl: Int?
    let error: ErrorReport?
    /// When it came in, nanoseconds since 1970; 0 if the kernel did not say.
    let arrived: Int64
  }

  let method: PingMethod
  let descriptor: Descriptor
  private let address: Address
  private let identifier: UInt16
  private var version: ICMPKind.Version { address.isIPv4 ? .v4 : .v6 }
  private var family: Int32 { address.isIPv4 ? AF_INET : AF_INET6 }

  /// The first of the ports that traceroute(8) uses, and how many of them we do.
  private static let firstPort = 33_434
  private static let portCount = 1_024

  init(to address: Address) throws(SystemCallError) {
    self.address = address
    identifier = UInt16.random(in: 1...UInt16.max)
    let place = SocketAddress(address, port: 0)
    let number = Int32(address.isIPv4 ? IPPROTO_ICMP : IPPROTO_ICMPV6)
    var best: (PingMethod, Descriptor)?
    for (method, kind) in [(PingMethod.datagram, SOCK_DGRAM), (.raw, SOCK_RAW)] where best == nil {
      do throws(SystemCallError) {
        best = (method, try Descriptor.probe(family: place.family, kind, number))
      } catch {
        guard [EACCES, EPERM, EPROTONOSUPPORT, EAFNOSUPPORT].contains(error.errno) else { throw error }
      }
    }
    if let (method, descriptor) = best {
      self.method = method
      self.descriptor = descriptor
      // Connected, it hears of this host only.
      try descriptor.connect(place)
    } else {
      method = .udp
      descriptor = try Descriptor.probe(family: place.family, SOCK_DGRAM, Int32(IPPROTO_UDP))
    }
  }

  var layer: Layer { method == .udp ? .udp : .icmp }

  /// Gives the bytes of a question: of a UDP one only its data.
  func question(_ number: Int, size: Int) -> [UInt8] {
    let data = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    guard method != .udp else { return data }
    // The kernel puts its own identifier into what a datagram socket sends, and the checksum into ICMPv6.
    return ICMPMessage.echoRequest(
      version, identifier: identifier, sequence: UInt16(truncatingIfNeeded: number), data: data
    ).bytes()
  }

  func send(_ packet: [UInt8], _ number: Int) throws(SystemCallError) {
    guard method == .udp else { return try descriptor.sendDatagram(packet) }
    let port = UInt16(truncatingIfNeeded: PingSocket.firstPort + number % PingSocket.portCount)
    try descriptor.sendDatagram(packet, to: Endpoint(address: address, port: port))
  }

  /// Takes an answer or an error; nil for what is not ours. `latest` is the number of the last question.
  func receive(latest: Int) throws(SystemCallError) -> Answer? {
    if let report = try descriptor.takeReport() { return answer(report, latest: latest) }
    let (bytes, message) = try descriptor.receiveMessage(max: 65_536)
    let peer = SocketAddress(message.peer, length: message.peer_length)?.endpoint
    let ttl = message.ttl < 0 ? nil : Int(message.ttl)
    guard method != .udp else {
      // Somebody listens at that port after all, and is there.
      guard peer?.address?.withoutZone == address.withoutZone, let port = peer?.port else { return nil }
      let number = self.number(Int(port) - PingSocket.firstPort, latest, modulus: PingSocket.portCount)
      return Answer(
        number: number, sender: peer?.address, title: "datagram", isReply: true, bytes: bytes[...], ttl: ttl,
        error: nil,
        arrived: message.arrived)
    }
    guard let icmp = echo(in: bytes), icmp.kind.isEchoReply else { return nil }
    guard method == .datagram || icmp.identifier == identifier else { return nil }
    return Answer(
      number: number(Int(icmp.sequence), latest), sender: peer?.address, title: icmp.kind.title, isReply: true,
      bytes: bytes.suffix(8 + icmp.data.count), ttl: ttl, error: nil,
      arrived: message.arrived)
  }

  /// Reads what came: a raw socket of IPv4 has the IP header before it (raw(7)).
  private func echo(in bytes: [UInt8]) -> ICMPMessage? {
    guard method == .raw, version == .v4 else { return try? ICMPMessage(parsing: bytes[...], version: version) }
    guard let packet = try? IPPacket(parsing: bytes[...]), packet.protocolNumber == .icmp else { return nil }
    return try? ICMPMessage(parsing: packet.payload[...], version: .v4)
  }

  private func answer(_ report: ErrorReport, latest: Int) -> Answer? {
    let number: Int
    if method == .udp {
      guard let port = report.destination?.port else { return nil }
      number = self.number(Int(port) - PingSocket.firstPort, latest, modulus: PingSocket.portCount)
    } else if let asked = try? ICMPMessage(parsing: report.quoted[...], version: version) {
      guard method == .datagram || asked.identifier == identifier else { return nil }
      number = self.number(Int(asked.sequence), latest)
    } else {
      return nil
    }
    // A closed port of the host itself is what a question by UDP hopes for.
    let isReply =
      method == .udp && report.kind?.isPortUnreachable == true && report.sender?.withoutZone == address.withoutZone
    return Answer(
      number: number, sender: report.sender, title: report.kind?.title ?? report.code, isReply: isReply,
      bytes: report.quoted[...], ttl: nil, error: report, arrived: report.arrived)
  }

  /// Gives the latest number that has this remainder: sequence numbers have 16 bits and begin again.
  private func number(_ remainder: Int, _ latest: Int, modulus: Int = 65_536) -> Int {
    let distance = ((latest - remainder) % modulus + modulus) % modulus
    return latest - distance
  }
}
