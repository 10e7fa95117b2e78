import Interpreter
import Net
import Transport
import Wire

let layers = Command(
  "layers",
  "Shows the last message layer by layer: the application's bytes in TLS, in segments, in packets, in frames, every header field by field.",
  Parameter<Int?>.optional("exchange", "of the exchange with this number, instead of the last"),
  Parameter<Int?>.option("connection", "of the connection with this id"),
  Parameter<Bool>.flag("sent", "the last message that was sent, and not what came"),
  Parameter<Bool>.flag("all", "every frame field by field, and not only the first"),
  Parameter<Bool>.flag("text", "as text, as people see it"),
  Parameter<Int?>.option("width", "the columns of the text, if not those of the window"), gives: .any,
  examples: [
    Example(
      "let s = udp bind 127.0.0.1:0; let c = udp connect $s.local; send $c hello; layers --connection $c.id | get message | from utf8",
      "hello"),
    Example(
      "let l = tcp listen :0; let c = tcp connect $l.local; send $c hello; "
        + "(layers --connection $c.id).frames | get tcp | select flags sequence | to json",
      "[{\"flags\":[\"ACK\",\"PSH\"],\"sequence\":1000001}]"),
    Example(
      "http get http://www.rfc.test/rfc/rfc2324.txt | get status; layers --text | lines | first 5", needsLab: true),
  ]
) { machine, exchange, connection, wantsSent, wantsAll, wantsText, width in
  let recorder = machine.network.recorder
  var ids = connection.map { [$0] } ?? []
  if ids.isEmpty {
    let steps = exchange.map { recorder.steps(ofExchange: $0) } ?? recorder.lastSteps
    for step in steps.reversed() where !ids.contains(step.connection) { ids.append(step.connection) }
  }
  for id in ids {
    guard let recording = recorder.recording(of: id),
      let message = LastMessage(
        id, recording,
        where: { step in
          (exchange.map { $0 == step.exchange } ?? true) && (!wantsSent || step.kind == .send || step.kind == .seal)
        })
    else { continue }
    let cake = LayerCake(message, recording, syns: machine.session.knownSYNs)
    let columns = drawingWidth(width, machine)
    if wantsText { return .string(cake.text(width: columns, showsAll: wantsAll)) }
    return .record(
      Record(pairs: try cake.pairs(), face: { [.string(cake.text(width: columns, showsAll: wantsAll))] }))
  }
  throw ValueError(
    "no-exchange", "no message is remembered of that", hint: "`wire` shows what is; `wire keep` says how much of it",
    layer: .command)
}

/// A message with everything that was around it on its way.
struct LayerCake {
  private let message: LastMessage
  private let frames: [SyntheticFrame]
  private let records: [(record: TLSRecord, at: Int)]
  /// The packet that opened the connection, where the kernel kept it, and its bytes.
  private let syn: Packet?
  private let synBytes: [UInt8]

  /// Of how many frames a script gets the packets.
  private static let mostPackets = 64

  init(_ message: LastMessage, _ recording: Recording, syns: [ConversationEnds: Packet] = [:]) {
    self.message = message
    var told = WireFrames([(message.connection, recording)], syns: syns)
    var frames: [SyntheticFrame] = []
    var opening: SyntheticFrame?
    let hasSYN = told.hasSYN
    told.each { frame, step in
      if hasSYN, opening == nil { opening = frame }
      // Of its steps those frames that carry it, and not their acknowledgements.
      if message.steps.contains(step), frame.isOurs == message.isOurs { frames.append(frame) }
    }
    self.frames = frames
    syn = opening.flatMap { try? Packet(parsing: $0.bytes.dropFirst(14), from: .ip) }
    synBytes = opening.map { Array($0.bytes.dropFirst(14)) } ?? []
    var reader = TLSRecordReader()
    reader.receive(message.sealed ?? [])
    var records: [(record: TLSRecord, at: Int)] = []
    var place = 0
    while let record = try? reader.next() {
      records.append((record, place))
      place += 5 + record.payload.count
    }
    self.records = records
  }

  // MARK: For scripts

  func pairs() throws -> [(String, Value)] {
    let packets = try frames.prefix(Self.mostPackets).map { frame in
      let record = PacketValues.record(of: try Packet(parsing: frame.bytes[...], from: .ethernet), frame.bytes)
      return Value.record(
        record.setting("time", to: .time(Timestamp(nanoseconds: frame.time))).setting(
          "comment", to: frame.comment.map { .string($0) } ?? .null))
    }
    let records = records.map { record, place in
      Value.record(
        Record([
          "type": .string(Self.name(record.content)), "version": .string("\(record.version)"),
          "length": .int(record.payload.count), "at": .int(place),
        ]))
    }
    return [
      ("connection", .int(message.connection)), ("sent", .bool(message.isOurs)), ("title", .string(message.title)),
      ("message", .bytes(message.data)), ("not-kept", .int(message.missing)), ("records", .list(records)),
      ("frame-count", .int(frames.count)), ("synthesised", .bool(true)), ("frames", .list(packets)),
      ("syn", syn.map { .record(PacketValues.record(of: $0, synBytes)) } ?? .null),
    ]
  }

