import TestSupport
import Testing

/// What the two ends agree on, and what they cannot, between the built program and the openssl command.
@Suite struct TLSNegotiationTests {
  private func nsh(_ script: String) throws -> [String] {
    let result = try Program("bash", "-c", #"timeout -s KILL 60 '\#(Tree.nsh)' -c "$0" 2>&1"#, script).finish()
    return String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func folder() throws -> String { try CertificateTests.folder.get().path }

  /// One version on either side: the same gives a session, another an error that says so. RFC 8996: 1.0 and 1.1 only where asked for.
  @Test(arguments: [("-tls1", "1.0"), ("-tls1_1", "1.1"), ("-tls1_2", "1.2"), ("-tls1_3", "1.3")])
  func versions(theirs: String, ours: String) throws {
    let folder = try folder()
    let server = try OpenSSLServer(folder, "good", [theirs, "-cipher", "ALL:@SECLEVEL=0"])
    let connect = "tls connect 127.0.0.1:\(server.port) --ca \(folder)/ca.pem"
    let said = try nsh(
      """
      for v in ['1.0' '1.1' '1.2' '1.3'] {
        try { let c = \(connect) --tls-min $v --tls-max $v; let i = tls info $c; close $c; $i.version } catch e { $e.code }
      }
      try { let c = \(connect); let i = tls info $c; close $c; $i.version } catch e { $e.code }
      """)
    let versions = ["1.0": "TLSv1", "1.1": "TLSv1.1", "1.2": "TLSv1.2", "1.3": "TLSv1.3"]
    let wanted = ["1.0", "1.1", "1.2", "1.3"].map { $0 == ours ? versions[$0] : nil }
    try #require(said.count == 5, "\(said)")
    for (word, version) in zip(said, wanted) {
      #expect(version.map { $0 == word } ?? ["tls-version", "tls-alert-protocol-version"].contains(word), "\(said)")
    }
    #expect(["1.0", "1.1"].contains(ours) ? said[4] == "tls-alert-protocol-version" : said[4] == versions[ours])
  }

  @Test func ciphersGroupsAndProtocolsAreChosen() throws {
    let folder = try folder()
    let server = try OpenSSLServer(folder, "good", ["-alpn", "h2,http/1.1"])
    let connect = "tls connect 127.0.0.1:\(server.port) --ca \(folder)/ca.pem"
    let options = [
      "--ciphers TLS_CHACHA20_POLY1305_SHA256", "--ciphers ECDHE-ECDSA-AES128-GCM-SHA256 --tls-max 1.2",
      "--ciphers TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 --tls-max 1.2", "--groups P-384", "--groups X448:P-256",
      "--ciphers TLS_RSA_WITH_AES_128_CBC_SHA --tls-max 1.2", "--alpn http/1.1,h2", "--alpn spdy/1", "--groups nosuch",
      "--tls-min 1.3 --tls-max 1.2",
    ]
    let lines = options.map {
      "try { let c = \(connect) \($0); let i = tls info $c; close $c; [$i.cipher $i.group (if $i.alpn == null { '-' } else { $i.alpn })] | join ' ' } catch e { $e.code }"
    }
    #expect(
      try nsh(lines.joined(separator: "\n")) == [
        "TLS_CHACHA20_POLY1305_SHA256 X25519 -", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 X25519 -",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 X25519 -", "TLS_AES_256_GCM_SHA384 secp384r1 -",
        "TLS_AES_256_GCM_SHA384 X448 -", "handshake-failure", "TLS_AES_256_GCM_SHA384 X25519 h2",
        "tls-alert-no-application-protocol", "bad-tls-setting", "bad-tls-setting",
      ])
  }

  /// A server that wants a certificate of us. In TLS 1.3 it answers only after our side is done (RFC 8446 §4.4.2.4), so the next `recv` says it.
  @Test func aCertificateOfOursIsMissingWrongOrRight() throws {
    let folder = try folder()
    let server = try OpenSSLServer(
      folder, "good", ["-Verify", "3", "-CAfile", "ca.pem", "-verify_return_error", "-rev"])
    let connect = "tls connect 127.0.0.1:\(server.port) --ca \(folder)/ca.pem"
    func show(_ leaf: String, _ key: String) -> String { "--cert \(folder)/\(leaf).pem --key \(folder)/\(key).key" }
    let options = [
      "", "--tls-max 1.2", show("purpose", "purpose"), show("selfsigned", "selfsigned"), show("stranger", "stranger"),
      show("expired", "expired"), show("purpose", "good"), "--cert \(folder)/purpose.pem",
      "--cert \(folder)/nosuch.pem",
    ]
    let lines = options.map {
      "try { let c = \(connect) \($0); send line $c abc; let l = recv line $c; close $c; $l } catch e { $e.code }"
    }
    let said = try nsh(lines.joined(separator: "\n"))
    #expect(
      Array(said.prefix(5)) == [
        "tls-alert-certificate-required", "handshake-failure", "cba", "tls-alert-unknown-ca", "tls-alert-unknown-ca",
      ], "\(said)")
    // OpenSSL finds the wrong use before the date, or after it.
    #expect(
      said.count == 9 && ["tls-alert-unsupported-certificate", "tls-alert-certificate-expired"].contains(said[5]))
    #expect(said.suffix(3) == ["bad-tls-setting", "bad-tls-setting", "bad-tls-setting"], "\(said)")
  }

  /// The other end: what the shell's server says of clients' certificates.
  @Test func theServerSaysWhatIsWrongWithAClient() throws {
    let folder = try folder()
    let run = try nsh(
      """
      cd \(folder)
      let l = tls listen :0 --cert good.pem --key good.key --client-ca ca.pem
      let port = $l.local.port
      for leaf in [purpose selfsigned stranger none] {
        let show = if $leaf == 'none' { '' } else { "-cert ${leaf}.pem -cert_chain ${leaf}.pem -key ${leaf}.key" }
        let job = spawn { sh bash -c "timeout -s KILL 20 openssl s_client -connect 127.0.0.1:$port $show </dev/null" }
        try { let c = accept $l --timeout 20s; let i = tls info $c; close $c; "$i.verified ${($i.chain | first).subject}" } catch e { $e.code }
        let done = wait $job
      }
      """)
    #expect(
      run == ["ok CN=purpose", "certificate-self-signed", "certificate-unknown-ca", "certificate-missing"], "\(run)")
  }

  /// `openssl s_client -starttls smtp` against a mail server of five lines.
  @Test func sClientStartsTLSWithTheShell() throws {
    let folder = try folder()
    let run = try nsh(
      """
      cd \(folder)
      let l = tcp listen :0
      let port = $l.local.port
      let job = spawn { "MAIL\\n" | sh timeout -s KILL 20 openssl s_client -connect 127.0.0.1:$port -starttls smtp -CAfile ca.pem -verify_return_error -quiet }
      let c = accept $l --timeout 20s
      send line $c '220 ready'
      expect $c 'EHLO .*\\n' --timeout 20s | get index
      send $c --crlf "250-here\\n250 STARTTLS\\n"
      expect $c 'STARTTLS\\r\\n' --timeout 20s | get index
      send line $c '220 go on'
      tls start $c --server --cert good.pem --key good.key | get transport
      recv line $c --timeout 20s
      close $c
      let done = wait $job
      $done.status
      """)
    #expect(run.prefix(4) == ["0", "0", "tls", "MAIL"], "\(run)")
  }

  /// Every way to send and to receive over TLS, with ncat --ssl as the echo. Everything is read before the half-close: ncat may
  /// end after one with what its program still had to say.
  @Test func everyWayToSendAndReceive() throws {
    let folder = try folder()
    let line = """
      cd \(folder); printf 'from a file\\n' > line
      exec ncat --listen --keep-open --ssl --ssl-cert good.pem --ssl-key good.key --exec /bin/cat 127.0.0.1 $0
      """
    let free = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
    let port = try Program("python3", "-c", free).line()
    let server = try Program("bash", "-c", line, port)
    let run = try nsh(
      """
      let c = retry 100 --every 100ms { tls connect 127.0.0.1:\(port) --ca \(folder)/ca.pem --name '' }
      send $c --file \(folder)/line
      recv line $c
      send $c --crlf "a\\nb\\n"
      recv $c --exactly 6 | to hex
      send $c --slowly 5ms 'abc'
      recv $c --exactly 3 | from utf8
      try { send $c --urgent '!' } catch e { $e.code }
      send $c 'peeked'
      recv $c 3 --peek | from utf8
      recv $c --exactly 6 | from utf8
      send $c 'login: '
      (expect $c 'x' 'log(in)').index
      recv $c --exactly 2 | from utf8
      try { recv line $c --timeout 50ms } catch e { $e.code }
      send $c (random bytes 100000)
      recv $c --exactly 50000 | len
      recv $c --exactly 50000 | len
      shutdown $c
      recv all $c --discard
      type (recv $c)
      try { send $c 'more' } catch e { $e.code }
      close $c
      $c.state
      """)
    #expect(
      run == [
        "from a file", "610d0a620d0a", "abc", "bad-argument", "pee", "peeked", "1", ": ", "timeout", "50000", "50000",
        "0", "null", "EPIPE", "closed",
      ], "\(run)")
    withExtendedLifetime(server) {}
  }
}
