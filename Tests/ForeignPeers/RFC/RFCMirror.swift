import Glibc
import System
import TestSupport

/// An nginx on loopback, by TLS, as a mirror of RFCs: the documents of Tests/RFC/mirror below `/rfc/`.
///
/// Files in its folder change how it behaves: with `portal` there, everything is answered with a page of HTML; with `login`, by a redirect to another
/// host; with `broken`, by 503.
final class RFCMirror {
  let folder: TemporaryFolder
  let port: UInt16
  private let process: Program

  /// Where the documents are.
  var base: String { "https://localhost:\(port)/rfc/" }
  /// The authority to believe.
  var authority: String { "\(folder.path)/server.crt" }

  init() throws {
    folder = try TemporaryFolder()
    port = try Nginx.freePort()
    let root = folder.path
    let make = """
      cd '\(root)' && cp -r '\(Tree.root)/Tests/RFC/mirror' rfc && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
      -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout server.key -out server.crt -days 30 2>error
      """
    guard try Program("bash", "-c", make).finish(seconds: 60).status == 0 else {
      throw SystemCallError(call: "openssl", errno: EINVAL)
    }
    try folder.write("nginx.conf", Array(Self.configuration(root, port).utf8))
    process = try Program("env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "nginx", "-p", root, "-c", "nginx.conf")
    let ready = try Program(
      "curl", "--silent", "--output", "/dev/null", "--noproxy", "*", "--insecure", "--retry", "100", "--retry-delay",
      "0",
      "--retry-max-time", "30", "--retry-connrefused", "https://localhost:\(port)/ready"
    ).finish(seconds: 60)
    guard ready.status == 0 else { throw SystemCallError(call: "connect", errno: ECONNREFUSED) }
  }

  /// Gives a mirror to a test and stops it afterwards.
  static func with(_ body: (RFCMirror) throws -> Void) throws {
    let mirror = try RFCMirror()
    defer { try? mirror.stop() }
    try body(mirror)
  }

  /// Runs lines of bash in the mirror's folder, with `nsh` as a function of a text, `$on` (the options of the mirror), `cached` to find
  /// what is kept, and a cache of its own.
  func bash(_ line: String) throws -> (output: String, status: Int32) {
    let path = folder.path
    let result = try Program(
      "bash", "-o", "pipefail", "-c",
      """
      cd '\(path)' || exit; export XDG_CACHE_HOME='\(path)/cache' HOME='\(path)'; unset RFC_DIR NSH_RFC_BASE
      nsh() { timeout -s KILL 60 '\(Tree.nsh)' -c "$1"; }
      on='--base \(base) --ca \(authority)'
      cached() { find cache -path "*%2frfc/$1"; }
      \(line)
      """
    ).finish(seconds: 300)
    return (String(decoding: result.output, as: UTF8.self), result.status)
  }

  /// Stops nginx and its worker; without it the worker would outlive the test.
  func stop() throws {
    _ = try Program(
      "env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "nginx", "-p", folder.path, "-c", "nginx.conf", "-s", "stop"
    ).finish(seconds: 60)
    _ = try process.finish(seconds: 60)
  }

  /// The statuses and paths of the requests for documents so far, one a line.
  var log: String { (try? Tree.read("\(folder.path)/access.log")) ?? "" }

  /// The page of a captive portal, longer than what is looked at.
  private static let page = "<!DOCTYPE html><html><title>Welcome to the hotel</title></html>"

  private static func configuration(_ root: String, _ port: UInt16) -> String {
    // As root, the worker would be a user who cannot read the folder.
    let user = geteuid() == 0 ? "user root;" : ""
    let scratch = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(root)/\($0);" }
    return """
      daemon off; \(user) worker_processes 1; pid \(root)/pid; error_log \(root)/error.log;
      events {}
      http {
        log_format short '$status $request_uri'; default_type text/plain; \(scratch.joined(separator: " "))
        server {
          listen 127.0.0.1:\(port) ssl; server_name localhost; root \(root);
          ssl_certificate \(root)/server.crt; ssl_certificate_key \(root)/server.key;
          access_log off;
          location = /ready { return 204; }
          location /rfc/ {
            access_log \(root)/access.log short;
            if (-e \(root)/portal) { return 200 '\(page)'; }
            if (-e \(root)/login) { return 302 http://login.hotel.test/; }
            if (-e \(root)/broken) { return 503; }
          }
          location /moved/ { rewrite ^/moved/(.*)$ /rfc/$1 redirect; }
          location /html/ { alias \(root)/rfc/; types { text/html txt; } }
          location /round/ { return 302 $request_uri; }
          location /above/rfc/ { alias \(root)/above/; }
          location = /above/rfc-index.xml { alias \(root)/rfc/rfc-index.xml; }
        }
      }
      """
  }
}
