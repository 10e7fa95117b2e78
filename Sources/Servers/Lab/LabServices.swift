import Net
import Transport
import Wire

/// What stands behind the doors of the lab: for each part, what is done with a datagram and with a connection.
struct LabServices: Sendable {
  let names: LabNames
  let state: LabState
  let mail: MailServer
  let files: FileServer

  /// Gives what serves a part; sins that all have in common are committed here.
  func behaviour(of part: LabPart) -> (take: LabDoors.Take, serve: LabDoors.Serve) {
    let (take, serve) = right(part)
    let state = state
    return (
      { datagram, socket, context in
        if state[part] != .silent { take(datagram, socket, context) }
      },
      { connection, context in
        switch state[part] {
        case .reset: connection.reset(context)
        case .silent:
          // What is said is heard, and never answered.
          while let bytes = try? connection.recv(context), !bytes.isEmpty {}
        default: serve(connection, context)
        }
      }
    )
  }

  private func right(_ part: LabPart) -> (take: LabDoors.Take, serve: LabDoors.Serve) {
    switch part.service {
    case .dns, .resolver:
      let (datagrams, streams) = names.conversations(of: part)
      return (
        { datagram, socket, context in
          guard let reply = datagrams.reply(to: datagram.data, from: datagram.from) else { return }
          try? socket.transmit(reply, to: datagram.from, context)
        }, { connection, context in streams.serve(connection, context) }
      )
    case .echo: return (Echo.take, Echo.serve)
    case .daytime: return (Daytime.take, Daytime.serve)
    // There is no mail and there are no files by datagrams, and the web has servers of its own.
    case .smtp: return ({ _, _, _ in }, { mail.serve($0, $1) })
    case .ftp: return ({ _, _, _ in }, { files.serve($0, $1) })
    case .http, .https: return ({ _, _, _ in }, { _, _ in })
    }
  }
}