  private static func name(_ content: TLSRecord.Content) -> String {
    switch content {
    case .changeCipherSpec: "change_cipher_spec"
    case .alert: "alert"
    case .handshake: "handshake"
    case .applicationData: "application_data"
    case .heartbeat: "heartbeat"
    }
  }

  // MARK: For people

  func text(width: Int, showsAll: Bool) -> String {
    var lines = summary + [""]
    lines += PacketText.wrap("The application's bytes\(message.title.isEmpty ? "" : ", \(message.title)")", width)
    lines += PacketText.dump(message.data[...], rows: 8)
    if message.missing > 0 { lines.append("! \(message.missing) bytes were not kept (`wire keep all` keeps them)") }
    lines += recordLines
    for (index, frame) in frames.enumerated() {
      guard index == 0 || showsAll else { break }
      lines += [
        "", "Frame \(index + 1) of \(frames.count), \(counted(frame.length, "byte")), made up around true bytes",
      ]
      if let comment = frame.comment { lines += PacketText.wrap(comment, width - 2).map { "  " + $0 } }
      guard let packet = try? Packet(parsing: frame.bytes[...], from: .ethernet) else { continue }
      lines += PacketText(packet, frame.bytes, width: width, dataRows: 4).lines
    }
    if let syn {
      lines +=
        [""]
        + PacketText.wrap(
          "The SYN that opened the connection, true as the kernel kept it (TCP_SAVED_SYN): from its number, \(sequence(of: syn)), "
            + "that side's sequence numbers count on", width)
      lines += PacketText(syn, synBytes, width: width, dataRows: 4).lines
    }
    if !showsAll, frames.count > 1 {
      lines += ["", "The other frames (`layers --all` shows them like the first)"]
      lines += frames.enumerated().dropFirst().prefix(8).map(row)
      if frames.count > 9 { lines.append("  … \(frames.count - 9) more …") }
    }
    return lines.joined(separator: "\n")
  }

  /// The layers from the inside out, a line each.
  private var summary: [String] {
    let way = message.isOurs ? "sent" : "received"
    var lines = ["\(counted(message.count, "byte")) \(way) on connection \(message.connection)"]
    if let sealed = message.sealed {
      lines.append(
        "  in \(counted(records.count, "record")) of TLS, \(counted(sealed.count, "byte")) with headers and seals")
    }
    guard let first = frames.first, let packet = try? Packet(parsing: first.bytes[...], from: .ethernet),
      let (source, destination) = packet.addresses
    else { return lines + ["  not over a network that has packets"] }
    switch packet.transport {
    case .tcp(let header)?:
      lines.append(
        "  in \(counted(frames.count, "segment")) of TCP, port \(header.sourcePort) to \(header.destinationPort)")
    case .udp(let header)?:
      lines.append("  in a datagram of UDP, port \(header.sourcePort) to \(header.destinationPort)")
    default: break
    }
    lines.append("  in \(counted(frames.count, "packet")) of IPv\(source.version), \(source) to \(destination)")
    let total = frames.reduce(0) { $0 + $1.length }
    return lines + ["  in \(counted(frames.count, "frame")) of Ethernet, \(counted(total, "byte")) in all"]
  }

  private var recordLines: [String] {
    guard message.sealed != nil else { return [] }
    var lines = ["", "The records of TLS around them (RFC 8446 §5.1): type, version, length"]
    for (record, place) in records.prefix(8) {
      let head = [
        UInt8(record.content.rawValue), UInt8(record.version.number >> 8 & 0xFF), UInt8(record.version.number & 0xFF),
      ]
      let length = [UInt8(record.payload.count >> 8 & 0xFF), UInt8(record.payload.count & 0xFF)]
      let shown = (head + length + record.payload.prefix(3)).map { Hexdump([$0])[0].hex }.joined(separator: " ")
      lines.append("  at \(place): \(shown) …  \(Self.name(record.content)), \(counted(record.payload.count, "byte"))")
    }
    if records.count > 8 { lines.append("  … \(records.count - 8) more …") }
    return lines
  }

  private func sequence(of syn: Packet) -> String {
    if case .tcp(let header)? = syn.transport { "\(header.sequence)" } else { "" }
  }

  private func row(_ index: Int, _ frame: SyntheticFrame) -> String {
    var line = "  \(index + 1): \(counted(frame.length, "byte"))"
    guard let packet = try? Packet(parsing: frame.bytes[...], from: .ethernet) else { return line }
    if case .tcp(let header)? = packet.transport {
      line +=
        ", sequence \(header.sequence), \(header.flags.joined(separator: " ")), \(counted(packet.data.count, "byte")) of data"
    } else if packet.isFragment {
      line += ", a further fragment"
    }
    return line
  }
}
