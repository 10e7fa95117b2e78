import Net
import Transport

/// A small internet inside this process: a web server on loopback and the names that lead to it.
public final class Lab: Sendable {
  private let server: HTTPServer
  /// What the session's `NameMap` needs: the endpoints of the lab's names and where each really is.
  public let map: [(from: Endpoint, to: Endpoint)]
  /// The documents served, by file name.
  public let documents: Documents

  /// Where the web server really listens.
  public var web: Endpoint { server.local }

  /// Starts the lab with the text documents of a folder, `rfc2324.txt` and so on, as `http://www.rfc.test/rfc/…`.
  ///
  /// Errors: `DocumentsError` for the folder, `TransportError` for the listener.
  public static func start(documents folder: String) throws -> Lab {
    let documents = try Documents(folder: folder)
    let site = DocumentSite(documents: documents)
    let loopback = Endpoint(host: .any, port: 0)
    return Lab(try HTTPServer.start(on: loopback) { site.answer($0) }, documents)
  }

  private init(_ server: HTTPServer, _ documents: Documents) {
    self.server = server
    self.documents = documents
    let names = ["www.rfc.test", "rfc.test"]
    map = names.map { (from: Endpoint(host: .name($0), port: 80), to: server.local) }
  }

  /// Stops the servers; returns when their threads are gone.
  public func stop() { server.stop() }
}
