import TestSupport

/// A server of Python's that tells what it was sent, for what is walked step by step.
final class StepPeer {
  let port: String
  private let program: Program

  private init(_ program: Program) throws {
    self.program = program
    port = try program.line()
  }

  /// What the line of keys begins with.
  static let keys = "Enter run"

  /// Starts a script of its own on a terminal.
  static func walk(
    _ script: String, _ options: String..., in folder: Folder, columns: UInt16 = 100
  ) throws -> Terminal {
    try folder.write("walk.nsh", script)
    return try Terminal(
      words: ["nsh"] + options + ["\(folder.path)/walk.nsh"], columns: columns, environment: Child.environment)
  }

  /// The next line that it prints.
  func line() throws -> String { try program.line(seconds: 20) }

  /// Answers each GET with three chunks, one of which would colour a terminal, and prints its path.
  static func chunks(certificate: String? = nil) throws -> StepPeer {
    let program = try Program(
      "python3", "-u", "-c",
      """
      import http.server, ssl, sys
      class Handler(http.server.BaseHTTPRequestHandler):
          protocol_version = "HTTP/1.1"
          def do_GET(self):
              print(self.path, flush=True)
              self.send_response(200)
              self.send_header("Transfer-Encoding", "chunked")
              self.end_headers()
              for piece in (b"first\\n", b"\\x1b[31msecond\\n", b"third\\n"):
                  self.wfile.write(b"%x\\r\\n%s\\r\\n" % (len(piece), piece))
              self.wfile.write(b"0\\r\\n\\r\\n")
          def log_message(self, *words): pass
      server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
      if sys.argv[1]:
          context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
          context.load_cert_chain(sys.argv[1])
          server.socket = context.wrap_socket(server.socket, server_side=True)
      print(server.server_address[1], flush=True)
      server.serve_forever()
      """, certificate ?? "")
    return try StepPeer(program)
  }

  /// Prints each datagram, or what comes at a time on each connection, in hexadecimal, and answers `ok`.
  static func bytes(isDatagram: Bool = false) throws -> StepPeer {
    let program = try Program(
      "python3", "-u", "-c",
      """
      import socketserver
      class Datagram(socketserver.BaseRequestHandler):
          def handle(self):
              print(self.request[0].hex(), flush=True)
              self.request[1].sendto(b"ok\\n", self.client_address)
      class Stream(socketserver.BaseRequestHandler):
          def handle(self):
              while True:
                  data = self.request.recv(65536)
                  print(data.hex() or "end", flush=True)
                  if not data: return
                  self.request.sendall(b"ok\\n")
      Server, Handler = (socketserver.ThreadingUDPServer, Datagram) if \(isDatagram ? "True" : "False") else (socketserver.ThreadingTCPServer, Stream)
      server = Server(("127.0.0.1", 0), Handler)
      print(server.server_address[1], flush=True)
      server.serve_forever()
      """)
    return try StepPeer(program)
  }
}
