import Glibc
import System
import TestSupport

/// A real nginx on loopback that serves a folder: below `/` with Content-Length, below `/chunked/` in chunks, or, to HTTP/1.0, until close.
/// With certificates it serves the same by TLS, as `good` to who asks for www.example.test and as `address` to others.
final class Nginx {
  let folder: TemporaryFolder
  let port: UInt16
  /// Where it speaks TLS, if it does.
  let securePort: UInt16
  private let process: Program

  /// - Parameter certificates: the folder that Tests/Certificates/make.py made.
  init(certificates: String? = nil) throws {
    folder = try TemporaryFolder()
    port = try Self.freePort()
    let (root, second) = (folder.path, try Self.freePort())
    securePort = second
    let secure = certificates.map { Self.secure(root, second, $0) } ?? ""
    try folder.write("nginx.conf", Array(Self.configuration(folder.path, port, secure).utf8))
    try folder.write("rfc2324.txt", Array(Tree.read(Tree.root + "/share/nsh/lab/rfc/rfc2324.txt").utf8))
    process = try Program("env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "nginx", "-p", folder.path, "-c", "nginx.conf")
    try waitUntilReady()
  }

  /// Stops nginx and its worker; without it the worker would outlive the test.
  func stop() throws {
    _ = try Program(
      "env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "nginx", "-p", folder.path, "-c", "nginx.conf", "-s", "stop"
    ).finish()
    _ = try process.finish()
  }

  /// Two servers behind one port; the first serves those who ask for no name that it knows.
  private static func secure(_ folder: String, _ port: UInt16, _ certificates: String) -> String {
    let facts = "$ssl_protocol $ssl_server_name $ssl_session_reused $ssl_client_verify $ssl_client_s_dn"
    return [("_", "address"), ("www.example.test", "good")].map { name, leaf in
      """
      server {
        listen 127.0.0.1:\(port) ssl; server_name \(name); root \(folder);
        ssl_certificate \(certificates)/\(leaf).pem; ssl_certificate_key \(certificates)/\(leaf).key;
        ssl_client_certificate \(certificates)/ca.pem; ssl_verify_client optional; ssl_verify_depth 3;
        ssl_protocols TLSv1.2 TLSv1.3; ssl_session_cache shared:tls:1m; ssl_session_tickets on;
        location = /facts { return 200 "\(facts)"; }
      }
      """
    }.joined(separator: "\n")
  }

  private static func configuration(_ folder: String, _ port: UInt16, _ secure: String) -> String {
    // As root, the worker would be a user who cannot read the folder.
    let user = geteuid() == 0 ? "user root;" : ""
    let scratch = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder)/\($0);" }
    return """
      daemon off; \(user) worker_processes 1; pid \(folder)/pid; error_log \(folder)/error.log;
      events {}
      http {
        access_log off; sendfile on; default_type text/plain; \(scratch.joined(separator: " "))
        server {
          listen 127.0.0.1:\(port); root \(folder);
          location /chunked/ { alias \(folder)/; ssi on; ssi_types *; }
        }
        \(secure)
      }
      """
  }

  /// Asks the kernel for a port that is free now.
  static func freePort() throws -> UInt16 {
    let output = try Program(
      "python3", "-c", "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
    ).finish().output
    guard let port = UInt16(String(decoding: output.dropLast(), as: UTF8.self)) else {
      throw SystemCallError(call: "bind", errno: EADDRNOTAVAIL)
    }
    return port
  }

  private func waitUntilReady() throws {
    let status = try Program(
      "curl", "--silent", "--output", "/dev/null", "--noproxy", "*", "--retry", "50", "--retry-delay", "0",
      "--retry-max-time", "10", "--retry-connrefused", "http://127.0.0.1:\(port)/rfc2324.txt"
    ).finish().status
    guard status == 0 else { throw SystemCallError(call: "connect", errno: ECONNREFUSED) }
  }
}
