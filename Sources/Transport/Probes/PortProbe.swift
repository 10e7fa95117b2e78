import CSystem
import Glibc
import Net
import System
import Wire

/// What a TCP port answered to an attempt to connect (RFC 9293 §3.10.7.3).
public struct PortReport: Sendable {
  public enum State: String, Sendable {
    /// It answered SYN-ACK.
    case open
    /// It answered RST: the host is there, and nothing listens.
    case closed
    /// Nothing came back: somebody drops the packets.
    case filtered
    /// An ICMP message came back, or this machine knows no way.
    case unreachable
  }

  public let port: UInt16
  public let state: State
  /// What decided: `SYN-ACK`, `RST`, `silence`, or the words of the ICMP message or of the system.
  public let reason: String
  /// Who said so: the host itself, or the sender of the ICMP message; nil for silence and what this machine found itself.
  public let sender: Address?
  public let time: TimeSpan
}

/// Attempts to connect to ports of one host, some at a time, whose reports come in the order of the ports.
public final class PortProbe {
  private let target: ProbeTarget
  private let ports: [UInt16]
  private let patience: TimeSpan
  private let parallel: Int
  private var next = 0
  private var given = 0
  private var done: [Int: PortReport] = [:]
  private var underWay: [Attempt] = []

  private struct Attempt {
    let index: Int
    let descriptor: Descriptor
    let start: Int64
    let end: Deadline
  }

  /// The address that is probed.
  public var address: Address { target.address }

  /// - Parameters:
  ///   - patience: how long a port may be silent.
  ///   - parallel: how many are asked at a time.
  public init(
    _ host: Host, ports: [UInt16], patience: TimeSpan, parallel: Int, version: Int?, _ context: NetworkContext
  ) throws(TransportError) {
    target = try ProbeTarget(host, ports: ports, version: version, layer: .tcp, context)
    self.ports = ports
    self.patience = patience
    self.parallel = max(1, parallel)
  }

  /// Gives the report of the next port, nil after the last. Errors: `interrupted`, `timeout`, and those of this machine (`EMFILE`).
  public func report() throws(TransportError) -> PortReport? {
    while given < ports.count {
      if let report = done.removeValue(forKey: given) {
        given += 1
        return report
      }
      // Those that wait for an earlier, silent one are kept; they are few.
      while underWay.count < parallel, next < ports.count, next - given < 65_536 {
        try begin(next)
        next += 1
      }
      guard let first = underWay.map(\.end).min() else { continue }
      let ready = try target.wait(for: underWay.map(\.descriptor), .write, until: first)
      if let ready {
        let attempt = underWay.remove(at: ready)
        try finish(attempt)
      }
      for attempt in underWay where attempt.end.isOver { end(attempt, .filtered, "silence", nil) }
      underWay.removeAll { $0.end.isOver && done[$0.index] != nil }
    }
    return nil
  }

  private func begin(_ index: Int) throws(TransportError) {
    let start = monotonicNow()
    let endpoint = target.endpoint(ports[index])
    let place = SocketAddress(endpoint.address ?? target.address, port: endpoint.port)
    do throws(SystemCallError) {
      let descriptor = try Descriptor.probe(family: place.family, SOCK_STREAM, Int32(IPPROTO_TCP))
      underWay.append(Attempt(index: index, descriptor: descriptor, start: start, end: .after(patience)))
      try descriptor.connect(place)
    } catch {
      guard let attempt = underWay.last, attempt.index == index, error.call == "connect" else {
        throw target.failure(error)
      }
      guard error.errno != EINPROGRESS else { return }
      // No way to the host, a rule of this machine's own firewall.
      guard [ENETUNREACH, EHOSTUNREACH, EACCES, EPERM, ECONNREFUSED, EADDRNOTAVAIL, EINVAL].contains(error.errno) else {
        throw TransportError(layer: .tcp, .connect(to: .endpoint(endpoint), via: .direct), .system(error))
      }
      underWay.removeLast()
      decide(attempt, error)
    }
  }

  /// Takes the outcome of an attempt whose socket is ready.
  private func finish(_ attempt: Attempt) throws(TransportError) {
    do throws(SystemCallError) {
      let number = try attempt.descriptor.takeError()
      guard number != 0 else {
        // An ICMP message may wake us without ending the attempt: the next SYN can still be answered.
        guard attempt.descriptor.hasPeer else { return take(attempt) }
        return end(attempt, .open, "SYN-ACK", target.endpoint(ports[attempt.index]).address)
      }
      decide(attempt, SystemCallError(call: "connect", errno: number))
    } catch {
      throw target.failure(error)
    }
  }

  /// Takes what woke an attempt that is neither connected nor over, and lets it go on if that was nothing.
  private func take(_ attempt: Attempt) {
    guard let report = try? attempt.descriptor.takeReport(), let kind = report.kind else {
      return underWay.append(attempt)
    }
    end(attempt, .unreachable, kind.title, report.sender, report)
  }

  /// Tells an ICMP message, which the error queue has since Linux 5.8, from a reset.
  private func decide(_ attempt: Attempt, _ error: SystemCallError) {
    if let report = try? attempt.descriptor.takeReport(), let kind = report.kind {
      return end(attempt, .unreachable, kind.title, report.sender, report)
    }
    switch error.errno {
    case ECONNREFUSED: end(attempt, .closed, "RST", target.endpoint(ports[attempt.index]).address, error)
    case ETIMEDOUT: end(attempt, .filtered, "silence", nil, error)
    default: end(attempt, .unreachable, error.code, nil, error)
    }
  }

  private func end(
    _ attempt: Attempt, _ state: PortReport.State, _ reason: String, _ sender: Address?,
    _ error: (any LayeredError)? = nil
  ) {
    attempt.descriptor.close()
    let port = ports[attempt.index]
    let time = TimeSpan(nanoseconds: (monotonicNow() - attempt.start) / 1_000 * 1_000)
    done[attempt.index] = PortReport(port: port, state: state, reason: reason, sender: sender, time: time)
    target.report(
      .connect, .tcp, start: attempt.start, to: target.endpoint(port), detail: "\(state.rawValue): \(reason)",
      error: error)
  }
}
