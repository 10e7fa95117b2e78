import Net
import Transport

/// A file server by FTP, in passive mode alone: each list or file goes over a connection of its own.
struct FileServer: Sendable {
  let files: [String: [UInt8]]
  private static let turnLimit = 10_000
  private static let patience: Int64 = 300_000_000_000
  /// How long the client may take to come for its data.
  private static let dataPatience: Int64 = 10_000_000_000

  func serve(_ connection: Connection, _ context: NetworkContext) {
    let context = context.within(.after(nanoseconds: FileServer.patience))
    connection.sendAtOnce()
    var session = Session(connection: connection, context: context)
    var dialogue = FTPDialogue(files: files)
    defer { session.listener?.close(context) }
    do throws(TransportError) {
      try session.say([FTPDialogue.greeting])
      for _ in 0..<FileServer.turnLimit {
        guard let line = try connection.recvLine(max: FTPDialogue.lineLimit, context) else { return }
        let turn = dialogue.take(line)
        try session.say(turn.reply)
        switch turn.task {
        case .listen(let isExtended): try session.listen(isExtended: isExtended)
        case .transfer(let bytes): try session.transfer(bytes)
        case .quit: return
        case nil: continue
        }
      }
    } catch {
      if case .tooLong = error.reason { try? session.say(["500 line too long"]) }
    }
  }

  /// The connection of the commands, and where that of the next data is awaited.
  private struct Session {
    let connection: Connection
    let context: NetworkContext
    var listener: Listener?

    func say(_ lines: [String]) throws(TransportError) {
      guard !lines.isEmpty else { return }
      try connection.send(Array(lines.map { $0 + "\r\n" }.joined().utf8), context)
    }

    /// Listens at the address that the client reached us at.
    mutating func listen(isExtended: Bool) throws(TransportError) {
      listener?.close(context)
      listener = nil
      guard let address = connection.local.endpoint?.address,
        let made = try? Listener.listen(tcp: Endpoint(address: address, port: 0), context),
        let port = made.local.endpoint?.port
      else { return try say(["425 no port is free"]) }
      listener = made
      if isExtended { return try say(["229 come here (|||\(port)|)"]) }
      let numbers = "\(address)".split(separator: ".").joined(separator: ",")
      try say(["227 come here (\(numbers),\(port >> 8),\(port & 0xFF))"])
    }

    mutating func transfer(_ bytes: [UInt8]) throws(TransportError) {
      guard let listener else { return try say(["425 PASV or EPSV comes first"]) }
      self.listener = nil
      defer { listener.close(context) }
      try say(["150 here it comes"])
      do throws(TransportError) {
        let data = try listener.accept(context.within(.after(nanoseconds: FileServer.dataPatience)))
        defer { data.close(context) }
        // Nobody else may take what was asked for here.
        guard data.remote.endpoint?.address == connection.remote.endpoint?.address else {
          data.reset(context)
          return try say(["425 somebody else came"])
        }
        if !bytes.isEmpty { try data.send(bytes, context) }
        try data.shutdownWrite(context)
      } catch {
        return try say(["426 the connection of the data broke off"])
      }
      try say(["226 that was all"])
    }
  }
}
