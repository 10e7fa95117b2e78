import Clients
import IDN
import Interpreter
import Net
import Wire

/// The forms that DNS messages have as values of the language.
enum DNSValues {
  /// Gives a field of a record's data: numbers, addresses and times as such, everything else as zone files have it.
  static func field(_ value: FieldValue, _ kind: FieldKind) -> Value {
    switch (value, kind) {
    case (.number(let seconds), .time):
      return Timestamp(secondsSince1970: Int64(seconds)).map { .time($0) } ?? .int(Int(seconds))
    case (.number(let number), _): return .int(Int(number))
    case (.address(let address), _): return .address(address)
    case (.bytes(let bytes), .string), (.bytes(let bytes), .tag), (.bytes(let bytes), .quotedRest): return text(bytes)
    case (.strings(let strings), _): return .list(strings.map(text))
    case (.types(let types), .types): return .list(types.map { .string($0.description) })
    case (.parameters(let parameters), _):
      return .record(Record(pairs: parameters.map { ($0.name, parameter($0)) }))
    default: return .string(FieldText.text(value, kind))
    }
  }

  /// Gives how long an answer took.
  static func time(_ span: TimeSpan) -> Value { .duration(span.inMicroseconds) }

  private static func text(_ bytes: [UInt8]) -> Value {
    String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .bytes(bytes)
  }

  private static func parameter(_ parameter: ServiceParameter) -> Value {
    if let values = parameter.values { return .list(values.map { .string($0) }) }
    switch parameter.key {
    case 2, 8: return .bool(true)
    case 3 where parameter.value.count == 2: return .int(Int(parameter.value[0]) << 8 | Int(parameter.value[1]))
    default: return text(parameter.value)
    }
  }

  /// Gives records as a table: name, type, class, ttl and data, and beside them the fields of each type, null where another has none.
  static func table(_ records: [ResourceRecord]) -> Value {
    let common = ["name", "type", "class", "ttl", "data"]
    var own: [String] = []
    for record in records {
      for field in record.data.shape.fields where !common.contains(field.name) && !own.contains(field.name) {
        own.append(field.name)
      }
    }
    let letters = records.map { unicode($0.name) }
    let hasLetters = letters.contains { $0 != nil }
    return .list(
      zip(records, letters).map { record, letters in
        var pairs: [(String, Value)] = [
          ("name", .string(record.name.description)), ("type", .string(record.type.description)),
          ("class", .string(record.recordClass.description)), ("ttl", .int(Int(record.ttl))),
          ("data", .string(record.data.text)),
        ]
        let fields = Array(zip(record.data.shape.fields, record.data.values))
        for name in own {
          let found = fields.first { $0.0.name == name }
          pairs.append((name, found.map { field($0.1, $0.0.kind) } ?? .null))
        }
        if hasLetters { pairs.append(("unicode", letters.map { .string($0) } ?? .null)) }
        return .record(Record(pairs: pairs))
      })
  }

  /// The letters that people read in the place of `xn--…`; nil for a name without.
  static func unicode(_ name: DomainName) -> String? { InternationalName.unicode(name.description) }

  private static func letters(_ name: DomainName) -> [(String, Value)] {
    unicode(name).map { [("unicode", .string($0))] } ?? []
  }

  /// Gives records as a table of what all types have.
  static func lines(_ records: [ResourceRecord]) -> Value {
    .list(
      records.map { record in
        .record(
          Record(
            pairs: [
              ("name", .string(record.name.description)), ("type", .string(record.type.description)),
              ("ttl", .int(Int(record.ttl))), ("data", .string(record.data.text)),
            ]))
      })
  }

  static func questions(_ questions: [Question]) -> Value {
    .list(
      questions.map { question in
        .record(
          Record(
            pairs: [
              ("name", .string(question.name.description)), ("type", .string(question.type.description)),
              ("class", .string(question.questionClass.description)),
            ] + letters(question.name)))
      })
  }

  static func edns(_ edns: EDNS?) -> Value {
    guard let edns else { return .null }
    return .record(
      Record([
        "size": .int(Int(edns.payloadSize)), "version": .int(Int(edns.version)), "do": .bool(edns.dnssecOK),
        "options": .list(
          edns.options.map { option in
            .record(
              Record(
                pairs: [
                  ("code", .int(Int(option.code))), ("name", .string(option.name)), ("text", .string(option.text)),
                  ("data", .bytes(option.data)),
                ] + EDNSOptionValues.fields(option)))
          }),
      ]))
  }

