import TestSupport
import Testing

/// Certificates of every kind, shown by `openssl s_server` to the built program and to `openssl s_client`: their verdicts are the same.
@Suite struct CertificateTests {
  /// Who is asked for with which leaf, and what comes of it: `ok` or the code of the error.
  struct Case: Sendable, CustomTestStringConvertible {
    let leaf: String
    var name = "www.example.test"
    let verdict: String
    /// The CRLs that are given: `ca` has the one of the leaf's issuer, `all` those of all issuers.
    var revocations: String?
    /// Why s_client says ok nevertheless; it falls back to the CN and takes partial wildcards, which RFC 9525 forbids.
    var isStricter = false
    var testDescription: String { "\(leaf) for \(name)" }
  }

  static let cases: [Case] = [
    Case(leaf: "good", verdict: "ok"), Case(leaf: "rsa", verdict: "ok"),
    Case(leaf: "good", name: "WWW.Example.TEST", verdict: "ok"),
    Case(leaf: "good", name: "example.test", verdict: "certificate-name"),
    Case(leaf: "good", name: "mail.example.test", verdict: "certificate-name"),
    Case(leaf: "good", name: "127.0.0.1", verdict: "ok"),
    Case(leaf: "address", name: "127.0.0.1", verdict: "ok"),
    Case(leaf: "address", name: "127.0.0.2", verdict: "certificate-name"),
    Case(leaf: "address", verdict: "certificate-name"),
    Case(leaf: "addressname", name: "127.0.0.1", verdict: "certificate-name"),
    Case(leaf: "expired", verdict: "certificate-expired"),
    Case(leaf: "future", verdict: "certificate-not-yet-valid"),
    Case(leaf: "lateissuer", verdict: "certificate-expired"),
    Case(leaf: "wildcard", verdict: "ok"),
    Case(leaf: "wildcard", name: "mail.example.test", verdict: "ok"),
    Case(leaf: "wildcard", name: "example.test", verdict: "certificate-name"),
    Case(leaf: "wildcard", name: "a.b.example.test", verdict: "certificate-name"),
    Case(leaf: "partial", verdict: "certificate-name", isStricter: true),
    Case(leaf: "inner", name: "www.example.test", verdict: "certificate-name"),
    Case(leaf: "cn", verdict: "certificate-name", isStricter: true),
    Case(leaf: "selfsigned", verdict: "certificate-self-signed"),
    Case(leaf: "stranger", verdict: "certificate-unknown-ca"),
    Case(leaf: "missing", verdict: "certificate-unknown-ca"),
    Case(leaf: "good", verdict: "ok", revocations: "ca"), Case(leaf: "good", verdict: "ok", revocations: "all"),
    Case(leaf: "revoked", verdict: "ok"),
    Case(leaf: "revoked", verdict: "certificate-revoked", revocations: "ca"),
    Case(leaf: "revoked", verdict: "certificate-revoked", revocations: "all"),
    Case(leaf: "orphan", verdict: "ok"), Case(leaf: "orphan", verdict: "certificate-revoked", revocations: "all"),
    Case(leaf: "orphan", verdict: "certificate-crl", revocations: "ca"),
    Case(leaf: "weak512", verdict: "certificate-weak"), Case(leaf: "weak1024", verdict: "certificate-weak"),
    Case(leaf: "md5", verdict: "certificate-weak"), Case(leaf: "sha1", verdict: "certificate-weak"),
    Case(leaf: "constrained", verdict: "certificate-constraints"),
    Case(leaf: "allowed", name: "www.allowed.test", verdict: "ok"),
    Case(leaf: "purpose", verdict: "certificate-purpose"),
    Case(leaf: "byleaf", verdict: "certificate-not-a-ca"),
  ]

  /// The certificates, made once for all tests.
  static let folder: Result<TemporaryFolder, any Error> = Result {
    let folder = try TemporaryFolder(untilExit: true)
    let made = try Program("python3", "\(Tree.root)/Tests/Certificates/make.py", folder.path).finish()
    try #require(made.status == 0, "\(String(decoding: made.output, as: UTF8.self))")
    return folder
  }

  @Test(arguments: cases) func theVerdictIsThatOfOpenSSL(given: Case) throws {
    let folder = try Self.folder.get().path
    let server = try OpenSSLServer(folder, given.leaf, ["-no_tls1_3", "-cipher", "ALL:@SECLEVEL=0"])
    let isAddress = given.name.hasPrefix("127.")

    var client = [
      "timeout", "-s", "KILL", "60", "openssl", "s_client", "-connect", "127.0.0.1:\(server.port)", "-CAfile",
      "\(folder)/ca.pem",
      "-verify_return_error", isAddress ? "-verify_ip" : "-verify_hostname", given.name,
    ]
    if let lists = given.revocations {
      client += ["-CAfile", "\(folder)/\(lists)-crl.pem", "-crl_check"] + (lists == "all" ? ["-crl_check_all"] : [])
    }
    let theirs = try bash("echo Q | \(client.joined(separator: " ")) 2>&1")
    #expect(
      (theirs.status == 0) == (given.verdict == "ok" || given.isStricter), "s_client: \(theirs.output.suffix(600))")

