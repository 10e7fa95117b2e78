import Glibc
import Net
import System

extension Connection {
  /// Connects to a Unix socket: a path, or `@` and a name in the abstract namespace (unix(7)).
  ///
  /// A datagram socket gets a name of its own, so that it can be answered: `source`, or one that the system makes.
  /// Errors: `ENOENT`, `ECONNREFUSED`, `EPROTOTYPE` (the other kind of socket), `timeout`, `interrupted`.
  public static func connect(
    unix path: String, isDatagram: Bool = false, from source: String? = nil, _ context: NetworkContext
  ) throws(TransportError) -> Connection {
    let connection = try socket(.unix, isDatagram: isDatagram, context)
    do throws(TransportError) {
      if let source {
        try connection.bind(to: .unix(source), context)
      } else if isDatagram {
        try connection.bind(to: .unnamed, context)
      }
      try connection.connect(to: .unix(path), context)
      return connection
    } catch {
      connection.close(context)
      throw error
    }
  }
}

extension Listener {
  /// Listens on a Unix socket: a path, which its closing removes, or `@` and a name in the abstract namespace (unix(7)).
  ///
  /// A path where a listener died without removing it is taken over; one where somebody listens is `EADDRINUSE`.
  public static func listen(
    unix path: String, backlog: Int32 = 1_024, _ context: NetworkContext
  ) throws(TransportError) -> Listener {
    let socket = try Connection.socket(.unix, context)
    do throws(TransportError) {
      try socket.bind(to: .unix(path), context)
    } catch {
      guard error.code == "EADDRINUSE", Listener.isAbandoned(path) else {
        socket.close(context)
        throw TransportError(layer: .unix, .listen(on: .unix(path)), error.reason)
      }
      unlink(path)
      try socket.bind(to: .unix(path), context)
    }
    try socket.listen(backlog: backlog, context)
    let file = path.hasPrefix("@") ? nil : SocketFile(path)
    return Listener(id: socket.id, transport: .unix, first: (socket.descriptor, socket.local), file: file)
  }

  /// Tells whether a path is a socket on which nobody listens any more.
  private static func isAbandoned(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return false }
    do throws(SystemCallError) {
      try Descriptor.socket(family: AF_UNIX).connect(SocketAddress(unix: path))
      return false
    } catch {
      return error.errno == ECONNREFUSED
    }
  }
}

/// The file that bind(2) made of a path, to be removed only while it is still the same one.
struct SocketFile: Sendable {
  private let path: String
  private let device: dev_t
  private let number: ino_t

  init?(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    self.path = path
    device = status.st_dev
    number = status.st_ino
  }

  func remove() {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_dev == device, status.st_ino == number else { return }
    unlink(path)
  }
}
