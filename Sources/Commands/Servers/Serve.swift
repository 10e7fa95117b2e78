import Interpreter
import Net
import TLS
import Transport

let tcpServe = Command(
  "tcp serve", "Calls a function with each TCP connection that comes, many at a time, until it is interrupted.",
  Parameter<Endpoint>.required(
    "endpoint", "where: :PORT is this machine alone, 0.0.0.0:PORT or [::]:PORT open it to others"),
  Parameter<Function>.required("function", "what to do with a connection; it is closed afterwards"),
  Parameter<Int>.option("limit", "how many are served at a time; more wait", default: serveLimit, shown: "1024"),
  Parameter<Bool>.flag("background", "give the server as a value at once, and go on; `close` ends it"),
  gives: .listener,
  examples: [
    Example(
      "let s = tcp serve :0 {|c| while true { let l = recv line $c; if $l == null { break }; send line $c $l }} --background; "
        + "let c = tcp connect $s.local; send line $c 'hello'; recv line $c", "hello", note: "an echo server")
  ]
) { machine, endpoint, function, limit, isBackground in
  let context = machine.network.context(machine)
  let listener = try Listener.listen(tcp: endpoint, backlog: serveBacklog, context)
  return try machine.serve(listener, function, limit: limit, context, inBackground: isBackground)
}

let unixServe = Command(
  "unix serve",
  "Calls a function with each connection that comes to a Unix socket, many at a time, until it is interrupted.",
  Parameter<String>.required("path", "the socket's path, or @NAME"),
  Parameter<Function>.required("function", "what to do with a connection; it is closed afterwards"),
  Parameter<Int>.option("limit", "how many are served at a time; more wait", default: serveLimit, shown: "1024"),
  Parameter<Bool>.flag("background", "give the server as a value at once, and go on; `close` ends it"),
  gives: .listener,
  examples: [
    Example(
      "let s = unix serve @nsh-example-serve {|c| send $c 'hello'} --background; unix connect @nsh-example-serve | recv",
      "hello")
  ]
) { machine, path, function, limit, isBackground in
  let context = machine.network.context(machine)
  let listener = try Listener.listen(unix: machine.socketPath(path), backlog: serveBacklog, context)
  return try machine.serve(listener, function, limit: limit, context, inBackground: isBackground)
}

let serveLimit = 1_024
let serveBacklog: Int32 = 4_096

extension Machine {
  /// Serves the connections of a listener by a function; what fails in it is told, and ends only that connection.
  func serve(
    _ listener: Listener, _ function: Function, limit: Int, _ context: NetworkContext, inBackground: Bool,
    tls: ServerTLS? = nil
  ) throws -> Value {
    guard limit > 0 else {
      listener.close(context)
      throw ValueError("bad-argument", "a limit of \(limit) serves nobody", layer: .command)
    }
    let handler = Handler(function, for: self)
    let session = session
    let server = try OpenServer(listener, context, limit: limit, stackBytes: Handler.stackBytes) {
      connection, context, interrupt in
      do throws(TLSError) {
        if let tls { try connection.acceptTLS(orClose: tls.context, context) }
      } catch {
        session.output.report(Failure(error, at: nil))
        return false
      }
      let resource = OpenConnection(connection, context)
      session.own(resource)
      defer {
        resource.close()
        session.disown(resource)
      }
      let result = handler.call([.resource(resource)], interrupt: interrupt) { $0.currentConnection = resource }
      guard case .failure(let failure) = result else { return true }
      if !failure.isInterrupt { session.output.report(failure) }
      return false
    }
    return try run(server, inBackground: inBackground)
  }
}
