import Interpreter
import Net
import Servers

let labBreak = Command(
  "lab break",
  "Makes something wrong with one part of the lab, until `lab mend`; without a sin it lists what that part can have.",
  Parameter<String>.required("part", "the part: a name such as www.example.test, or NAME:PORT"),
  Parameter<String?>.optional("sin", "what is to be wrong", choices: LabSin.allCases.map(\.rawValue)), gives: .table,
  examples: [
    Example(
      "lab break www.example.test server-error; (http get http://www.example.test/).status", "500", needsLab: true),
    Example(
      "lab break ns.example.test servfail; (dns www.example.test A).rcode", "SERVFAIL", note: "the resolver meets it",
      needsLab: true),
    Example("lab break echo.example.test | get sin", "reset\nsilent\nclosed", needsLab: true),
  ]
) { machine, name, word in
  let open = try machine.openLab
  let parts = try machine.labParts(name)
  guard let word else { return table(of: parts.sins) }
  let sin = LabSin(rawValue: word)
  let able = parts.filter { part in sin.map { LabSin.all(of: part.service).contains($0) } ?? false }
  guard let sin, !able.isEmpty else {
    throw ValueError(
      "no-such-sin", "\(name) cannot be broken by `\(word)`",
      hint: "it can be " + parts.sins.map(\.rawValue).joined(separator: ", "), layer: .command)
  }
  for part in able { try spoil(part, sin, open, machine) }
  return .null
}

let labMend = Command(
  "lab mend", "Puts right what `lab break` made wrong, with one part of the lab or with all.",
  Parameter<String?>.optional("part", "the part, if not all"), gives: .null,
  examples: [
    Example(
      "lab break www.example.test server-error; lab mend www.example.test; (http get http://www.example.test/).status",
      "200", needsLab: true),
    Example(
      "lab break echo.example.test silent; lab mend; lab | where {|p| $p.state != 'well'} | count", "0", needsLab: true),
  ]
) { machine, name in
  let open = try machine.openLab
  for part in try name.map({ try machine.labParts($0) }) ?? open.lab?.parts ?? [] {
    try spoil(part, nil, open, machine)
  }
  return .null
}

extension Machine {
  /// Finds the parts of the lab of a name, all of its ports or the one that is said.
  fileprivate func labParts(_ name: String) throws -> [LabPart] {
    let lab = try openLab.lab
    let (parts, found) = (lab?.parts ?? [], lab?.parts(named: name) ?? [])
    guard found.isEmpty else { return found }
    throw ValueError(
      "no-such-part", "the lab has no part `\(name)`",
      hint: nearestNames(to: name, among: parts.map(\.name)).first.map { "did you mean `\($0)`?" }
        ?? "`lab` lists them",
      layer: .command)
  }
}

/// Changes a part; connections that rest to it would know nothing of that.
private func spoil(_ part: LabPart, _ sin: LabSin?, _ open: OpenLab, _ machine: Machine) throws {
  guard open.lab?.sin(of: part) != sin else { return }
  try open.spoil(part, by: sin)
  // What a name server says concerns the connections to all names.
  let isOfNames = part.service == .dns || part.service == .resolver
  for name in isOfNames ? Set((open.lab?.parts ?? []).map(\.name)) : [part.name] {
    _ = machine.http.pool.close(host: name, machine.network.context(machine))
  }
}

extension [LabPart] {
  /// The sins that any of the parts can have, each once.
  var sins: [LabSin] { LabSin.allCases.filter { sin in contains { LabSin.all(of: $0.service).contains(sin) } } }
}

private func table(of sins: [LabSin]) -> Value {
  .list(sins.map { .record(Record(["sin": .string($0.rawValue), "what": .string($0.sentence)])) })
}
