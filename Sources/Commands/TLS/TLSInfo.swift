import Interpreter
import Net
import TLS
import Transport

let tlsInfo = Command(
  "tls info", "Tells what the two ends of a TLS connection agreed on, and the peer's chain of certificates.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"), gives: .record,
  examples: [
    Example(
      "let l = tls listen :0; let j = spawn { accept $l | recv }; let c = tls connect $l.local --ca $l.certificate --name localhost; "
        + "let i = tls info $c; \"${$i.version} ${$i.verified}\"; $i.chain | get key-type",
      "TLSv1.3 ok\nEC\n")
  ]
) { machine, given in
  let open = try machine.connection(given)
  return .record(TLSRecords.record(of: try open.tls().info()))
}

let tlsHandshake = Command(
  "tls handshake", "Explains each message of a connection's handshake, and those of TLS that came later.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<Int?>.option("connection", "of the connection with this id, which may have failed or been closed"),
  gives: .table,
  examples: [
    Example(
      "let l = tls listen :0; let j = spawn { accept $l | recv }; let c = tls connect $l.local --ca $l.certificate --name localhost; "
        + "tls handshake $c | first 3 | get message",
      "ClientHello\nServerHello\nEncryptedExtensions\n")
  ]
) { machine, given, number in
  let id = try number ?? machine.connection(given).connection.id
  let steps = machine.network.recorder.steps(ofConnection: id)
  let start = steps.first?.start ?? 0
  return .list(steps.filter { $0.kind == .handshake }.map { .record(row($0, since: start)) })
}

let tlsUpdate = Command(
  "tls update", "Changes the keys of our direction of a TLS 1.3 connection (KeyUpdate, RFC 8446 §4.6.3).",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<Bool>.flag("both", "ask the peer to change its keys too"),
  gives: .null,
  examples: [
    Example(
      "let l = tls listen :0; let j = spawn { accept $l | recv all }; let c = tls connect $l.local --ca $l.certificate --name localhost; "
        + "send 'old, '; tls update; send 'new keys'; shutdown; wait $j",
      "old, new keys")
  ]
) { machine, given, both in
  let open = try machine.connection(given)
  let session = try open.tls()
  let context = machine.network.context(machine)
  let bytes = try session.updateKeys(asksPeer: both)
  open.connection.report(session.takeMessages(), context)
  try open.connection.transmit(bytes, context)
  return .null
}

/// A message as a row: when, from whom, what it was, how many bytes, and what it says.
private func row(_ step: Step, since start: Int64) -> Record {
  let isOurs = step.detail.hasPrefix("→")
  let sentence = step.detail.dropFirst(2)
  let mark = sentence.firstIndex(of: ":") ?? sentence.endIndex
  return Record([
    "at": .duration(TimeSpan(nanoseconds: step.end - start)), "from": .string(isOurs ? "us" : "peer"),
    "message": .string(String(sentence[..<mark])), "bytes": .int(step.byteCount),
    "says": .string(String(sentence[mark...].drop { $0 == ":" || $0 == " " })),
  ])
}
