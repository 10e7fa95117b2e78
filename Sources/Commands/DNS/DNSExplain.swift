import Interpreter
import Net
import Wire

let dnsExplain = Command(
  "dns explain",
  "Explains a DNS message byte by byte: offset, bytes, field, value, meaning, and where the pointers lead.",
  Parameter<[UInt8]>.input("the message, as it is over UDP"), gives: .table,
  examples: [
    Example(
      "dns build example.test MX --noedns | dns encode | dns explain | select offset field value | last 3",
      "offset\tfield\tvalue\n12\tquestion 1, name\texample.test.\n26\tquestion 1, type\tMX\n28\tquestion 1, class\tIN")
  ]
) { machine, message in
  let (annotations, error) = Message.explain(message)
  return AnnotationRows.table(annotations, of: message, unreadable: error.map { ($0.message, "") }) {
    DNSMeanings.meaning(of: $0, in: message)
  }
}

let dnsDecode = Command(
  "dns decode", "Reads a DNS message from its bytes.",
  Parameter<[UInt8]>.input("the message, as it is over UDP"), gives: .record,
  examples: [Example("(dns build example.test MX | dns encode | dns decode).question | get type", "MX")]
) { machine, bytes in
  .record(Record(pairs: DNSValues.message(try Message(bytes))))
}

let dnsEncode = Command(
  "dns encode", "Gives the bytes of a DNS message, such as `dns build` makes or `dns decode` reads.",
  Parameter<Record>.input("the message: id, flags, question, answer, authority, additional, edns"), gives: .bytes,
  examples: [Example("{id: 1, flags: [rd], question: [{name: example.test, type: A}]} | dns encode | len", "30")]
) { machine, record in
  .bytes(try DNSRecordValues.message(record).encoded())
}

let dnsBuild = Command(
  "dns build", "Makes a query by hand: a record to look at, to change and to `dns encode`.",
  Parameter<[String]>.rest("words", "NAME, types and a class, as for `dns`"),
  Parameter<Int?>.option("id", "its id (default random)"),
  Parameter<Bool>.flag("norec", "without RD"), Parameter<Bool>.flag("dnssec", "with DO"),
  Parameter<Bool>.flag("noedns", "without EDNS"), gives: .record,
  examples: [Example("dns build example.test MX --id 7 | get id", "7")]
) { machine, words, id, noRecursion, dnssec, noEDNS in
  let asked = try DNSWords(words)
  guard let number = id.map({ UInt16(exactly: $0) }) ?? UInt16.random(in: 0...UInt16.max) else {
    throw ValueError("bad-argument", "an id is 0 to 65535", layer: .command)
  }
  let type = asked.types.count == 1 ? asked.types[0] : .a
  let message = Message.query(
    Question(name: asked.name, type: type, questionClass: asked.questionClass), id: number,
    recursionDesired: !noRecursion, edns: noEDNS ? nil : EDNS(dnssecOK: dnssec))
  return .record(Record(pairs: DNSValues.message(message)))
}
