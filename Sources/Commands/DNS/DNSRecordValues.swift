import Interpreter
import Net
import Wire

/// Records and messages as scripts write them.
enum DNSRecordValues {
  /// Reads a list of records, each `{name: www, type: A, data: 192.0.2.1}` with perhaps a `ttl`; names without a final dot are
  /// relative to `origin`, as in a zone file.
  static func records(_ value: Value, origin: DomainName) throws -> [ResourceRecord] {
    guard case .list(let items) = value else { return [try record(value, origin: origin)] }
    return try items.items.map { try record($0, origin: origin) }
  }

  static func record(_ value: Value, origin: DomainName) throws -> ResourceRecord {
    guard case .record(let fields) = value else { throw ValueError.wrongType("a record of DNS", found: value) }
    let type = try self.type(fields)
    let data = try text(fields, "data")
    let words: [ZoneWord]
    do {
      words = try ZoneWords.line(Array(data.utf8))
      return ResourceRecord(
        name: try DomainName(try text(fields, "name"), origin: origin), ttl: try ttl(fields),
        data: try RecordData(type: type, words: words, origin: origin))
    } catch let error as RecordTextError {
      throw ValueError("bad-record", "the data of \(type), `\(data)`: \(error.sentence)", layer: .dns)
    }
  }

  static func text(_ fields: Record, _ name: String) throws -> String {
    guard let text = fields[name]?.scalarText else {
      throw ValueError(
        "bad-record", "a record wants `\(name)`", hint: "{name: www, type: A, data: 192.0.2.1}", layer: .dns)
    }
    return text
  }

  static func type(_ fields: Record) throws -> RecordType {
    let text = try text(fields, "type")
    guard let type = RecordType(text) else {
      throw ValueError("bad-record", "`\(text)` is no type of record", layer: .dns)
    }
    return type
  }

  private static func ttl(_ fields: Record) throws -> UInt32 {
    switch fields["ttl"] {
    case nil, .null?: return 300
    case .int(let seconds)?:
      if let ttl = UInt32(exactly: seconds), ttl <= 0x7FFF_FFFF { return ttl }
    case .duration(let span)?:
      if let ttl = UInt32(exactly: span.nanoseconds / 1_000_000_000), ttl <= 0x7FFF_FFFF { return ttl }
    default: break
    }
    throw ValueError("bad-record", "a `ttl` is a number of seconds or a duration", layer: .dns)
  }
}
