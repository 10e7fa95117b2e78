import TestSupport
import Testing

/// `http serve` of the built program, as curl, wrk, Python's http.client, nc, raw sockets and Chromium see it; what each asks
/// stands in peers.py. One after the other, since each works both cores hard.
@Suite(.serialized) struct WebServerTests {
  @Test(arguments: [
    "files", "escapes", "ranges", "conditions", "functions", "pipelining", "broken", "limits", "idle", "large", "tls",
    "wrk", "browser",
  ])
  func foreignClientsGetWhatTheyShould(test: String) throws {
    let script = "\(Tree.root)/Tests/ForeignPeers/Web/peers.py"
    let command = "exec timeout -s KILL 400 python3 '\(script)' '\(Tree.nsh)' \(test) 2>&1"
    let (output, status) = try Program("bash", "-c", command).finish()
    #expect(status == 0, "\(String(decoding: output.suffix(4_000), as: UTF8.self))")
  }
}
