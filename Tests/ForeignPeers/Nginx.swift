import Glibc
import System
import TestSupport

/// A real nginx on loopback that serves a folder: below `/` with Content-Length, below `/chunked/` in chunks, or, to HTTP/1.0, until close.
final class Nginx {
  let folder: TemporaryFolder
  let port: UInt16
  private let process: Program

  init() throws {
    folder = try TemporaryFolder()
    port = try Self.freePort()
    try folder.write("nginx.conf", Array(Self.configuration(folder.path, port).utf8))
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

  private static func configuration(_ folder: String, _ port: UInt16) -> String {
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
      }
      """
  }

  /// Asks the kernel for a port that is free now.
  private static func freePort() throws -> UInt16 {
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
