import Net
import Transport
import Wire

extension Resolver {
  /// A look-up under way: what was asked for, and who is told of each step.
  struct Walk {
    let name: String
    let context: NetworkContext
    let tell: (Step) -> Void
    /// What was asked ahead and not used yet.
    var fresh: [Question: DNSReply] = [:]
    private var last = monotonicNow()

    init(name: String, context: NetworkContext, tell: @escaping (Step) -> Void) {
      self.name = name
      self.context = context
      self.tell = tell
    }

    /// Tells a step that ends now.
    mutating func note(_ source: String, _ asked: String, _ result: String, _ time: TimeSpan? = nil) {
      let now = monotonicNow()
      tell(Step(source: source, asked: asked, result: result, time: time ?? TimeSpan(nanoseconds: now - last)))
      last = now
    }

    /// Gives the addresses of names that no server is asked for: localhost and all below it are this machine (RFC 6761 §6.3).
    mutating func special() -> [Address]? {
      let plain = name.hasSuffix(".") ? String(name.dropLast()) : name
      let lower = plain.lowercased()
      guard lower == "localhost" || lower.hasSuffix(".localhost") else { return nil }
      note("special", name, "this machine (RFC 6761 §6.3)")
      return [Address(v4: 0x7F00_0001), Address(v6High: 0, low: 1)]
    }

    /// The names to ask for: the name itself first if it has dots enough, else behind those of the search list (resolv.conf(5)).
    mutating func candidates(_ configuration: ResolverConfiguration) -> [DomainName] {
      guard let absolute = try? DomainName(name) else { return [] }
      guard !name.hasSuffix("."), !configuration.search.isEmpty else { return [absolute] }
      let searched = configuration.search.compactMap { suffix in
        (try? DomainName(suffix)).flatMap { absolute.appending($0) }
      }
      let isWhole = name.utf8.count(where: { $0 == UInt8(ascii: ".") }) >= configuration.dots
      let all = isWhole ? [absolute] + searched : searched + [absolute]
      note("search", name, all.map(\.description).joined(separator: " "))
      return all
    }

    static func text(_ records: [ResourceRecord], _ code: ResponseCode) -> String {
      guard !records.isEmpty else { return code == .noError ? "no such record" : code.description }
      return records.map { "\($0.type) \($0.data.text)" }.joined(separator: ", ")
    }
  }
}
