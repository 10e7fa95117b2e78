import Interpreter
import Net
import Wire

/// What is to be said of a record: a message of DNS or HTTP as such, of any other each field.
enum RecordFacts {
  static func of(_ record: Record) throws -> [Fact] {
    if ["rcode", "question", "answer"].allSatisfy({ record[$0] != nil }), let facts = try? dns(record) { return facts }
    if record["version"] != nil || record["body"] != nil, record["headers"] != nil, let facts = try? http(record) {
      return facts
    }
    let count = counted(record.count, "field")
    return [Fact("record", count, "named values in their order")] + fields(of: record)
  }

  /// Gives each field with what the tables know of its name.
  private static func fields(of record: Record, without left: Set<String> = []) -> [Fact] {
    record.names.prefix([Fact].limit).filter { !left.contains($0) }.map { name in
      let known = NumberFacts.references(to: name, of: ["field", "header"]).first
      return Fact(
        name, CollectionFacts.shortText(record[name]), known?.about ?? record[name]?.type.rawValue ?? "",
        known?.place ?? "")
    }
  }

  /// A message of DNS: its fields as they are in its bytes, and how it came.
  private static func dns(_ record: Record) throws -> [Fact] {
    let bytes = try DNSRecordValues.message(record).encoded()
    let facts = BytesFacts.dns(bytes, from: 0).map(\.withoutOffset)
    let head = Fact("record", "a DNS message", "what `dns` gives: the message, and how it came", "RFC 1035 §4.1")
    // What the message has is explained by its bytes; of `server` the tables know that of HTTP.
    let left: Set = [
      "id", "rcode", "opcode", "flags", "question", "answer", "authority", "additional", "edns", "replies", "server",
    ]
    let asked = record["server"].map { [Fact("server", CollectionFacts.shortText($0), "who answered")] } ?? []
    return [head] + facts.filter { !$0.isReading } + asked + fields(of: record, without: left)
      + facts.filter(\.isReading)
  }

  /// A request or response: its head as it is in its bytes, and what is known beside it.
  private static func http(_ record: Record) throws -> [Fact] {
    guard case .record(let headers)? = record["headers"] else { return [] }
    let fields = try HTTPRecords.fields(headers)
    let version = record["version"]?.scalarText == "HTTP/1.0" ? HTTPVersion.http10 : .http11
    let head: [UInt8]
    if let status = record["status"] {
      head = try HTTPResponseHead(
        status: Int.convert(status), reason: record["reason"]?.scalarText, version: version, headers: fields
      ).bytes()
    } else {
      let target = try record["target"].flatMap(\.scalarText) ?? record["url"].map { try URL.convert($0).requestTarget }
      head = try HTTPRequestHead(
        method: record["method"]?.scalarText ?? "GET", target: target ?? "/", version: version, headers: fields
      ).bytes()
    }
    let facts = try BytesFacts.http(head, from: 0, isHeadOnly: true).map(\.withoutOffset)
    let what = record["status"] == nil ? "a request of HTTP" : "a response of HTTP"
    let left: Set = ["status", "reason", "version", "headers", "method", "target"]
    return [Fact("record", what, "the message, and how it came", "RFC 9110 §6")] + facts.filter { !$0.isReading }
      + self.fields(of: record, without: left) + facts.filter(\.isReading)
  }
}

extension Fact {
  /// The same of a message whose bytes nobody has.
  var withoutOffset: Fact {
    var fact = self
    fact.offset = nil
    return fact
  }
}
