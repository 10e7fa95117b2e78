import Glibc
import System
import TestSupport

/// Servers of DNS over TLS and over HTTPS before a plain one: Unbound, and nginx with a small web server behind it; and one that
/// speaks TCP alone.
final class EncryptedServers {
  /// Where they listen, and the certificate of both: for `dns.test` and for their address.
  struct Places: Sendable {
    var address = ""
    var tls: UInt16 = 0
    var https: UInt16 = 0
    var certificate = ""
  }

  @TaskLocal static var current = Places()

  private(set) var places = Places()
  private var programs: [Program] = []

  init(before server: String, _ port: UInt16, _ folder: TemporaryFolder) throws {
    places.address = "\(KnotTree.network).53"
    places.certificate = "\(folder.path)/server.crt"
    let names = "subjectAltName=DNS:dns.test,IP:\(places.address)"
    let (_, status) = try Program([
      "sh", "-c", "exec \"$@\" 2>/dev/null", "sh", "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
      "ec_paramgen_curve:P-256", "-nodes", "-subj",
      "/CN=dns.test",
      "-keyout", "\(folder.path)/server.key", "-out", places.certificate, "-addext", names,
    ]).finish()
    guard status == 0 else { throw SystemCallError(call: "openssl", errno: EIO) }
    let upstream = try Program("python3", "-c", Self.web, server, String(port))
    let web = try upstream.line()
    programs = [
      upstream, try Program("/usr/bin/python3", "-c", Self.streamOnly, "\(KnotTree.network).13", String(port)),
    ]
    guard try programs[1].line() == "ready" else { throw SystemCallError(call: "bind", errno: EADDRINUSE) }
    places.tls = KnotTree.anyPort
    try folder.write("unbound.conf", Array(unbound(server, port, folder).utf8))
    programs.append(
      try Program("env", "PATH=/usr/sbin:/usr/bin", "unbound", "-d", "-p", "-c", folder.path + "/unbound.conf"))
    places.https = KnotTree.anyPort
    try folder.write("nginx.conf", Array(nginx(web, folder).utf8))
    programs.append(
      try Program(
        "env", "PATH=/usr/sbin:/usr/bin", "nginx", "-p", folder.path, "-e", folder.path + "/error", "-c",
        folder.path + "/nginx.conf", "-g", "daemon off;"))
    for (index, port) in [(2, places.tls), (3, places.https)] {
      try wait(port, programs[index])
    }
  }

  private func wait(_ port: UInt16, _ program: Program) throws {
    let end = time(nil) + 120
    while program.isRunning, time(nil) < end {
      let (_, status) = try Program(
        "python3", "-c",
        "import socket, sys; sys.exit(socket.socket().connect_ex((sys.argv[1], int(sys.argv[2]))) != 0)",
        places.address, String(port)
      ).finish()
      if status == 0 { return }
      usleep(200_000)
    }
    throw SystemCallError(call: "connect", errno: ECONNREFUSED)
  }

  private func unbound(_ server: String, _ port: UInt16, _ folder: TemporaryFolder) -> String {
    """
    server:
      interface: \(places.address)@\(places.tls)
      tls-port: \(places.tls)
      tls-service-key: "\(folder.path)/server.key"
      tls-service-pem: "\(places.certificate)"
      access-control: 127.0.0.0/8 allow
      username: ""
      chroot: ""
      directory: "\(folder.path)"
      pidfile: ""
      use-syslog: no
      logfile: "\(folder.path)/unbound.log"
      do-daemonize: no
      do-not-query-localhost: no
      module-config: "iterator"
      local-zone: "test." nodefault
    remote-control:
      control-enable: no
    stub-zone:
      name: "example.test."
      stub-addr: \(server)@\(port)

    """
  }

  private func nginx(_ web: String, _ folder: TemporaryFolder) -> String {
    """
    pid \(folder.path)/nginx.pid;
    events {}
    http {
      access_log off;
      client_body_temp_path \(folder.path)/body; proxy_temp_path \(folder.path)/proxy;
      fastcgi_temp_path \(folder.path)/fastcgi; uwsgi_temp_path \(folder.path)/uwsgi; scgi_temp_path \(folder.path)/scgi;
      server {
        listen \(places.address):\(places.https) ssl http2;
        ssl_certificate \(places.certificate);
        ssl_certificate_key \(folder.path)/server.key;
        location / { proxy_pass http://127.0.0.1:\(web); }
      }
    }

    """
  }

  /// DNS over HTTP without TLS: GET and POST (RFC 8484 §4.1), each asked of the server in `argv` over TCP. `/wrong` gives what is no
  /// answer, `/refuse` no 200.
  private static let web = """
    import base64, http.server, socket, sys, urllib.parse
    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *words): pass
        def reply(self, query):
            if self.path.startswith('/refuse'): return self.send_error(403)
            with socket.create_connection((sys.argv[1], int(sys.argv[2])), 60) as s:
                s.sendall(len(query).to_bytes(2, 'big') + query)
                stream = s.makefile('rb')
                answer = stream.read(int.from_bytes(stream.read(2), 'big'))
            self.send_response(200)
            wrong = self.path.startswith('/wrong')
            self.send_header('Content-Type', 'text/html' if wrong else 'application/dns-message')
            self.send_header('Content-Length', str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        def do_GET(self):
            text = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)['dns'][0]
            self.reply(base64.urlsafe_b64decode(text + '=' * (-len(text) % 4)))
        def do_POST(self):
            assert self.headers['Content-Type'] == 'application/dns-message'
            self.reply(self.rfile.read(int(self.headers['Content-Length'])))
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
    """

  /// A name server of stream.test. that nobody reaches over UDP.
  private static let streamOnly = """
    import dns.flags, dns.message, dns.rrset, socket, sys
    s = socket.create_server((sys.argv[1], int(sys.argv[2])))
    print('ready', flush=True)
    while True:
        c, _ = s.accept()
        c.settimeout(30)
        try:
            stream = c.makefile('rb')
            query = dns.message.from_wire(stream.read(int.from_bytes(stream.read(2), 'big')))
            reply = dns.message.make_response(query)
            reply.flags |= dns.flags.AA
            reply.answer.append(dns.rrset.from_text(query.question[0].name, 60, 'IN', 'A', '192.0.2.77'))
            wire = reply.to_wire()
            c.sendall(len(wire).to_bytes(2, 'big') + wire)
        except Exception: pass
        c.close()
    """
}
