import Clients
import Net
import Transport
import Wire

/// Gives a URL at an endpoint.
func url(_ endpoint: Endpoint, _ path: String = "/") throws -> URL { try URL("http://\(endpoint)\(path)") }

/// Fetches a URL whole.
func get(_ url: URL, _ context: NetworkContext) throws -> [UInt8] {
  try HTTPClient().start(HTTPCall("GET", url), context).readAll()
}

/// A peer that reads a request's head and then says these pieces, whatever was asked.
func webPeer(
  _ pieces: String..., then end: @escaping @Sendable (Connection, NetworkContext) throws -> Void = { _, _ in }
)
  throws -> Peer
{
  try Peer { connection, context in
    _ = try connection.recvUntil(bytes("\r\n\r\n"), context)
    for piece in pieces { try connection.send(bytes(piece), context) }
    try end(connection, context)
  }
}
