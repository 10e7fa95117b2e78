import Interpreter
import Net

let conn = Command(
  "conn", "Lists the open connections; the current one is marked.", gives: .table,
  examples: [Example("let c = tcp connect www.rfc.test:80; conn | count", "1", needsLab: true)]
) { machine in
  .list(
    machine.session.resources.compactMap { $0 as? OpenConnection }.map { resource in
      .record(Record(pairs: [("current", .bool(machine.currentConnection === resource))] + resource.listed))
    })
}

let connUse = Command(
  "conn use", "Makes a connection the current one.",
  Parameter<Value>.input("the connection, or its id", named: "connection"), gives: .null,
  examples: [
    Example(
      "let a = tcp connect www.rfc.test:80; let b = tcp connect www.rfc.test:80; conn use $a; shutdown; $a.state",
      "half-closed", needsLab: true)
  ]
) { machine, wanted in
  let found = machine.session.resources.first { resource in
    guard resource.type == .connection else { return false }
    if case .resource(let given) = wanted { return given === resource }
    return resource.fields["id"].map { equal($0, wanted) } ?? false
  }
  guard let found else {
    throw ValueError(
      "no-connection", "no open connection is \(wanted.described)", hint: "`conn` lists them", layer: .command)
  }
  machine.currentConnection = found
  return .null
}
