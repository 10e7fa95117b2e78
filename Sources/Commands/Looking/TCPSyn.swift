import Interpreter
import Net
import System
import Transport
import Wire

let tcpSyn = Command(
  "tcp syn",
  "Shows the SYN that opened an accepted connection, as it came: the fields of its IP and TCP headers and its options.",
  Parameter<OpenConnection?>.connection("the accepted connection, if not the current one"),
  Parameter<Bool>.flag("bytes", "give the bytes instead"), gives: .table,
  examples: [
    Example(
      "let l = tcp listen :0; let c = tcp connect $l.local; let s = accept $l; tcp syn $s | where {|f| $f.field == 'SYN'} | get value",
      "true"),
    Example("let l = tcp listen :0; let c = tcp connect $l.local; let s = accept $l; tcp syn $s | last 5"),
  ]
) { machine, given, wantsBytes in
  let connection = try machine.connection(given).connection
  guard connection.descriptor.isOpen else { throw ValueError.closed(connection.id) }
  let bytes: [UInt8]
  do {
    bytes = try connection.savedSYN()
  } catch let error as SystemCallError {
    throw ValueError(
      error.code, "the SYN of connection \(connection.id) cannot be had", layer: connection.transport, cause: error)
  }
  guard !bytes.isEmpty else {
    throw ValueError(
      "no-syn", "the SYN of connection \(connection.id) was not kept",
      hint: "the kernel keeps it for the side that accepts: `let s = accept $listener; tcp syn $s`", layer: .tcp)
  }
  if wantsBytes { return .bytes(bytes) }
  return .list(try fields(ofPacket: bytes).map { .record($0.record()) })
}

extension ValueError {
  /// What is asked of a connection that is no more.
  static func closed(_ connection: Int) -> ValueError {
    ValueError("closed", "connection \(connection) is closed", layer: .command)
  }
}

/// The fields of an IP packet's headers, the TCP header's included; the kernel keeps headers without what they would carry.
private func fields(ofPacket bytes: [UInt8]) throws(PacketError) -> [HeaderField] {
  let packet = try IPPacket(parsing: bytes[...], isQuoted: true)
  let first =
    switch packet.header {
    case .v4(let header): header.fields
    case .v6(let header, _): header.fields
    }
  return first + (try TCPHeader(parsing: packet.payload[...]).fields)
}
