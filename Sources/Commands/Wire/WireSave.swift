import Glibc
import Interpreter
import Net
import System
import Transport
import Wire

let wireSave = Command(
  "wire save",
  "Writes what went over the wire to a file: NAME.pcapng for Wireshark, with the secrets of TLS in it, or NAME.har for browsers.",
  Parameter<String>.required("path", "the file; its ending, .pcapng or .har, says what is written"),
  Parameter<Bool>.flag("all", "all that is remembered, and not only the last exchange"),
  Parameter<Int?>.option("connection", "the connection with this id"),
  Parameter<Bool>.flag("secrets", "keep Authorization, Cookie and their like in a HAR archive"), gives: .record,
  examples: [
    Example(
      "let c = tcp connect www.rfc.test:80; send \"GET /rfc/rfc2324.txt HTTP/1.0\\r\\n\\r\\n\"; recv all | len; close; "
        + "wire save /tmp/nsh-example.pcapng --connection $c.id | get connections", needsLab: true),
    Example(
      "let r = http get http://www.rfc.test/rfc/rfc2324.txt; wire save /tmp/nsh-example.har | get exchanges", "1",
      needsLab: true),
  ]
) { machine, path, wantsAll, connection, keepsSecrets in
  let path = try machine.path(path)
  let file = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.index(after: $0)...] } ?? path[...]
  let ending = file.utf8.lastIndex(of: UInt8(ascii: ".")).map { file[file.index(after: $0)...].lowercased() }
  guard ending == "pcapng" || ending == "har" else {
    throw ValueError(
      "bad-argument", "what “\(file)” is to be cannot be told from its name",
      hint: "names end in .pcapng, for Wireshark, or in .har, for browsers", layer: .command)
  }
  let recorder = machine.network.recorder
  if ending == "har" {
    let exchanges = try machine.recordedExchanges(
      all: wantsAll || connection != nil, of: connection.map { [$0] })
    let text = try HTTPArchive(exchanges, SecretMask(isOff: keepsSecrets)).json()
    let file = try NewFile(path)
    try file.write(text)
    try file.finish()
    return .record(
      Record([
        "path": .string(path), "exchanges": .int(exchanges.count), "size": .size(ByteSize(bytes: Int64(text.count))),
        "forgotten": .int(recorder.droppedConnections),
      ]))
  }
  var ids = connection.map { [$0] } ?? (wantsAll ? recorder.connections : [])
  if ids.isEmpty { for step in recorder.lastSteps where !ids.contains(step.connection) { ids.append(step.connection) } }
  // Whole connections, and not only the steps of one exchange: without their handshakes nobody could read the rest.
  var frames = WireFrames(
    ids.compactMap { id in recorder.recording(of: id).map { (id, $0) } }, syns: machine.session.knownSYNs)
  guard !frames.isEmpty else {
    throw ValueError(
      "no-exchange", "nothing is remembered that went over a network",
      hint: "Unix sockets and probes have no frames; `wire` shows them", layer: .command)
  }
  var capture = try CaptureFile(path, keyLog: frames.secrets)
  try frames.each { frame, _ in
    try machine.checkpoint()
    try capture.write(frame)
  }
  try capture.finish()
  return .record(
    Record([
      "path": .string(path), "packets": .int(capture.packets),
      "connections": .list(frames.connections.map { .int($0) }),
      "not-kept": .size(ByteSize(bytes: Int64(frames.missing))), "not-framed": .list(frames.unframed.map { .int($0) }),
      "other-ends": .list(frames.mirrored.map { .int($0) }), "forgotten": .int(recorder.droppedConnections),
    ]))
}

/// A capture in pcapng on its way into a file, which only its owner may read if there are secrets in it.
struct CaptureFile {
  private let file: NewFile
  private var buffer: [UInt8]
  private(set) var packets = 0

  private static let comment = """
    Synthesised by nsh from what its own sockets sent and received. True are the bytes of the application or of TLS, addresses, ports and \
    times. Made up are the headers of Ethernet, IP, TCP and UDP around them: MAC addresses, sequence numbers, acknowledgements, windows, \
    and where segments begin; but not those of a SYN whose comment says that the kernel kept it.
    """

  init(_ path: String, keyLog: [UInt8]) throws(FileError) {
    file = try NewFile(path, mode: keyLog.isEmpty ? 0o666 : 0o600)
    buffer = PcapngBlock.section(comment: Self.comment, application: "nsh")
    buffer += PcapngBlock.interface(name: "nsh", description: "synthesised frames")
    if !keyLog.isEmpty { buffer += PcapngBlock.secrets(keyLog: keyLog) }
  }

  mutating func write(_ frame: SyntheticFrame) throws(FileError) {
    packets += 1
    buffer += PcapngBlock.packet(
      frame.bytes, length: frame.length, time: frame.time, isOutbound: frame.isOurs, comment: frame.comment)
    guard buffer.count > 262_144 else { return }
    try file.write(buffer)
    buffer = []
  }

  mutating func finish() throws(FileError) {
    try file.write(buffer)
    try file.finish()
  }
}
