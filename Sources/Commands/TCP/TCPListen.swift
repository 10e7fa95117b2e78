import Interpreter
import Net
import Transport

let tcpListen = Command(
  "tcp listen",
  "Listens for TCP connections: socket(2), bind(2), listen(2); `:8080` is this machine alone, in both families.",
  Parameter<Endpoint>.required("endpoint", "where: :PORT, ADDRESS:PORT; 0.0.0.0:PORT or [::]:PORT open it to others"),
  Parameter<Int>.option("backlog", "how many may wait to be accepted", default: 1_024, shown: "1024"),
  gives: .listener,
  examples: [
    Example("let l = tcp listen :0; $l.state", "listening"),
    Example(
      "let l = tcp listen :0; let c = tcp connect $l.local; let s = accept $l; send $c 'hello'; recv $s", "hello"),
  ]
) { machine, endpoint, backlog in
  let context = machine.network.context(machine)
  return machine.opened(try Listener.listen(tcp: endpoint, backlog: Int32(clamping: backlog), context), context)
}
