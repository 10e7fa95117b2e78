import Interpreter
import Net
import Transport

let recv = Command(
  "recv", "Receives what is buffered, else what exactly one recv(2) gives; null at the end of the stream.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<Int?>.optional("count", "at most so many bytes"),
  Parameter<Int?>.option("exactly", "so many bytes, with as many recv(2) as they take"),
  Parameter<Bool>.flag("peek", "look at what waits, and leave it (MSG_PEEK)"),
  Parameter<Bool>.flag("from", "give a record of the data and whom it is from"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .bytes,
  examples: [
    Example(
      #"let c = tcp connect www.rfc.test:80; send "GET / HTTP/1.0\r\n\r\n"; recv 12"#, "HTTP/1.1 404", needsLab: true),
    Example(
      #"let c = tcp connect www.rfc.test:80; send "GET / HTTP/1.0\r\n\r\n"; recv --exactly 8"#, "HTTP/1.1",
      needsLab: true),
    Example(
      #"let c = tcp connect www.rfc.test:80; send "GET / HTTP/1.0\r\n\r\n"; recv --peek 4; recv 4"#, "HTTPHTTP",
      note: "what is looked at is still there", needsLab: true),
  ]
) { machine, given, count, exactly, isPeek, wantsFrom, timeout in
  let connection = try machine.connection(given).connection
  var context = machine.network.context(machine, timeout: timeout)
  guard exactly == nil || !(isPeek || wantsFrom) else {
    throw ValueError("bad-argument", "--exactly goes with neither --peek nor --from", layer: .command)
  }
  if let exactly {
    let count = try size(exactly)
    context.taps.append(TransferTap("recv", of: count, .recv, machine))
    defer { machine.show(nil) }
    return .bytes(try connection.recvExactly(count, context))
  }
  let most = try count.map { try size($0) } ?? Connection.chunk
  let received = try connection.receive(most, isPeek: isPeek, context)
  guard wantsFrom else { return received.map { .bytes($0.data) } ?? .null }
  return received.map { .record(Record(["data": .bytes($0.data), "from": Value($0.from)])) } ?? .null
}

extension Connection {
  /// Receives or looks, and says from whom; nil at the end of the stream.
  fileprivate func receive(_ most: Int, isPeek: Bool, _ context: NetworkContext) throws -> Datagram? {
    if isPeek { return try peek(max: most, context) }
    guard !isDatagram else { return try recvDatagram(max: most, context) }
    return try recv(max: most, context).map { Datagram(data: $0, from: remote) }
  }
}

let recvLine = Command(
  "recv line", "Receives a line, without its CRLF or LF; null at the end of the stream.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .bytes,
  examples: [
    Example(
      #"let c = tcp connect www.rfc.test:80; send "GET / HTTP/1.0\r\n\r\n"; recv line"#, "HTTP/1.1 404 Not Found",
      needsLab: true)
  ]
) { machine, given, timeout in
  let line = try machine.connection(given).connection.recvLine(machine.network.context(machine, timeout: timeout))
  return line.map { String(validating: $0, as: UTF8.self).map { .string($0) } ?? .bytes($0) } ?? .null
}

let recvUntil = Command(
  "recv until", "Receives up to and with a mark; what comes beyond it stays buffered.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<Pattern>.required("mark", "the text, bytes or regex that end it"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .bytes,
  examples: [
    Example(
      #"let c = tcp connect www.rfc.test:80; send "GET /rfc/rfc2324.txt HTTP/1.0\r\n\r\n"; recv until "\r\n\r\n" | lines | first"#,
      "HTTP/1.1 200 OK", needsLab: true),
    Example(
      #"let c = tcp connect www.rfc.test:80; send $c "GET / HTTP/1.0\r\n\r\n"; recv until $c re'HTTP/\S+ \d+'"#,
      "HTTP/1.1 404", needsLab: true),
  ]
) { machine, given, mark, timeout in
  let connection = try machine.connection(given).connection
  let context = machine.network.context(machine, timeout: timeout)
  switch mark {
  case .literal(let bytes):
    guard !bytes.isEmpty else { throw ValueError("bad-argument", "an empty mark ends nothing", layer: .command) }
    return .bytes(try connection.recvUntil(bytes, context))
  case .regex(let regex): return .bytes(try receive(until: regex, connection, context))
  }
}

/// Receives up to the end of the first match; where a match only begins, more is received before it is decided.
private func receive(until regex: Regex, _ connection: Connection, _ context: NetworkContext) throws -> [UInt8] {
  var failure: ValueError?
  let bytes = try connection.recvUntil("re'\(regex.pattern)'", context) { bytes, start in
    do throws(ValueError) {
      switch try regex.firstMatch(inArrived: bytes, from: start) {
      case .match(let match): return .end(match.whole.upperBound)
      case .beginning(let offset): return .nothing(before: offset)
      case .nothing: return .nothing(before: bytes.count)
      }
    } catch {
      failure = error
      return .end(0)
    }
  }
  if let failure { throw failure }
  return bytes
}

private func size(_ count: Int) throws -> Int {
  guard count > 0, count <= collectLimit else {
    throw ValueError("bad-argument", "\(count) bytes cannot be received: 1 to 1 GiB can", layer: .command)
  }
  return count
}
