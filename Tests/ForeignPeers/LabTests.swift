import TestSupport
import Testing

/// The lab of the built program, as foreign clients see it.
struct LabTests {
  /// Starts a lab, runs a line of bash with `$web` as its address, and gives what it printed.
  private func withLab(_ line: String) throws -> String {
    // Each statement on standard input is run and flushed at once; the lab lives as long as its input stays open.
    let script = """
      coproc LAB { '\(Tree.nsh)' - ; }
      echo 'lab start | first | get "mapped to"' >&${LAB[1]}
      read -r web <&${LAB[0]}
      \(line)
      eval "exec ${LAB[1]}>&-"; wait $LAB_PID
      """
    return String(decoding: try Program("bash", "-c", script).finish().output, as: UTF8.self)
  }

  @Test(arguments: ["/rfc", "/chunked/rfc", "/close/rfc"]) func curlGetsEveryDocument(folder: String) throws {
    let got = try withLab("curl --silent --noproxy '*' http://$web\(folder)/rfc9999.txt")
    let document = try Tree.read(Tree.root + "/share/nsh/lab/rfc/rfc9999.txt")
    #expect(got == document, "\(got.utf8.count) bytes came")
  }

  /// Each topic of `lab.py`: curl, dig, openssl, ss, socat and Python's own clients beside nsh.
  @Test(arguments: [
    "web", "certificates", "names", "lookups", "authority", "mail", "files", "small", "bounds", "confined", "beside",
    "leaks", "tab",
  ])
  func foreignClientsSeeWhatItClaims(topic: String) throws {
    let program = try Program("/usr/bin/python3", Tree.root + "/Tests/ForeignPeers/Lab/lab.py", Tree.nsh, topic)
    #expect(String(decoding: try program.finish().output, as: UTF8.self) == "ok\n")
  }

  @Test func pythonSeesTheFraming() throws {
    let python = """
      import http.client, sys
      for folder in ("", "/chunked", "/close"):
          c = http.client.HTTPConnection(sys.argv[1])
          c.request("GET", folder + "/rfc/rfc9997.txt")
          r = c.getresponse()
          print(r.status, r.getheader("Content-Length"), r.getheader("Transfer-Encoding"), r.will_close, len(r.read()))
      """
    let seen = try withLab("python3 -c '\(python)' $web")
    #expect(seen == "200 1453 None False 1453\n200 None chunked False 1453\n200 None None True 1453\n")
  }
}
