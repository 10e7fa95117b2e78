import TestSupport
import Testing

/// `https` and `tls connect` of the built program against nginx.
struct NginxTLSTests {
  private func nsh(
    _ script: String, _ nginx: Nginx, _ environment: String = ""
  ) throws -> (output: String, status: Int32) {
    let result = try Program(
      "bash", "-c", #"cd '\#(nginx.folder.path)' && \#(environment) timeout -s KILL 60 '\#(Tree.nsh)' -c "$0" 2>&1"#,
      script
    ).finish()
    return (String(decoding: result.output, as: UTF8.self), result.status)
  }

  /// Runs a test with an nginx that is stopped however it ends.
  private func withNginx(_ body: (Nginx, String) throws -> Void) throws {
    let certificates = try CertificateTests.folder.get().path
    let nginx = try Nginx(certificates: certificates)
    defer { try? nginx.stop() }
    try body(nginx, certificates)
  }

  @Test func documentsComeByHTTPS() throws {
    try withNginx { nginx, certificates in
      try nginx.folder.write("big", (0..<20_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) })
      let at = "127.0.0.1:\(nginx.securePort)"
      let run = try nsh(
        """
        let r = http get https://\(at)/rfc2324.txt --ca \(certificates)/ca.pem
        [$r.status ($r.body == (open rfc2324.txt))] | join ' '
        http get https://\(at)/big --ca \(certificates)/ca.pem | save copy
        (open copy | hash sha256) == (open big | hash sha256)
        map www.example.test:443 \(at)
        http get https://www.example.test/facts --ca \(certificates)/ca.pem | get body | from utf8
        map other.test:443 \(at)
        try { http get https://other.test/facts --ca \(certificates)/ca.pem } catch e { $e.code }
        """, nginx)
      #expect(
        run.output == "200 true\ntrue\nTLSv1.3 www.example.test . NONE \ncertificate-name\n", "\(run.output)")
      let url = "https://\(at)/rfc2324.txt"
      #expect(try nsh("http get \(url)", nginx).status == 60)
      #expect(try nsh("http get \(url) | get status", nginx, "SSL_CERT_FILE=\(certificates)/ca.pem").output == "200\n")
      let insecure = try nsh("http get \(url) --insecure | get status", nginx)
      #expect(insecure.output.hasPrefix("WARNING: --insecure: ") && insecure.output.hasSuffix("\n200\n"))
    }
  }

  /// The same request by hand: with a name and without, resumed, with a certificate of ours, with ALPN.
  @Test func whatNginxSawOfTheSession() throws {
    try withNginx { nginx, certificates in
      let run = try nsh(
        """
        def facts [c: connection, host = 'x'] {
          send $c "GET /facts HTTP/1.1\\r\\nHost: $host\\r\\nConnection: close\\r\\n\\r\\n"
          let answer = http parse (recv all $c)
          "$answer.status ${$answer.body | from utf8 | lines | first}"
        }
        let at = 127.0.0.1:\(nginx.securePort)
        let ca = '\(certificates)/ca.pem'
        let named = tls connect $at --name www.example.test --ca $ca --alpn h2,http/1.1
        [(tls info $named).alpn ((tls info $named).chain | first).subject] | join ' '
        facts $named www.example.test
        let nameless = tls connect $at --ca $ca
        ((tls info $nameless).chain | first).subject
        facts $nameless
        # SNI leaves out what --sni says; the certificate that comes is the other server's.
        try { tls connect $at --name www.example.test --sni '' --ca $ca } catch e { $e.code }
        facts (tls connect $at --name www.example.test --ca $ca --resume $named) www.example.test
        facts (tls connect $at --ca $ca --cert \(certificates)/purpose.pem --key \(certificates)/purpose.key --tls-max 1.2)
        facts (tls connect $at --ca $ca --cert \(certificates)/selfsigned.pem --key \(certificates)/selfsigned.key) | words | first
        try { tls connect $at --ca $ca --tls-max 1.1 } catch e { $e.code }
        """, nginx)
      #expect(
        run.output == """
          http/1.1 CN=good
          200 TLSv1.3 www.example.test . NONE \("")
          CN=address
          200 TLSv1.3  . NONE \("")
          certificate-name
          200 TLSv1.3 www.example.test r NONE \("")
          200 TLSv1.2  . SUCCESS CN=purpose
          400
          tls-alert-protocol-version

          """, "\(run.output)")
    }
  }

  /// A relay passes TLS on without opening it; the taps see records, and only our own connection has plain bytes.
  @Test func tlsPassesThroughARelay() throws {
    try withNginx { nginx, certificates in
      let run = try nsh(
        """
        let relay = tcp relay :0 127.0.0.1:\(nginx.securePort) --background
        let c = tls connect $relay.local --name www.example.test --ca \(certificates)/ca.pem
        send $c "GET /facts HTTP/1.1\\r\\nHost: www.example.test\\r\\nConnection: close\\r\\n\\r\\n"
        recv all $c | lines | last
        let id = $c.id
        close $c
        let ours = wire --connection $id
        $ours | where {|s| $s.step == 'seal'} | get bytes
        ($ours | where {|s| $s.step == 'open'} | get bytes | sum) > 100
        wire --connection $id --ladder --width 100 | lines | where {|l| $l =~ 'ClientHello|in TLS, [0-9]+ bytes: GET'} | count
        $ours | where {|s| $s.step == 'handshake'} | count | $in > 6
        let others = 1..6 | where {|n| $n != $id}
        $others | each {|n| wire --connection $n | where {|s| $s.step in ['seal' 'open' 'handshake']} | count} | sum
        $others | each {|n| wire --connection $n | count} | sum | $in > 8
        """, nginx)
      #expect(run.output == "TLSv1.3 www.example.test . NONE \n66\ntrue\n2\ntrue\n0\ntrue\n", "\(run.output)")
    }
  }
}
