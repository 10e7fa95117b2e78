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

/// Attempts to connect to ports of one host, many at a time, whose reports come in the order of the ports.
public final class PortProbe {
  private let target: ProbeTarget
  private let ports: [UInt16]
  private let patience: TimeSpan
  private var parallel: Int
  private let ready: ReadyQueue
  private var next = 0
  private var given = 0
  private var done: [PortReport?]
  /// By the indices of their ports; those that ended may still be in `begun`, the queue by time, from `oldest` on.
  private var underWay: [Int: Attempt] = [:]
  private var begun: [Int] = []
  private var oldest = 0

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
  ///   - parallel: how many are asked at a time; fewer where this process may not have as many sockets.
  public init(
    _ host: Host, ports: [UInt16], patience: TimeSpan, parallel: Int, version: Int?, _ context: NetworkContext
  ) throws(TransportError) {
    target = try ProbeTarget(host, ports: ports, version: version, layer: .tcp, context)
    do throws(SystemCallError) { ready = try ReadyQueue() } catch { throw target.failure(error) }
    self.ports = ports
    self.patience = patience
    self.parallel = max(1, parallel)
    done = Array(repeating: nil, count: ports.count)
  }

  /// Gives the report of the next port, nil after the last. Errors: `interrupted`, `timeout`, and those of this machine (`EMFILE`).
  public func report() throws(TransportError) -> PortReport? {
    while given < ports.count {
      if let report = done[given] {
        done[given] = nil
        given += 1
        return report
      }
      try beginSome()
      while oldest < begun.count, underWay[begun[oldest]] == nil { oldest += 1 }
      guard oldest < begun.count, let first = underWay[begun[oldest]] else { continue }
      // A look without waiting also where something is done already: others may be ready, and the interrupt raised.
      let isFull = underWay.count >= parallel || next == ports.count
      let patience = isFull && done[given] == nil ? first.end : .after(nanoseconds: 0)
      if try target.wait(for: [ready.descriptor], .read, until: patience) != nil { try finishSome() }
      while oldest < begun.count {
        if let attempt = underWay[begun[oldest]] {
          guard attempt.end.isOver else { break }
          end(attempt, .filtered, "silence", nil)
        }
        oldest += 1
      }
    }
    return nil
  }

  /// Begins some more, if there is room; not all at once, so that an interrupt is seen and answers are not left waiting.
  private func beginSome() throws(TransportError) {
    var room = 128
    while room > 0, underWay.count < parallel, next < ports.count {
      do throws(SystemCallError) {
        try begin(next)
      } catch {
        // No more sockets than these: the others wait for their turn.
        guard [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errno), !underWay.isEmpty else {
          throw target.failure(error)
        }
        parallel = underWay.count
        return
      }
      next += 1
      room -= 1
    }
  }

  private func begin(_ index: Int) throws(SystemCallError) {
    let start = monotonicNow()
    let endpoint = target.endpoint(ports[index])
    let place = SocketAddress(endpoint.address ?? target.address, port: endpoint.port)
    let descriptor = try Descriptor.socket(family: place.family)
    // Its errors alone: of an answer neither the time to live nor the kernel's time is asked for.
    if place.family == AF_INET {
      try descriptor.set(IP_RECVERR, at: Int32(IPPROTO_IP), to: 1)
    } else {
      try descriptor.set(IPV6_RECVERR, at: Int32(IPPROTO_IPV6), to: 1)
    }
    let attempt = Attempt(index: index, descriptor: descriptor, start: start, end: .after(patience))
    do throws(SystemCallError) {
      try descriptor.connect(place)
      // A port of this machine answers at once.
      end(attempt, .open, "SYN-ACK", endpoint.address)
    } catch {
      switch error.errno {
      case EINPROGRESS:
        try ready.add(descriptor, as: UInt32(truncatingIfNeeded: index))
        underWay[index] = attempt
        begun.append(index)
      // No way to the host, a rule of this machine's own firewall.
      case ENETUNREACH, EHOSTUNREACH, EACCES, EPERM, ECONNREFUSED, EADDRNOTAVAIL, EINVAL: decide(attempt, error)
      default: throw error
      }
    }
  }

  private func finishSome() throws(TransportError) {
    do throws(SystemCallError) {
      for number in try ready.take() {
        if let attempt = underWay[Int(number)] { try finish(attempt) }
      }
    } catch {
      throw target.failure(error)
    }
  }

  /// Takes the outcome of an attempt whose socket is ready.
  private func finish(_ attempt: Attempt) throws(SystemCallError) {
    let number = try attempt.descriptor.takeError()
    guard number == 0 else { return decide(attempt, SystemCallError(call: "connect", errno: number)) }
    if attempt.descriptor.hasPeer {
      return end(attempt, .open, "SYN-ACK", target.endpoint(ports[attempt.index]).address)
    }
    // An ICMP message may wake us without ending the attempt: the next SYN can still be answered.
    guard let report = try? attempt.descriptor.takeReport(), let kind = report.kind else { return }
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
    underWay[attempt.index] = nil
    let port = ports[attempt.index]
    let time = TimeSpan(nanoseconds: (monotonicNow() - attempt.start) / 1_000 * 1_000)
    done[attempt.index] = PortReport(port: port, state: state, reason: reason, sender: sender, time: time)
    target.report(
      .connect, .tcp, start: attempt.start, to: target.endpoint(port), detail: "\(state.rawValue): \(reason)",
      error: error)
  }
}
