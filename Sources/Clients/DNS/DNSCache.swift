import Net
import Synchronization
import Wire

/// The answers that are still good: records until their TTL has run down, and a "no" for as long as its SOA allows (RFC 2308 §5).
public final class DNSCache: Sendable {
  /// What is known of a question.
  public struct Entry: Sendable {
    public let question: Question
    public let code: ResponseCode
    /// The records of the answer, aliases first, with the TTL that is left.
    public var records: [ResourceRecord]
    public let server: DNSServer
    /// When it ends, by the monotonic clock in nanoseconds.
    let end: Int64
    let start: Int64

    /// Seconds that are left.
    public func left(at now: Int64) -> Int { Int(max(0, end - now) / 1_000_000_000) }
  }

  private static let limit = 10_000
  /// Nothing is kept longer than a day, and a "no" not longer than three hours (RFC 2308 §5).
  private static let longest: UInt32 = 86_400
  private static let longestNo: UInt32 = 10_800

  private let entries = Mutex<[Question: Entry]>([:])
  private let clock: @Sendable () -> Int64

  public init(clock: @escaping @Sendable () -> Int64 = { monotonicNow() }) { self.clock = clock }

  /// Keeps an answer that was asked for, unless it failed, is truncated, or may be kept for no time at all.
  public func keep(_ reply: DNSReply, for question: Question) {
    let message = reply.message
    guard [.noError, .nameError].contains(message.code), !message.flags.isTruncated else { return }
    let records = DNSCache.chain(message, question)
    let isNo = !records.contains { $0.type == question.type }
    var ttl = records.map(\.ttl).min() ?? DNSCache.longest
    if isNo {
      // Without the SOA of the zone nobody says how long a "no" holds (RFC 2308 §5).
      guard let soa = message.authorities.first(where: { $0.type == .soa && question.name.isWithin($0.name) }),
        case .number(let minimum)? = soa.data[field: "minimum"]
      else { return }
      ttl = min(ttl, soa.ttl, minimum, DNSCache.longestNo)
    }
    ttl = min(ttl, DNSCache.longest)
    guard ttl > 0 else { return }
    let now = clock()
    let entry = Entry(
      question: question, code: message.code, records: records, server: reply.server,
      end: now + Int64(ttl) * 1_000_000_000, start: now)
    entries.withLock { entries in
      entries[question] = entry
      if entries.count > DNSCache.limit { DNSCache.shrink(&entries, now) }
    }
  }

  /// Gives what is known of a question, TTLs run down to now; nil for nothing.
  public func find(_ question: Question) -> Entry? {
    let now = clock()
    return entries.withLock { entries in
      guard let entry = entries[question] else { return nil }
      guard entry.end > now else {
        entries[question] = nil
        return nil
      }
      return DNSCache.aged(entry, now)
    }
  }

  /// All that is known, in the order of the names.
  public var all: [Entry] {
    let now = clock()
    return entries.withLock { $0.values.filter { $0.end > now } }
      .sorted { ($0.question.name, $0.question.type) < ($1.question.name, $1.question.type) }
      .map { DNSCache.aged($0, now) }
  }

  public func clear() { entries.withLock { $0 = [:] } }

  private static func aged(_ entry: Entry, _ now: Int64) -> Entry {
    let age = UInt32(clamping: (now - entry.start) / 1_000_000_000)
    var aged = entry
    for index in aged.records.indices { aged.records[index].ttl -= min(age, aged.records[index].ttl) }
    return aged
  }

  /// Lets go of what is over, and if that is not enough of the half that ends first.
  private static func shrink(_ entries: inout [Question: Entry], _ now: Int64) {
    entries = entries.filter { $0.value.end > now }
    guard entries.count > limit * 3 / 4 else { return }
    let ends = entries.values.map(\.end).sorted()
    let middle = ends[ends.count / 2]
    entries = entries.filter { $0.value.end > middle }
  }

  /// Gives the records that answer a question: the aliases from its name on, and what stands at their end. Others are not believed.
  static func chain(_ message: Message, _ question: Question) -> [ResourceRecord] {
    var name = question.name
    var found: [ResourceRecord] = []
    for _ in 0..<16 {
      let wanted = message.answers.filter { $0.name == name && $0.type == question.type }
      if !wanted.isEmpty { return found + wanted }
      guard let alias = message.answers.first(where: { $0.name == name && $0.type == .cname }),
        let next = alias.data.target
      else { return found }
      found.append(alias)
      name = next
    }
    return found
  }
}
