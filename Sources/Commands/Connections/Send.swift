import Interpreter
import Net

let send = Command(
  "send", "Sends text as UTF-8, or bytes, on a connection.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<[UInt8]>.required("data", "what to send"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .null,
  examples: [
    Example(
      #"tcp connect www.rfc.test:80 | send "GET / HTTP/1.0\r\n\r\n"; recv line"#, "HTTP/1.1 404 Not Found",
      needsLab: true),
    Example("let c = tcp connect www.rfc.test:80; send $c 0x[47 45 54]", "", needsLab: true),
  ]
) { machine, given, data, timeout in
  try machine.connection(given).connection.send(data, machine.network.context(machine, timeout: timeout))
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
