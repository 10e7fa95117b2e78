import Interpreter
import Net
import Servers
import Synchronization
import Transport

/// A web server as a value of the language.
final class OpenWebServer: Resource {
  private let listener: Listener
  private let server: HTTPServer
  private let tls: ServerTLS?
  private let ended = Atomic<Bool>(false)

  init(_ listener: Listener, _ server: HTTPServer, _ tls: ServerTLS?) {
    self.listener = listener
    self.server = server
    self.tls = tls
  }

  var type: TypeName { .listener }

  /// Where a browser of this machine finds it.
  var address: String {
    let open = server.local.address.map { $0.isUnspecified } ?? false
    let place = open ? "localhost:\(server.local.port)" : "\(server.local)"
    return "\(tls == nil ? "http" : "https")://\(place)/"
  }

  var fields: Record {
    let isEnded = ended.load(ordering: .relaxed)
    let pairs = listener.fields(state: isEnded ? "closed" : "serving", tls)
    return Record(
      pairs: pairs + [
        ("url", .string(address)), ("connections", .int(isEnded ? 0 : server.connections)),
        ("requests", .int(server.requests)),
      ])
  }

  func close() {
    guard !ended.exchange(true, ordering: .relaxed) else { return }
    server.stop()
  }
}
