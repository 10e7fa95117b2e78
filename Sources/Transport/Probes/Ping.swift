import Glibc
import Net
import System
import Wire

/// What came of one question of a ping.
public struct PingReport: Sendable {
  public let sequence: Int
  /// Who answered: the host, or the router that sent an ICMP error; nil for silence.
  public let sender: Address?
  /// `echo reply`, `port unreachable`, `silence`…
  public let answer: String
  /// Whether the host itself answered.
  public let isReply: Bool
  /// Whether the host had answered this question before.
  public let isDuplicate: Bool
  /// Bytes of the ICMP message or datagram that came.
  public let bytes: Int
  public let ttl: Int?
  public let time: TimeSpan?
}

/// Questions to a host whether it is there, one every interval, whose reports come as they arrive.
public final class Ping {
  public struct Options: Sendable {
    /// How many are asked; 0 for no end.
    public var count = 5
    public var interval = TimeSpan(nanoseconds: 1_000_000_000)
    /// Bytes of data in each.
    public var size = 56
    public var ttl: Int?
    /// How long an answer may take.
    public var patience = TimeSpan(nanoseconds: 2_000_000_000)
    public var version: Int?
    /// Whether no router may divide it, and this machine sends it whatever it believes of the way (IP_PMTUDISC_PROBE, ip(7)).
    public var isWhole = false

    public init() {}
  }

  /// What is under way at once at most, however long answers may take.
  private static let mostUnderWay = 10_000

  private let target: ProbeTarget
  private let options: Options
  private let socket: PingSocket
  private var sent = 0
  private var nextSend = Deadline(nanoseconds: 0)
  /// When the questions without an answer were sent, by their numbers.
  private var open: [Int: Int64] = [:]
  /// The oldest number that may still be open.
  private var oldest = 1
  /// How a question failed that this machine could not send.
  private var unsent: PingReport?

  public private(set) var statistics = PingStatistics()

  public init(_ host: Host, _ options: Options, _ context: NetworkContext) throws(TransportError) {
    self.options = options
    target = try ProbeTarget(host, version: options.version, context)
    do throws(SystemCallError) {
      socket = try PingSocket(to: target.address)
      if options.isWhole { try socket.descriptor.probePathMTU(family: target.family) }
      if let ttl = options.ttl { try socket.descriptor.setTTL(ttl, family: target.family) }
    } catch {
      throw target.failure(error)
    }
  }

  public var address: Address { target.address }
  public var method: PingMethod { socket.method }

  /// Gives what arrives next, or a silence once it has lasted; nil when all were answered or given up.
  /// Errors: `interrupted`, `timeout` of the context, and those of this machine.
  public func report() throws(TransportError) -> PingReport? {
    while true {
      if let report = unsent {
        unsent = nil
        return report
      }
      if mayStillSend, open.count < Ping.mostUnderWay, nextSend.isOver {
        try send()
        continue
      }
      if let silent = firstSilent() { return silent }
      guard mayStillSend || !open.isEmpty else { return nil }
      var wake = open[oldest].map { Deadline.at($0 + options.patience.nanoseconds) } ?? .never
      if mayStillSend, open.count < Ping.mostUnderWay { wake = min(wake, nextSend) }
      guard try target.wait(for: [socket.descriptor], .read, until: wake) != nil else { continue }
      if let report = try receive() { return report }
    }
  }

  public func close() { socket.descriptor.close() }

  private var mayStillSend: Bool { options.count == 0 || sent < options.count }

  private func send() throws(TransportError) {
    let number = sent + 1
    let packet = socket.question(number, size: options.size)
    let now = monotonicNow()
    // Late by more than an interval: the pace starts anew rather than catching up in a burst.
    let isLate = DeadlineClock.now - nextSend.nanoseconds > options.interval.nanoseconds
    nextSend =
      isLate ? .after(options.interval) : Deadline(nanoseconds: nextSend.nanoseconds + options.interval.nanoseconds)
    do throws(SystemCallError) {
      try socket.send(packet, number)
      sent = number
      open[number] = now
      statistics.sent += 1
      target.report(.send, socket.layer, start: now, bytes: packet)
    } catch {
      target.report(.send, socket.layer, start: now, bytes: packet, error: error)
      // The error of an earlier question may be delivered by this call; the queue tells it.
      if try receiveFailure() {
        nextSend = .at(now)
        return
      }
      switch error.errno {
      case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EPERM, EACCES, EMSGSIZE, ENOBUFS, ECONNREFUSED, EHOSTDOWN:
        sent = number
        statistics.sent += 1
        unsent = PingReport(
          sequence: number, sender: nil, answer: error.code, isReply: false, isDuplicate: false, bytes: 0, ttl: nil,
          time: nil)
      default: throw target.failure(error)
      }
    }
  }

  /// Keeps what the error queue has for the next call; says whether there was something.
  private func receiveFailure() throws(TransportError) -> Bool {
    guard let report = try receive() else { return false }
    unsent = report
    return true
  }

  private func firstSilent() -> PingReport? {
    while oldest <= sent {
      guard let start = open[oldest] else {
        oldest += 1
        continue
      }
      guard Deadline.at(start + options.patience.nanoseconds).isOver else { return nil }
      open[oldest] = nil
      return PingReport(
        sequence: oldest, sender: nil, answer: "silence", isReply: false, isDuplicate: false, bytes: 0, ttl: nil,
        time: nil)
    }
    return nil
  }

  /// Takes one answer from the socket; nil for one that is not ours.
  private func receive() throws(TransportError) -> PingReport? {
    let start = monotonicNow()
    do throws(SystemCallError) {
      guard let answer = try socket.receive(latest: sent) else { return nil }
      target.report(
        .recv, socket.layer, start: start, bytes: Array(answer.bytes), detail: answer.title, error: answer.error)
      guard answer.number >= 1, answer.number <= sent else { return nil }
      let sentAt = open.removeValue(forKey: answer.number)
      // An error about a question that was given up is told as silence already.
      guard sentAt != nil || answer.isReply else { return nil }
      let time = sentAt.map { elapsed(since: $0, until: answer.arrived) }
      if answer.isReply { statistics.add(time) }
      return PingReport(
        sequence: answer.number, sender: answer.sender, answer: answer.title, isReply: answer.isReply,
        isDuplicate: answer.isReply && sentAt == nil, bytes: answer.bytes.count, ttl: answer.ttl, time: time)
    } catch {
      // A pending error that the queue told already comes once more from the call itself.
      if error.wouldBlock || error.isReportedLater { return nil }
      throw target.failure(error)
    }
  }
}

extension SystemCallError {
  /// Whether it is the echo of an ICMP message, which the error queue tells better.
  var isReportedLater: Bool {
    [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENOPROTOOPT, EMSGSIZE, EPROTO, EACCES, ENONET, EOPNOTSUPP]
      .contains(errno)
  }
}
