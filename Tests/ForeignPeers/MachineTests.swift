import TestSupport
import Testing

/// What nsh says of a machine against iproute2 and ss, in network namespaces of the tests' own.
@Suite struct MachineTests {
  /// Runs a script of Tests/Machine in a new user and network namespace; it ends with 1 at the first difference.
  private func run(_ script: String) throws -> (said: String, status: Int32) {
    let path = "\(Tree.root)/Tests/Machine/\(script)"
    let (output, status) = try Program("timeout", "120", "unshare", "-Urn", "python3", path, Tree.nsh).finish()
    return (String(decoding: output, as: UTF8.self), status)
  }

  @Test(arguments: ["compare.py", "sockets.py", "looking.py"]) func agreesWithIproute2(script: String) throws {
    let (said, status) = try run(script)
    #expect(status == 0, "\(said.suffix(4000))")
    #expect(said.split(separator: "\n").count > 20)
  }

  /// The owners of others' sockets may not be known, and are no error.
  @Test func listsSocketsWithoutPrivileges() throws {
    let script = "sockets --tcp --udp --unix --details | count | $in >= 0; ip route | count | $in >= 0"
    let words = ["setpriv", "--reuid=65534", "--clear-groups", Tree.nsh, "-c", script]
    let (output, status) = try Program(words).finish()
    #expect(status == 0 && String(decoding: output, as: UTF8.self) == "true\ntrue\n")
  }
}