    let crl = given.revocations.map { "--crl '\(folder)/\($0).crl'" } ?? ""
    let connect = "tls connect 127.0.0.1:\(server.port) --name \(given.name) --ca '\(folder)/ca.pem' \(crl)"
    let script = """
      try { let c = \(connect); assert (tls info $c).verified == ok; close $c; 'ok' } catch e { $e.code }
      """
    let ours = try bash(#"timeout -s KILL 60 "$nsh" -c "$0" 2>&1"#, script.replacing("== ok", with: "== 'ok'"))
    #expect(ours.output == given.verdict + "\n")
    if given.verdict != "ok" {
      #expect(try bash(#"timeout -s KILL 60 "$nsh" -c "$0" 2>/dev/null"#, connect).status == 60)
      // What is gone past is said, and known afterwards.
      let insecure = try bash(
        #"timeout -s KILL 60 "$nsh" -c "$0" 2>&1"#,
        "let c = \(connect) --insecure; (tls info $c).faults | get code | first")
      #expect(insecure.output.contains(given.verdict + "\n") && insecure.output.hasPrefix("WARNING: --insecure"))
    }
  }

  @Test func authoritiesComeFromAFolderToo() throws {
    let folder = try Self.folder.get().path
    let server = try OpenSSLServer(folder, "good")
    let tries = ["hashed", "named", "new"].map { place in
      "try { let c = tls connect 127.0.0.1:\(server.port) --ca \(folder)/\(place); let v = (tls info $c).verified; close $c; $v } "
        + "catch e { $e.code }"
    }
    let said = try bash(#"timeout -s KILL 60 "$nsh" -c "$0" 2>&1"#, tries.joined(separator: "; "))
    // `new` has certificates too, but by numbers, and none of an authority.
    #expect(said.output == "ok\nok\ncertificate-unknown-ca\n")
    let empty = try bash(
      #"mkdir -p "$0"; timeout -s KILL 60 "$nsh" -c "tls connect 127.0.0.1:1 --ca $0" 2>&1"#, "\(folder)/empty")
    #expect(empty.output.contains("there is no PEM of a certificate in") && empty.status == 35)
    // What the system believes is a file or folder too.
    let system = "(tls connect 127.0.0.1:\(server.port) | tls info).verified"
    for place in ["SSL_CERT_FILE=\(folder)/ca.pem", "SSL_CERT_DIR=\(folder)/hashed"] {
      #expect(try bash(#"\#(place) timeout -s KILL 60 "$nsh" -c "$0" 2>&1"#, system).output == "ok\n", "\(place)")
    }
  }

  /// The record of a connection against what `openssl x509` says of the certificate.
  @Test func theChainIsReadAsOpenSSLReadsIt() throws {
    let folder = try Self.folder.get().path
    let server = try OpenSSLServer(folder, "rsa")
    let script = """
      let c = tls connect 127.0.0.1:\(server.port) --name www.example.test --ca \(folder)/ca.pem --alpn http/1.1
      let i = tls info $c
      let leaf = $i.chain | first
      print $i.version ($i.chain | count) ($i.chain | last).subject
      print $leaf.subject $leaf.issuer $leaf.serial $leaf.from $leaf.to $leaf.key-type $leaf.bits $leaf.signed-with
      print $leaf.sha256
      """
    let ours = try bash(#"timeout -s KILL 60 "$nsh" -c "$0" 2>&1"#, script)
    let theirs = try bash(
      "openssl x509 -in \(folder)/rsa.crt -noout -serial -fingerprint -sha256 | sed 's/.*=//; s/://g' | tr A-F a-f")
    let facts = theirs.output.split(separator: "\n")
    #expect(
      ours.output.split(separator: "\n").map(String.init) == [
        "TLSv1.3", "2", "CN=Test Intermediate", "CN=rsa", "CN=Test Intermediate", String(facts[0]),
        "2020-01-01T00:00:00Z",
        "2049-12-31T23:59:59Z", "RSA", "2048", "ecdsa-with-SHA256", String(facts[1]),
      ])
  }

  private func bash(_ line: String, _ argument: String = "") throws -> (output: String, status: Int32) {
    let result = try Program("bash", "-c", "nsh='\(Tree.nsh)'; \(line)", argument).finish()
    return (String(decoding: result.output, as: UTF8.self), result.status)
  }
}

/// `openssl s_server` on a port of its own, which shows one leaf of a folder.
final class OpenSSLServer {
  let port: UInt16
  private let process: Program

  init(_ folder: String, _ leaf: String, _ options: [String] = []) throws {
    // Its input is at its end, and would end it where it sends what is typed.
    let mode = options.contains("-rev") ? [] : ["-www"]
    let words = ["-cert \(leaf).crt -key \(leaf).key"] + mode + options
    process = try Program(
      "bash", "-c",
      "cd '\(folder)' && exec openssl s_server -accept 127.0.0.1:0 $([ -s \(leaf).chain ] && echo -cert_chain \(leaf).chain) "
        + words.joined(separator: " "))
    var line = try process.line()
    while !line.isEmpty, !line.hasPrefix("ACCEPT ") { line = try process.line() }
    port = try #require(line.split(separator: ":").last.flatMap { UInt16($0) }, "s_server said: \(line)")
  }
}
