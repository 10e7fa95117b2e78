import Interpreter
import Net
import Servers
import Transport

let tcpRelay = Command(
  "tcp relay",
  "Passes the bytes of each TCP connection that comes on to another endpoint, and back; `wire` shows both sides.",
  Parameter<Endpoint>.required("endpoint", "where to listen: :PORT is this machine alone"),
  Parameter<Endpoint>.required("target", "where the connections lead: HOST:PORT"),
  Parameter<Int>.option("limit", "how many are passed on at a time; more wait", default: serveLimit, shown: "1024"),
  Parameter<Bool>.flag("background", "give the relay as a value at once, and go on; `close` ends it"), gives: .listener,
  examples: [
    Example(
      "let r = tcp relay :0 www.rfc.test:80 --background; let c = tcp connect $r.local; "
        + "send line $c 'GET / HTTP/1.0'; send line $c ''; recv line $c", "HTTP/1.1 404 Not Found", needsLab: true)
  ]
) { machine, endpoint, target, limit, isBackground in
  guard limit > 0 else { throw ValueError("bad-argument", "a limit of \(limit) serves nobody", layer: .command) }
  var context = machine.network.context(machine)
  // Between two others silence is no error.
  context.limits.silence = TimeSpan(nanoseconds: .max)
  let session = machine.session
  let place = machine.place
  let listener = try Listener.listen(tcp: endpoint, backlog: serveBacklog, context)
  let server = try OpenServer(listener, context, limit: limit, stackBytes: 1 << 18) { near, context, _ in
    do throws(TransportError) {
      let far = try Connection.connect(tcp: target, context)
      defer { far.close(context) }
      try Relay(near, far, context).run()
      return true
    } catch {
      near.reset(context)
      if error.code != "interrupted" { session.output.report(Failure(error, at: place)) }
      return false
    }
  }
  return try machine.run(server, inBackground: isBackground)
}
