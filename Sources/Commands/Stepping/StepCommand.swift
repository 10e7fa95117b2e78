import Interpreter

let step = Command(
  "step",
  "Runs a block whose steps on the network are told and held one by one, before each is done; ? shows the keys.",
  Parameter<String?>.option(
    "depth", "how far down: messages of HTTP, those of TLS, calls on sockets (tcp), or look-ups too (dns)",
    choices: StepDepth.names),
  Parameter<Function>.block("block", "what to walk through; without a terminal it is only told, on standard error"),
  gives: .any,
  examples: [
    Example("step { http get http://www.rfc.test/rfc/rfc2324.txt | get status }", needsLab: true),
    Example("step --depth http { let r = http get http://www.rfc.test/ }; $r.status", needsLab: true),
    Example(
      "let s = dns serve {|q| {name: $q.name, type: TXT, data: \"hello\"}} --listen :0 --background; "
        + "step --depth dns { dns any.test TXT \"@${$s.local}\" --short }",
      note: "the query and its answer, and the calls that carry them"),
  ]
) { machine, depth, block in
  let stepping = machine.session.stepping
  let outer = stepping.stepper?.depth
  stepping.begin(try depth.map { try StepDepth(stated: $0) }, machine.session)
  defer { stepping.end(depth: outer) }
  let value = try machine.run(inPlace: block)
  // What is stopped while the rest of a body is put away stops here.
  try machine.checkpoint()
  return value
}

extension StepDepth {
  /// Takes a depth that is only known when the script runs. Error: `bad-choice`.
  init(stated name: String) throws(ValueError) {
    guard let depth = StepDepth(named: name) else {
      throw ValueError(
        "bad-choice", "there is no depth `\(name)`", hint: "there are " + StepDepth.names.joined(separator: ", "),
        layer: .command)
    }
    self = depth
  }
}
