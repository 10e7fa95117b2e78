import Interpreter
import Net
import Transport

let send = Command(
  "send", "Sends text as UTF-8, bytes, or a file, on a connection.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<[UInt8]?>.optional("data", "what to send"),
  Parameter<String?>.option("file", "send what this file has, by sendfile(2) where the kernel can"),
  Parameter<Bool>.flag("crlf", "make each line end in CRLF, as most protocols of text want it"),
  Parameter<TimeSpan?>.option("slowly", "byte by byte, with so much time between them"),
  Parameter<Bool>.flag("urgent", "mark the last byte as urgent (MSG_OOB)"),
  Parameter<Value?>.option("to", "where the datagram goes: ADDRESS:PORT, or the path of a Unix socket"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .null,
  examples: [
    Example(
      #"tcp connect www.rfc.test:80 | send "GET / HTTP/1.0\r\n\r\n"; recv line"#, "HTTP/1.1 404 Not Found",
      needsLab: true),
    Example("let c = tcp connect www.rfc.test:80; send $c 0x[47 45 54]", "", needsLab: true),
    Example(
      #"let c = tcp connect www.rfc.test:80; send $c "GET / HTTP/1.0\n\n" --crlf --slowly 100us; recv line"#,
      "HTTP/1.1 404 Not Found", needsLab: true),
  ]
) { machine, given, data, file, wantsCRLF, pause, isUrgent, target, timeout in
  let connection = try machine.connection(given).connection
  let context = machine.network.context(machine, timeout: timeout)
  if let file {
    guard data == nil, !wantsCRLF, pause == nil, !isUrgent, target == nil else {
      throw ValueError("bad-argument", "--file sends the file as it is, and nothing else", layer: .command)
    }
    try machine.send(file: machine.path(file), on: connection, context)
    return .null
  }
  guard var bytes = data else {
    throw ValueError("missing-argument", "`send` wants what to send, or --file", layer: .command)
  }
  if wantsCRLF { bytes = withCRLF(bytes) }
  switch (pause, isUrgent, target) {
  case (nil, false, nil): try connection.send(bytes, context)
  case (let pause?, false, nil): try connection.send(bytes, every: pause, context)
  case (nil, true, nil): try connection.send(urgent: bytes, context)
  case (nil, false, let target?): try connection.send(bytes, toward: target, machine, context)
  default: throw ValueError("bad-argument", "--slowly, --urgent and --to exclude each other", layer: .command)
  }
  return .null
}

let sendLine = Command(
  "send line", "Sends a line of text and the CRLF that ends lines on the wire.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<[UInt8]>.required("text", "the line, without its end"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .null,
  examples: [
    Example(
      "let c = tcp connect www.rfc.test:80; send line 'GET / HTTP/1.0'; send line ''; recv line",
      note: "a request, line by line",
      needsLab: true)
  ]
) { machine, given, text, timeout in
  try machine.connection(given).connection.send(text + [13, 10], machine.network.context(machine, timeout: timeout))
  return .null
}

/// Gives text whose lines all end in CRLF; those that did already stay as they are. `last` is the byte before it.
func withCRLF(_ text: [UInt8], after last: UInt8 = 0) -> [UInt8] {
  var made: [UInt8] = []
  made.reserveCapacity(text.count + text.count / 16)
  for byte in text {
    if byte == 10, made.last ?? last != 13 { made.append(13) }
    made.append(byte)
  }
  return made
}

extension Connection {
  /// Sends each byte by a send(2) of its own, and lets the system send it at once.
  fileprivate func send(_ bytes: [UInt8], every pause: TimeSpan, _ context: NetworkContext) throws {
    sendAtOnce()
    for (index, byte) in bytes.enumerated() {
      if index > 0 { try Commands.pause(for: pause, context) }
      try send([byte], context)
    }
  }

  fileprivate func send(urgent bytes: [UInt8], _ context: NetworkContext) throws {
    guard transport == .tcp, protection == nil else {
      throw ValueError("bad-argument", "only plain TCP has urgent data", layer: .command)
    }
    try transmit(bytes, isUrgent: true, context)
  }

  /// Sends one datagram to somebody who need not be the peer.
  fileprivate func send(_ bytes: [UInt8], toward target: Value, _ machine: Machine, _ context: NetworkContext) throws {
    guard isDatagram else {
      throw ValueError("bad-argument", "--to is for datagrams: this connection has its peer", layer: .command)
    }
    let name = try machine.name(target, for: self, context)
    try transmit(bytes, to: name, context)
  }
}

/// Waits; Ctrl-C and the deadline end it with an error.
private func pause(for span: TimeSpan, _ context: NetworkContext) throws {
  let end = Deadline.after(nanoseconds: span.nanoseconds)
  do throws(WaitError) {
    try Transport.wait([], for: .read, deadline: min(end, context.deadline), interrupt: context.interrupt)
  } catch {
    if error == .timeout, !context.deadline.isOver { return }
    let isTimeout = error == .timeout
    throw ValueError(
      isTimeout ? "timeout" : "interrupted", isTimeout ? "the time is up" : "interrupted", layer: .command)
  }
}
