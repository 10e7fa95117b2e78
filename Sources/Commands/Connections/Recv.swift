import Interpreter
import Net
import Synchronization
import Transport

let recv = Command(
  "recv", "Receives what is buffered, else what exactly one recv(2) gives; null at the end of the stream.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<Int?>.optional("count", "at most so many bytes"),
  Parameter<Int?>.option("exactly", "so many bytes, with as many recv(2) as they take"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .bytes,
  examples: [
    Example(
      #"let c = tcp connect www.rfc.test:80; send "GET / HTTP/1.0\r\n\r\n"; recv 12"#, "HTTP/1.1 404", needsLab: true),
    Example(
      #"let c = tcp connect www.rfc.test:80; send "GET / HTTP/1.0\r\n\r\n"; recv --exactly 8"#, "HTTP/1.1",
      needsLab: true),
  ]
) { machine, given, count, exactly, timeout in
  let connection = try machine.connection(given).connection
  let context = machine.network.context(machine, timeout: timeout)
  if let exactly { return .bytes(try connection.recvExactly(try size(exactly), context)) }
  let most = try count.map { try size($0) } ?? Connection.chunk
  return try connection.recv(max: most, context).map { .bytes($0) } ?? .null
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

let recvAll = Command(
  "recv all", "Receives everything up to the end of the stream.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .bytes,
  examples: [
    Example(
      #"let c = tcp connect www.rfc.test:80; send "GET / HTTP/1.0\r\n\r\n"; recv all | len | $in > 50"#, "true",
      needsLab: true)
  ]
) { machine, given, timeout in
  var context = machine.network.context(machine, timeout: timeout)
  context.taps.append(TransferTap("recv all", machine))
  defer { machine.show(nil) }
  return .bytes(try machine.connection(given).connection.recvAll(context))
}

/// Shows how far a receiving is, recv(2) by recv(2).
private final class TransferTap: Tap {
  private let transfer: Mutex<Transfer>
  private let output: (any Output)?

  init(_ name: String, _ machine: Machine) {
    transfer = Mutex(Transfer(name, of: nil))
    // What jobs transfer is not shown.
    output = machine.interrupt === machine.session.interrupt ? machine.session.output : nil
  }

  func observe(_ step: Step) {
    guard step.kind == .recv, let output else { return }
    output.show(
      transfer.withLock { transfer in
        transfer.add(step.byteCount)
        return transfer
      })
  }
}

private func size(_ count: Int) throws -> Int {
  guard count > 0, count <= collectLimit else {
    throw ValueError("bad-argument", "\(count) bytes cannot be received: 1 to 1 GiB can", layer: .command)
  }
  return count
}