  /// Gives the fields that every message has.
  static func message(_ message: Message) -> [(String, Value)] {
    [
      ("id", .int(Int(message.id))), ("rcode", .string(message.code.description)),
      ("opcode", .string(message.flags.opcode.description)),
      ("flags", .list(message.flags.names.map { .string($0) })), ("question", questions(message.questions)),
      ("answer", table(message.answers)), ("authority", table(message.authorities)),
      ("additional", table(message.additionals)), ("edns", edns(message.edns)),
    ]
  }

  /// Gives an answer with where it came from; on a terminal it is a short table.
  static func reply(_ reply: DNSReply) -> Record {
    Record(
      pairs: message(reply.message) + [
        ("server", .endpoint(reply.remote)), ("transport", .string(reply.server.transport.rawValue)),
        ("size", .size(ByteSize(bytes: Int64(reply.bytes.count)))), ("time", .duration(reply.time)),
        ("truncated", .bool(reply.wasTruncated)), ("ignored", .list(reply.ignored.map { .string($0) })),
      ], face: { shortTable([reply]) })
  }

  /// Gives several answers as one: all questions and records, the first code that is not NOERROR, and each answer by itself in `replies`.
  static func replies(_ replies: [DNSReply]) -> Record {
    guard let first = replies.first, replies.count > 1 else { return replies.first.map(reply) ?? .empty }
    let worst = replies.first { $0.message.code != .noError } ?? first
    var all = worst.message
    all.questions = replies.flatMap(\.message.questions)
    all.answers = unique(replies.flatMap(\.message.answers))
    all.authorities = unique(replies.flatMap(\.message.authorities))
    all.additionals = unique(replies.flatMap(\.message.additionals))
    let size = replies.reduce(0) { $0 + $1.bytes.count }
    return Record(
      pairs: message(all) + [
        ("server", .endpoint(worst.remote)), ("transport", .string(worst.server.transport.rawValue)),
        ("size", .size(ByteSize(bytes: Int64(size)))),
        ("time", .duration(replies.map(\.time).max() ?? .zero)),
        ("truncated", .bool(replies.contains { $0.wasTruncated })),
        ("ignored", .list(replies.flatMap(\.ignored).map { .string($0) })),
        ("replies", .list(replies.map { .record(reply($0)) })),
      ], face: { shortTable(replies) })
  }

  private static func unique(_ records: [ResourceRecord]) -> [ResourceRecord] {
    var seen: Set<ResourceRecord> = []
    return records.filter { seen.insert($0).inserted }
  }

  /// What people see: the answers as a table, and a line on how they came.
  private static func shortTable(_ replies: [DNSReply]) -> [Value] {
    var shown: [Value] = []
    let answers = unique(replies.flatMap(\.message.answers))
    if !answers.isEmpty {
      shown.append(lines(answers))
    }
    let lines = replies.map { reply in
      let message = reply.message
      let question = message.questions.first
      var line = "\(question?.type.description ?? "?"): \(message.code)"
      if message.answers.isEmpty { line += message.code == .noError ? ", and no such record" : meaning(message.code) }
      line +=
        " from \(reply.remote) over \(reply.server.transport.rawValue) in \(reply.time.approximate), \(reply.bytes.count) bytes"
      if let soa = negativeSOA(message) { line += "; \(soa)" }
      if reply.wasTruncated { line += ", after UDP was truncated" }
      for option in message.edns?.options ?? [] where option.code == 15 { line += "; \(option.text)" }
      if let question, let letters = unicode(question.name) { line += "; \(letters) is \(question.name)" }
      return line
    }
    return shown + [.string(lines.joined(separator: "\n"))]
  }

  /// Gives who says "no" and for how long, from the SOA of a negative answer (RFC 2308 §3).
  private static func negativeSOA(_ message: Message) -> String? {
    guard message.answers.isEmpty, let soa = message.authorities.first(where: { $0.type == .soa }) else { return nil }
    guard case .number(let minimum)? = soa.data[field: "minimum"] else { return nil }
    return "the zone \(soa.name) says so, for \(min(soa.ttl, minimum)) s"
  }

  private static func meaning(_ code: ResponseCode) -> String { code.meaning.map { ", \($0)" } ?? "" }
}
