import CSystem
import Glibc
import Net
import System
import Wire

/// What became of a packet that a socket sent, as its error queue tells (ip(7), IP_RECVERR): usually an ICMP message.
public struct ErrorReport: LayeredError {
  /// What the system makes of it: ECONNREFUSED of a closed port.
  public let errno: Int32
  /// The ICMP message's type and code; nil where this machine itself refused the packet.
  public let kind: ICMPKind?
  /// Who sent the ICMP message: the host itself, or a router on the way.
  public let sender: Address?
  /// Where the packet went to.
  public let destination: Endpoint?
  /// The largest packet that the next link takes (RFC 1191, RFC 8201), where that was the trouble.
  public let mtu: Int?
  /// When the kernel took it in, nanoseconds since 1970; 0 where that is not known.
  let arrived: Int64
  /// What followed the transport's header in the packet, as much as the ICMP message quoted.
  public let quoted: [UInt8]

  init?(_ message: nsh_message, quoted: [UInt8]) {
    guard message.has_error != 0 else { return nil }
    errno = Int32(bitPattern: message.error)
    switch Int(message.origin) {
    case Int(nsh_origin_icmp): kind = ICMPKind(.v4, type: message.type, code: message.code)
    case Int(nsh_origin_icmp6): kind = ICMPKind(.v6, type: message.type, code: message.code)
    default: kind = nil
    }
    sender = kind == nil ? nil : SocketAddress(message.offender, length: message.offender_length)?.address
    destination = SocketAddress(message.peer, length: message.peer_length)?.endpoint
    mtu = errno == EMSGSIZE && message.info > 0 ? Int(message.info) : nil
    arrived = message.arrived
    self.quoted = quoted
  }

  public var layer: Layer { kind == nil ? .system : .icmp }

  public var code: String { SystemCallError(call: "", errno: errno).code }

  /// `192.0.2.1 answered to what went to 192.0.2.7:53: port unreachable (type 3, code 3)`
  public var message: String {
    guard let kind else { return SystemCallError(call: "sendmsg", errno: errno).message }
    let who = sender.map { "\($0)" } ?? "somebody"
    let what = destination.map { " to what went to \($0)" } ?? ""
    return "\(who) answered\(what): \(kind.title) (type \(kind.type), code \(kind.code))"
  }
}

extension Descriptor {
  /// Asks for the errors of what is sent, with the ICMP messages that they came from (IP_RECVERR, IPV6_RECVERR), and for
  /// the time to live of what comes in.
  func reportErrors(family: Int32) throws(SystemCallError) {
    if family == AF_INET {
      try set(IP_RECVERR, at: Int32(IPPROTO_IP), to: 1)
      try set(IP_RECVTTL, at: Int32(IPPROTO_IP), to: 1)
    } else {
      try set(IPV6_RECVERR, at: Int32(IPPROTO_IPV6), to: 1)
      try set(IPV6_RECVHOPLIMIT, at: Int32(IPPROTO_IPV6), to: 1)
    }
  }

  /// Takes the oldest report of the error queue, recvmsg(2) with MSG_ERRQUEUE; nil if there is none.
  func takeReport() throws(SystemCallError) -> ErrorReport? {
    do throws(SystemCallError) {
      let (bytes, message) = try receiveMessage(max: 256, flags: Int32(MSG_ERRQUEUE))
      return ErrorReport(message, quoted: bytes)
    } catch {
      guard error.wouldBlock else { throw error }
      return nil
    }
  }

  /// Makes one recvmsg(2) of at most `max` bytes.
  func receiveMessage(max: Int, flags: Int32 = 0) throws(SystemCallError) -> ([UInt8], nsh_message) {
    try use("recvmsg") { number throws(SystemCallError) in
      var message = nsh_message()
      var room = [UInt8](repeating: 0, count: max)
      let count = try systemCall("recvmsg") { nsh_receive_message(number, &room, max, flags, &message) }
      return (Array(room[..<count]), message)
    }
  }
}
