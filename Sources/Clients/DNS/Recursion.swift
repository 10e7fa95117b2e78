import Net
import Synchronization
import Transport
import Wire

/// A recursive resolver: answers a query by a walk from the root servers down, and remembers what it found (RFC 1034 §5.3.3).
public final class Recursion: Sendable {
  private struct Entry {
    let code: ResponseCode
    let answers: [ResourceRecord]
    let authorities: [ResourceRecord]
    /// By the monotonic clock in nanoseconds.
    let start: Int64
    let end: Int64
  }

  /// A failure is remembered too, so that not every asker waits for the same silence (RFC 9520 §3.2).
  private static let failureSeconds: Int64 = 2
  private static let longest: UInt32 = 3_600
  private static let limit = 1_000

  private let roots: [(DomainName?, Endpoint)]
  private let patience: TimeSpan
  private let known = Mutex<[Question: Entry]>([:])

  /// - Parameter patience: how long each server is waited for, over UDP and then over TCP.
  public init(roots: [(DomainName?, Endpoint)], patience: TimeSpan) {
    self.roots = roots
    self.patience = patience
  }

  /// Forgets all it knows.
  public func forget() { known.withLock { $0 = [:] } }

  /// Answers a query; a walk that leads nowhere is SERVFAIL.
  public func answer(_ query: Message, _ context: NetworkContext) -> Message {
    var reply = query.reply()
    reply.flags.recursionAvailable = true
    guard query.flags.opcode == .query, query.questions.count == 1, let question = query.questions.first else {
      reply.code = query.flags.opcode == .query ? .formatError : .notImplemented
      return reply
    }
    let entry = remembered(question) ?? find(question, context)
    reply.code = entry.code
    let age = UInt32(clamping: (monotonicNow() - entry.start) / 1_000_000_000)
    reply.answers = entry.answers.map { record in
      var record = record
      record.ttl -= min(record.ttl, age)
      return record
    }
    reply.authorities = entry.authorities
    return reply
  }

  private func remembered(_ question: Question) -> Entry? {
    let now = monotonicNow()
    return known.withLock { $0[question] }.flatMap { $0.end > now ? $0 : nil }
  }

  private func find(_ question: Question, _ context: NetworkContext) -> Entry {
    let trace = DNSTrace(question, roots: roots, patience: patience, context)
    var answers: [ResourceRecord] = []
    var last: Message?
    var isBroken = false
    do {
      while let hop = try trace.next() {
        guard hop.depth == 0, let message = hop.reply?.message else { continue }
        switch hop.outcome {
        case .alias, .answer, .nothing:
          answers += message.answers
          last = message
        default: continue
        }
      }
    } catch {
      isBroken = true
    }
    let now = monotonicNow()
    guard !isBroken, let last else {
      return keep(
        Entry(
          code: .serverFailure, answers: [], authorities: [], start: now,
          end: now + Recursion.failureSeconds * 1_000_000_000), for: question)
    }
    let authorities = last.authorities.filter { $0.type == .soa }
    let seconds = (answers + authorities).map(\.ttl).min().map { min($0, Recursion.longest) } ?? 0
    return keep(
      Entry(
        code: last.code, answers: answers, authorities: last.answers.isEmpty ? authorities : [], start: now,
        end: now + Int64(seconds) * 1_000_000_000), for: question)
  }

  private func keep(_ entry: Entry, for question: Question) -> Entry {
    known.withLock { known in
      if known.count >= Recursion.limit { known = [:] }
      known[question] = entry
    }
    return entry
  }
}
