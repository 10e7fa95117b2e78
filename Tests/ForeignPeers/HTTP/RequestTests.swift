import TestSupport
import Testing

/// The requests of the built program beside curl's, to servers and through proxies that we did not write.
struct RequestTests {
  /// Runs a script of Tests/HTTP, which prints what is wrong and ends with 1; its last line counts what was right.
  @Test(arguments: ["same_requests.py", "credentials.py", "real_servers.py", "streams.py"]) func agrees(script: String)
    throws
  {
    let path = "\(Tree.root)/Tests/HTTP/\(script)"
    let (output, status) = try Program("timeout", "-k", "5", "500", "python3", "-B", path, Tree.nsh).finish()
    let said = String(decoding: output, as: UTF8.self)
    #expect(status == 0, "\(said.suffix(4000))")
    let counts = said.split { !$0.isNumber }.compactMap { Int($0) }
    #expect(counts.contains { $0 >= 20 })
  }
}
