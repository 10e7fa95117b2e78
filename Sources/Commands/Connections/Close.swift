import Interpreter
import Net

let close = Command(
  "close", "Closes a connection or another open resource.",
  Parameter<Value?>.optionalInput("what to close, if not the current connection", named: "resource"),
  Parameter<Bool>.flag("reset", "break a connection off: the peer gets a reset (RST)"), gives: .null,
  examples: [
    Example("let c = tcp connect www.rfc.test:80; close $c; $c.state", "closed", needsLab: true),
    Example("let c = tcp connect www.rfc.test:80; close --reset $c; $c.state", "reset", needsLab: true),
  ]
) { machine, given, isReset in
  let resource: any Resource
  switch given {
  case .resource(let open)?: resource = open
  case nil: resource = try machine.connection(nil)
  case let other?: throw ValueError("wrong-type", "\(other.described) cannot be closed", layer: .command)
  }
  if isReset {
    guard let open = resource as? OpenConnection else {
      throw ValueError("bad-argument", "only a connection can be reset", layer: .command)
    }
    open.connection.reset(machine.network.context(machine))
  } else {
    resource.close()
  }
  machine.session.disown(resource)
  return .null
}

let shutdown = Command(
  "shutdown", "Ends our direction of a connection, shutdown(2); the peer may go on sending.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<Bool>.flag("write", "end what we send (the default)"), gives: .null,
  examples: [
    Example("let c = tcp connect www.rfc.test:80; shutdown --write $c; $c.state", "half-closed", needsLab: true)
  ]
) { machine, given, _ in
  try machine.connection(given).connection.shutdownWrite(machine.network.context(machine))
  return .null
}
