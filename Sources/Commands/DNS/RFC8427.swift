import Clients
import Interpreter
import Net
import Wire

/// A message in the form of RFC 8427 §2.
enum RFC8427 {
  static func record(_ reply: DNSReply) -> Value { record(reply.message) }

  static func record(_ message: Message) -> Value {
    let flags = message.flags
    func bit(_ isSet: Bool) -> Value { .int(isSet ? 1 : 0) }
    var pairs: [(String, Value)] = [
      ("ID", .int(Int(message.id))), ("QR", bit(flags.isResponse)), ("Opcode", .int(Int(flags.opcode.rawValue))),
      ("AA", bit(flags.isAuthoritative)), ("TC", bit(flags.isTruncated)), ("RD", bit(flags.recursionDesired)),
      ("RA", bit(flags.recursionAvailable)), ("AD", bit(flags.isAuthenticated)), ("CD", bit(flags.checkingDisabled)),
      ("RCODE", .int(Int(message.code.rawValue))), ("QDCOUNT", .int(message.questions.count)),
      ("ANCOUNT", .int(message.answers.count)), ("NSCOUNT", .int(message.authorities.count)),
      ("ARCOUNT", .int(message.additionals.count + (message.edns == nil ? 0 : 1))),
    ]
    if let question = message.questions.first {
      pairs += [
        ("QNAME", .string(question.name.description)), ("QTYPE", .int(Int(question.type.rawValue))),
        ("QTYPEname", .string(question.type.description)), ("QCLASS", .int(Int(question.questionClass.rawValue))),
        ("QCLASSname", .string(question.questionClass.description)),
      ]
    }
    let sections = [
      ("answerRRs", message.answers), ("authorityRRs", message.authorities), ("additionalRRs", message.additionals),
    ]
    for (name, records) in sections where !records.isEmpty { pairs.append((name, .list(records.map(record)))) }
    return .record(Record(pairs: pairs))
  }

  /// Gives a record with its data in hexadecimal and, for the types that RFC 8427 §2.3 allows, as text under `rdata` and the type's name.
  private static func record(_ record: ResourceRecord) -> Value {
    let wire = record.data.wire
    return .record(
      Record([
        "NAME": .string(record.name.description), "TYPE": .int(Int(record.type.rawValue)),
        "TYPEname": .string(record.type.description), "CLASS": .int(Int(record.recordClass.rawValue)),
        "CLASSname": .string(record.recordClass.description), "TTL": .int(Int(record.ttl)),
        "RDLENGTH": .int(wire.count), "RDATAHEX": .string(BaseEncoding.hex.encode(wire).uppercased()),
        "rdata\(record.type)": .string(record.data.text),
      ]))
  }
}
