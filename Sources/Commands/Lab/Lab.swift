import Interpreter
import Net
import Servers

let labStart = Command(
  "lab start", "Starts a small internet inside this process: a web server on loopback with RFC-shaped documents.",
  gives: .table,
  examples: [Example("lab start | get name", "www.rfc.test:80\nrfc.test:80\n")]
) { machine in
  guard machine.network.lab == nil else {
    throw ValueError("lab-running", "the lab runs already", hint: "`lab` lists it, `lab stop` ends it", layer: .command)
  }
  guard let share = Share.path else {
    throw ValueError(
      "no-share", "the folder share/nsh with the lab's documents was not found", hint: "set NSH_SHARE to it",
      layer: .file)
  }
  let lab = try Lab.start(documents: share + "/lab/rfc")
  machine.network.setLab(lab)
  machine.session.own(OpenLab(lab, machine.network))
  return table(of: lab)
}

let labStop = Command(
  "lab stop", "Stops the lab and takes its names out of the map.", gives: .null,
  examples: [Example("lab start | count; lab stop", "2")]
) { machine in
  guard let lab = machine.session.resources.first(where: { $0.type == .lab }) else { throw noLab }
  lab.close()
  machine.session.disown(lab)
  return .null
}

let lab = Command(
  "lab", "Lists the names of the lab and where each really leads.", gives: .table,
  examples: [Example("lab start | count; lab | get name", "2\nwww.rfc.test:80\nrfc.test:80\n")]
) { machine in
  guard let lab = machine.network.lab else { throw noLab }
  return table(of: lab)
}

private let noLab = ValueError("no-lab", "no lab runs", hint: "`lab start` starts one", layer: .command)

private func table(of lab: Lab) -> Value {
  .list(
    lab.map.map { entry in
      .record(Record(["name": .endpoint(entry.from), "mapped to": .endpoint(entry.to), "what": .string("web server")]))
    })
}

/// The lab as a resource of the session.
final class OpenLab: Resource {
  private let lab: Lab
  private let network: NetworkService

  init(_ lab: Lab, _ network: NetworkService) {
    self.lab = lab
    self.network = network
  }

  var type: TypeName { .lab }
  var fields: Record { Record(["web": .endpoint(lab.web)]) }

  func close() {
    network.setLab(nil)
    lab.stop()
  }
}
