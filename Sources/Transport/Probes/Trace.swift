import CSystem
import Glibc
import Net
import System
import Wire

/// One station on the way to a host.
public struct Hop: Sendable {
  /// How many routers a packet passes to come there, and one.
  public let number: Int
  /// Who answered; nil where all questions met silence.
  public let address: Address?
  /// How long each question took, nil for one that met silence.
  public let times: [TimeSpan?]
  /// The words of the ICMP message: `time exceeded in transit`, `port unreachable`; `silence`.
  public let answer: String
  /// The largest packet that went as far as here without fragments; nil where nobody told.
  public let mtu: Int?
}

/// The way to a host, hop by hop: UDP datagrams whose time to live ends at each router in turn (RFC 1393 names the method;
/// RFC 1812 §4.3.3.4 makes routers answer), with the ICMP messages taken from the error queue, so that nobody has to be root.
public final class Trace {
  public struct Options: Sendable {
    public var maxHops = 30
    /// Questions a hop.
    public var tries = 3
    /// How long an answer may take.
    public var patience = TimeSpan(nanoseconds: 1_000_000_000)
    public var port: UInt16 = 33_434
    public var version: Int?

    public init() {}
  }

  /// How many hops are asked at once, so that silent ones do not add up.
  private static let window = 4

  private let target: ProbeTarget
  private let options: Options
  private var pathMTU: PathMTU?
  private var nextHop = 1
  private var given = 0
  private var mtu: Int?
  private var hops: [Int: Station] = [:]
  private var isOver = false

  private struct Question {
    let hop: Int
    let index: Int
    let descriptor: Descriptor
    let start: Int64
    let end: Deadline
  }

  /// What is known of a hop so far.
  private struct Station {
    var times: [TimeSpan?]
    var pending: Int
    var sender: Address?
    var answer = "silence"
    var isEnd = false
  }

  private var open: [Question] = []

  public init(_ host: Host, _ options: Options, _ context: NetworkContext) throws(TransportError) {
    self.options = options
    target = try ProbeTarget(host, version: options.version, context)
  }

  public var address: Address { target.address }

  /// Gives the next hop, nil after the last: the host itself, one that says no further packet will pass, or the limit.
  /// Errors: `interrupted`, `timeout` of the context, and those of this machine.
  public func hop() throws(TransportError) -> Hop? {
    let path = try path()
    while !isOver, given < options.maxHops {
      if let station = hops[given + 1], station.pending == 0 { return give(station, path) }
      while nextHop <= options.maxHops, nextHop <= given + Trace.window, !hops.values.contains(where: \.isEnd) {
        try ask(nextHop)
        nextHop += 1
      }
      guard let first = open.map(\.end).min() else { continue }
      if let ready = try target.wait(for: open.map(\.descriptor), .read, until: first) {
        try hear(open.remove(at: ready))
      }
      for question in open where question.end.isOver { settle(question, nil, nil) }
      open.removeAll { $0.end.isOver && !$0.descriptor.isOpen }
    }
    close()
    return nil
  }

  /// Finds the MTUs of the way out, before the first hop is asked for.
  private func path() throws(TransportError) -> PathMTU {
    if let pathMTU { return pathMTU }
    let path = try PathMTU.discover(target, patience: options.patience, port: options.port)
    pathMTU = path
    mtu = path.first
    return path
  }

  public func close() {
    for question in open { question.descriptor.close() }
    open = []
  }

  private func give(_ station: Station, _ path: PathMTU) -> Hop {
    given += 1
    hops[given] = nil
    isOver = station.isEnd
    defer { if let sender = station.sender, let next = path.after[sender] { mtu = next } }
    return Hop(number: given, address: station.sender, times: station.times, answer: station.answer, mtu: mtu)
  }

  private func ask(_ hop: Int) throws(TransportError) {
    hops[hop] = Station(times: Array(repeating: nil, count: options.tries), pending: options.tries)
    for index in 0..<options.tries {
      let port = UInt16(truncatingIfNeeded: (Int(options.port) + (hop - 1) * options.tries + index) % 65_535 + 1)
      var start = monotonicNow()
      do throws(SystemCallError) {
        let descriptor = try Descriptor.probe(family: target.family, SOCK_DGRAM, Int32(IPPROTO_UDP))
        try descriptor.setTTL(hop, family: target.family)
        try descriptor.connect(SocketAddress(target.address, port: port))
        let data = [UInt8](repeating: 0x40, count: 32)
        start = monotonicNow()
        try descriptor.sendDatagram(data)
        open.append(
          Question(hop: hop, index: index, descriptor: descriptor, start: start, end: .after(options.patience)))
        target.report(.send, .udp, start: start, to: target.endpoint(port), bytes: data, detail: "TTL \(hop)")
      } catch {
        target.report(.send, .udp, start: start, to: target.endpoint(port), detail: "TTL \(hop)", error: error)
        throw target.failure(error)
      }
    }
  }

  /// Takes what came for a question: an ICMP message, or a datagram from somebody who listens at that port of the host.
  private func hear(_ question: Question) throws(TransportError) {
    do throws(SystemCallError) {
      if let report = try question.descriptor.takeReport() {
        target.report(
          .recv, .icmp, start: question.start, bytes: report.quoted, detail: "TTL \(question.hop)", error: report)
        return settle(question, report, report.sender)
      }
      _ = try question.descriptor.receiveMessage(max: 2_048)
      settle(question, nil, target.address)
    } catch {
      guard error.wouldBlock || error.isReportedLater else { throw target.failure(error) }
      open.append(question)
    }
  }

  private func settle(_ question: Question, _ report: ErrorReport?, _ sender: Address?) {
    question.descriptor.close()
    guard var station = hops[question.hop] else { return }
    station.pending -= 1
    if let sender {
      station.times[question.index] = elapsed(since: question.start, until: report?.arrived ?? 0)
      station.sender = sender
      station.answer = report.map { $0.kind?.title ?? $0.code } ?? "datagram"
      // Whatever is no end of the time to live is the end of the way.
      station.isEnd = report?.kind?.isTimeExceeded != true
    } else if let report {
      station.answer = report.code
      station.isEnd = true
    }
    hops[question.hop] = station
  }
}
