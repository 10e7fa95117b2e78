import Interpreter
import Net
import System
import Transport

let recvAll = Command(
  "recv all", "Receives everything up to the end of the stream; in a pipeline piece by piece as it comes.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<Bool>.flag("discard", "keep nothing, and give the number of bytes"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .bytes,
  examples: [
    Example(
      #"let c = tcp connect www.rfc.test:80; send "GET / HTTP/1.0\r\n\r\n"; recv all | len | $in > 50"#, "true",
      needsLab: true),
    Example(
      #"let c = tcp connect www.rfc.test:80; send "GET / HTTP/1.0\r\n\r\n"; (recv all --discard) > 50"#, "true",
      needsLab: true),
  ]
) { machine, given, isDiscard, timeout in
  let connection = try machine.connection(given).connection
  var context = machine.network.context(machine, timeout: timeout)
  context.taps.append(TransferTap("recv all", .recv, machine))
  if isDiscard {
    defer { machine.show(nil) }
    return .int(try connection.discard(context))
  }
  guard !connection.isDatagram else {
    // The error says why.
    return .bytes(try connection.recvAll(context))
  }
  let shown = context
  // Collected at once it is the connection that gathers, and keeps what came when the rest fails.
  let whole = { Value.bytes(try connection.recvAll(shown)) }
  return .stream(
    Stream(bytes: true, whole: whole, close: { machine.show(nil) }) {
      try connection.recv(max: 1 << 18, shown).map { .bytes($0) }
    })
}

let recvTo = Command(
  "recv to", "Receives everything up to the end of the stream into a file, in constant memory; gives its size.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<String>.required("path", "the file"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .size,
  examples: [
    Example(
      "let c = tcp connect www.rfc.test:80; send line 'GET / HTTP/1.0'; send line ''; "
        + "(recv to /tmp/nsh-example-received.txt) > 50B", "true", needsLab: true)
  ]
) { machine, given, path, timeout in
  let connection = try machine.connection(given).connection
  var context = machine.network.context(machine, timeout: timeout)
  context.taps.append(TransferTap("recv to", .recv, machine))
  defer { machine.show(nil) }
  let file = try NewFile(machine.path(path))
  do throws(FileReceiptError) {
    let count = try connection.recv(intoFile: file.descriptor, context)
    do throws(FileError) { try file.finish() } catch { throw FileReceiptError(written: count, error: error) }
    return .size(ByteSize(bytes: Int64(count)))
  } catch {
    let part = error.written > 0 ? try file.keepPart() : nil
    let kept = part.map { "\(error.written) bytes are kept in \($0)" } ?? "nothing was written"
    let waiting = connection.buffered > 0 ? ", \(connection.buffered) more can still be received" : ""
    throw ValueError(
      error.error.code, "receive into \(path): \(kept)\(waiting)", layer: .file, cause: error.error)
  }
}
