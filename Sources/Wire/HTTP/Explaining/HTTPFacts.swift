import Net

/// What the RFCs say of the names that stand in messages of HTTP: methods, status codes, fields and codings, each with its section.
public struct HTTPFacts: Sendable {
  public enum Kind: String, Sendable { case method, status, field, coding }

  public struct Fact: Hashable, Sendable {
    /// The name as it is registered: `GET`, `404`, `Content-Type`.
    public let name: String
    /// Such as `RFC 9110 §8.3`.
    public let source: String
    public let meaning: String
  }

  private var facts: [Kind: [String: Fact]] = [:]

  /// A table without any facts.
  public init() {}

  /// Reads the shell's own table: kind, name, source and meaning between tabs; lines with `#` and the header are passed over.
  public init(shared bytes: [UInt8]) {
    for line in bytes.split(separator: ASCII.lf) {
      let cells = line.split(separator: ASCII.tab, omittingEmptySubsequences: false).map { text(of: $0) }
      guard cells.count == 4, let kind = Kind(rawValue: cells[0]) else { continue }
      let fact = Fact(name: cells[1], source: cells[2], meaning: cells[3])
      facts[kind, default: [:]][Self.key(cells[1], kind)] = fact
    }
  }

  /// Finds a fact; names of fields and codings in any case (RFC 9110 §5.1, §8.4), those of methods as they are (§9.1).
  public func find(_ name: String, _ kind: Kind) -> Fact? { facts[kind]?[Self.key(name, kind)] }

  private static func key(_ name: String, _ kind: Kind) -> String { kind == .method ? name : name.lowercased() }
}
