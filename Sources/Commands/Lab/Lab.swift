import Clients
import Interpreter
import Net
import Servers
import TLS
import Transport

let labStart = Command(
  "lab start",
  "Starts a small internet inside this process: name servers, a resolver, web servers and others; with --live nothing.",
  gives: .table,
  examples: [
    Example("lab start | first | get name", "www.rfc.test:80"),
    Example(
      "lab start | count; dns www.example.test A --short", "15\n127.10.0.81", note: "a look-up from the lab's root down"
    ),
  ]
) { machine in
  if machine.session.isLive, LiveNames.ofLab != nil {
    machine.session.output.note("--live: no lab is started, and its names are real ones: rfc-editor.org for rfc.test")
    return .list(List([]))
  }
  guard machine.network.lab == nil else {
    throw ValueError("lab-running", "the lab runs already", hint: "`lab` lists it, `lab stop` ends it", layer: .command)
  }
  guard let share = Share.path else {
    throw ValueError(
      "no-share", "the folder share/nsh with the lab's documents was not found", hint: "set NSH_SHARE to it",
      layer: .file)
  }
  let open = OpenLab(machine.network)
  try open.start(folder: share + "/lab")
  machine.session.own(open)
  return table(of: open.lab)
}

let labStop = Command(
  "lab stop", "Stops the lab and takes its names out of the map.", gives: .null,
  examples: [Example("lab start | count; lab stop; map | count", "15\n0")]
) { machine in
  guard !machine.session.isLive else { return .null }
  let lab = try machine.openLab
  lab.close()
  machine.session.disown(lab)
  return .null
}

let lab = Command(
  "lab", "Lists the names of the lab, where each really leads, and what is broken.", gives: .table,
  examples: [Example("let all = lab start; lab | first | get name", "www.rfc.test:80")]
) { machine in table(of: try machine.openLab.lab) }

let labCA = Command(
  "lab ca",
  "Gives the certificate of the lab's authority as PEM, for programs that do not know it: `--cacert`, `-CAfile`.",
  gives: .string,
  examples: [
    Example("lab ca | tls cert read | get subject", "CN=nsh lab CA", needsLab: true),
    Example(
      "(http get https://www.example.test/).status", "200",
      note: "the session itself believes it, for names below test", needsLab: true),
  ]
) { machine in .string(try machine.openLab.lab?.authority() ?? "") }

extension Machine {
  /// The lab of the session; an error if none runs.
  var openLab: OpenLab {
    get throws {
      for resource in session.resources { if let lab = resource as? OpenLab { return lab } }
      guard !session.isLive else {
        throw ValueError(
          "no-lab", "with --live there is no lab", hint: LiveNames.adviceForTheLabAlone, layer: .command)
      }
      throw ValueError("no-lab", "no lab runs", hint: "`lab start` starts one", layer: .command)
    }
  }
}

func table(of lab: Lab?) -> Value {
  .list(
    (lab?.parts ?? []).map { part in
      .record(
        Record([
          "name": .endpoint(part.asked), "service": .string(part.service.rawValue),
          "mapped to": .endpoint(part.local), "what": .string(part.what),
          "state": .string(lab?.sin(of: part)?.rawValue ?? "well"),
        ]))
    })
}
