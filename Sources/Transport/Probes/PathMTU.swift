import CSystem
import Glibc
import Net
import System
import Wire

/// The largest packets that the links on the way to a host take (RFC 1191, RFC 8201), as routers told.
struct PathMTU {
  /// That of the first link.
  let first: Int?
  /// By the router that told it, the MTU of the link after it.
  var after: [Address: Int] = [:]

  /// What no path has more of, or a router's answer could go on for ever.
  private static let mostSteps = 16
  /// How often one size is sent into silence: the first packet to a new neighbour may get lost.
  private static let tries = 3

  /// Sends datagrams that must not be fragmented, each as large as the last answer allows, until one arrives or meets silence.
  static func discover(
    _ target: ProbeTarget, patience: TimeSpan, port: UInt16
  ) throws(TransportError) -> PathMTU {
    // A cut that lets a machine without the option go on: no path MTU, but a trace.
    guard let descriptor = try? Descriptor.probe(family: target.family, SOCK_DGRAM, Int32(IPPROTO_UDP)) else {
      return PathMTU(first: nil)
    }
    defer { descriptor.close() }
    let place = SocketAddress(target.address, port: port)
    guard (try? descriptor.probePathMTU(family: target.family)) != nil, (try? descriptor.connect(place)) != nil else {
      return PathMTU(first: nil)
    }
    // IP and UDP headers (RFC 791, RFC 8200, RFC 768).
    let headers = target.address.isIPv4 ? 28 : 48
    var path: PathMTU?
    var size = 65_535
    var silences = 0
    for _ in 0..<mostSteps where silences < tries {
      let data = [UInt8](repeating: 0x40, count: max(0, size - headers))
      let start = monotonicNow()
      try? descriptor.sendDatagram(data)
      target.report(.send, .udp, start: start, to: target.endpoint(port), detail: "\(size) bytes, no fragments")
      let end = Deadline.after(nanoseconds: patience.nanoseconds / Int64(tries))
      guard let report = try answer(descriptor, target, end) else {
        silences += 1
        continue
      }
      target.report(.recv, .icmp, start: start, detail: report.mtu.map { "an MTU of \($0)" } ?? "", error: report)
      // It arrived, or will go no further.
      guard let mtu = report.mtu, mtu < size else { break }
      size = mtu
      silences = 0
      if let sender = report.sender { path?.after[sender] = mtu } else { path = PathMTU(first: mtu) }
    }
    return path ?? PathMTU(first: size == 65_535 ? 65_535 : nil)
  }

  private static func answer(
    _ descriptor: Descriptor, _ target: ProbeTarget, _ end: Deadline
  ) throws(TransportError) -> ErrorReport? {
    while true {
      if let report = try? descriptor.takeReport() { return report }
      guard try target.wait(for: [descriptor], .read, until: end) != nil else { return nil }
      // A datagram that somebody sent back, or the echo of an error that the queue told.
      if let report = try? descriptor.takeReport() { return report }
      if (try? descriptor.receiveMessage(max: 64)) != nil { return nil }
    }
  }
}
