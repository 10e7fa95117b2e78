import Net
import Transport
import Wire

/// An HTTP/1.1 server inside this process that answers each request by a closure; connections are kept alive.
public final class HTTPServer: Sendable {
  public typealias Handler = @Sendable (HTTPRequest) -> ServedResponse

  private let server: TCPServer
  public var local: Endpoint { server.local }

  /// Starts to serve; port 0 lets the system choose.
  ///
  /// - Parameter maximumBody: bytes of a request's body; a longer one is answered by 413.
  public static func start(
    on endpoint: Endpoint, taps: [any Tap] = [], limits: Limits = Limits(), maximumBody: Int = 64 << 20,
    handler: @escaping Handler
  ) throws(TransportError) -> HTTPServer {
    HTTPServer(
      try TCPServer.start(on: endpoint, taps: taps, limits: limits) { connection, context in
        var serving = ServedConnection(connection, context, maximumBody: maximumBody, handler)
        serving.run()
      })
  }

  private init(_ server: TCPServer) { self.server = server }

  deinit { stop() }

  /// Stops serving and returns when all connections are closed.
  public func stop() { server.stop() }
}
