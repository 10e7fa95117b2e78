import Diagnostics
import Interpreter
import Net
import Wire

let rfcFor = Command(
  "rfc for",
  "Tells where something on the wire is written down: a header field, status code, DNS type, TLS alert, port, or field of an exchange.",
  Parameter<[String]>.rest("term", "what was seen: content-length, 404, MX, handshake_failure, 443 …"),
  Parameter<String?>.option(
    "kind", "only of this kind", choices: RFCReference.kinds),
  gives: .table,
  examples: [
    Example("rfc for content-length | get section", "8.6"),
    Example("rfc for 404 | select name rfc section", "name\trfc\tsection\n404\t9110\t15.5.5"),
    Example("rfc for MX --kind dns-type | get rfc", "1035"),
  ]
) { _, words, kind in
  let wanted = words.joined(separator: " ")
  guard !wanted.isEmpty else {
    throw ValueError("missing-argument", "`rfc for` wants what was seen on the wire", layer: .command)
  }
  let table = try RFCTables.references()
  let found = table.find(wanted).filter { kind == nil || $0.kind == kind }
  guard !found.isEmpty else {
    let longer = table.near(wanted).prefix(5)
    let near = longer.isEmpty ? nearest(wanted, among: table.all.map(\.name)).prefix(5) : longer
    throw ValueError(
      "no-reference", "no RFC is known for `\(wanted)`",
      hint: near.isEmpty
        ? "`rfc search \(wanted)` looks in the titles of all RFCs" : "did you mean \(near.joined(separator: ", "))?",
      layer: .rfc)
  }
  let titles = try? RFCTables.known()
  return .list(
    found.map { reference in
      .record(
        Record([
          "kind": .string(reference.kind), "name": .string(reference.name),
          "rfc": reference.rfc.map { .int($0) } ?? .null, "section": .string(reference.section),
          "about": .string(reference.note),
          "title": reference.rfc.flatMap { titles?[$0]?.title }.map { .string($0) } ?? .null,
        ]))
    })
}
