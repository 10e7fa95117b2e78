import TestSupport
import Testing

/// `wire save` under the eyes of tshark and capinfos.
@Suite struct CaptureTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func run(_ command: String, _ argument: String = "") throws -> String {
    let result = try Program("bash", "-c", "cd '\(folder.path)' && \(command)", argument).finish()
    return String(decoding: result.output, as: UTF8.self)
  }

  func nsh(_ script: String, prefix: String = "") throws -> String {
    try run("\(prefix) timeout -s KILL 60 '\(Tree.nsh)' -c \"$0\" 2>&1", script)
  }

  /// What tshark prints of the packets that a filter chooses, with all checksums checked.
  func tshark(_ file: String, _ filter: String, _ fields: String...) throws -> [String] {
    let checks = ["ip", "tcp", "udp"].map { "-o \($0).check_checksum:TRUE" }.joined(separator: " ")
    let shown = fields.isEmpty ? "" : "-T fields " + fields.map { "-e \($0)" }.joined(separator: " ")
    return try run("tshark -r \(file) \(checks) \(shown) -Y '\(filter)' 2>/dev/null")
      .split(separator: "\n").map(String.init)
  }

  /// What tshark finds wrong: malformed packets, wrong checksums, and signs of a loss.
  func faults(_ file: String) throws -> [String] {
    let checksums = ["ip", "tcp", "udp", "icmp", "icmpv6"].map { "\($0).checksum.status == 0" }.joined(
      separator: " or ")
    return try tshark(file, "_ws.malformed or tcp.analysis.flags or _ws.expert.severity == 0x800000 or \(checksums)")
  }

  @Test(arguments: ["1.2", "1.3"]) func httpsDecryptsFromTheSecretsInTheFile(version: String) throws {
    let certificates = try CertificateTests.folder.get().path
    let nginx = try Nginx(certificates: certificates)
    defer { try? nginx.stop() }
    // The client of HTTP speaks 1.3 where it can; 1.2 is spoken by hand.
    let hand = """
      let c = tls connect 127.0.0.1:\(nginx.securePort) --name www.example.test --ca \(certificates)/ca.pem --tls-max 1.2
      send "GET /rfc2324.txt HTTP/1.1\\r\\nHost: www.example.test\\r\\n\\r\\n"
      recv until '[Page 3]'
      send "GET /facts HTTP/1.1\\r\\nHost: www.example.test\\r\\nConnection: close\\r\\n\\r\\n"
      recv all
      """
    let client = """
      map www.example.test:443 127.0.0.1:\(nginx.securePort)
      (http get https://www.example.test/rfc2324.txt --ca \(certificates)/ca.pem).body | len
      (http get https://www.example.test/facts --ca \(certificates)/ca.pem).body | from utf8
      """
    let printed = try nsh((version == "1.3" ? client : hand) + "\nwire save x.pcapng | get connections | len")
    #expect(printed.contains("TLSv\(version) www.example.test"), "\(printed)")
    #expect(try faults("x.pcapng").isEmpty)
    // Both exchanges of the one connection, though the last alone was asked for: its handshake stands before the first.
    #expect(
      try tshark("x.pcapng", "http", "http.request.uri", "http.response.code") == [
        "/rfc2324.txt\t", "\t200", "/facts\t", "\t200",
      ])
    #expect(try tshark("x.pcapng", "tls.alert_message or tls.handshake.type == 1", "tls.handshake.type") == ["1"])
    _ = try run("tshark -r x.pcapng --export-objects http,objects >/dev/null 2>&1")
    #expect(try run("cmp objects/rfc2324.txt '\(nginx.folder.path)/rfc2324.txt' && echo same") == "same\n")
    #expect(try run("capinfos x.pcapng").contains("Synthesised by nsh"))
    #expect(try run("stat -c %a x.pcapng") == "600\n")
  }

  @Test(arguments: ["-tls1_2", "-tls1_3"]) func aResumedSessionByHandDecryptsToo(version: String) throws {
    let certificates = try CertificateTests.folder.get().path
    let server = try OpenSSLServer(certificates, "good", [version, "-www"])
    let page = #"send "GET /page HTTP/1.0\r\n\r\n"; let text = recv all; close"#
    _ = try nsh(
      """
      let a = tls connect 127.0.0.1:\(server.port) --name www.example.test --ca \(certificates)/ca.pem
      \(page)
      let b = tls connect 127.0.0.1:\(server.port) --name www.example.test --ca \(certificates)/ca.pem --resume $a
      \(page)
      wire save all.pcapng --all
      """)
    #expect(try faults("all.pcapng").isEmpty)
    #expect(try tshark("all.pcapng", "http.request.uri == \"/page\"", "tcp.stream") == ["0", "1"])
    // A response that lasts until the end of the connection is no message to tshark inside of TLS; its stream has it.
    for stream in 0...1 {
      #expect(try run("tshark -r all.pcapng -q -z follow,tls,ascii,\(stream) 2>/dev/null").contains("HTTP/1.0 200 ok"))
    }
  }

  @Test func whatHappenedIsToldAsItHappened() throws {
    let printed = try nsh(
      """
      let l = tcp listen :0
      # Half closed from this side, and read to the end at the other.
      let c = tcp connect $l.local
      let s = accept $l
      send $c ('a' * 5000)
      shutdown $c
      recv all $s | len
      send $s bye
      close $s
      recv all $c | len
      close $c
      # Reset by the other side; then refused.
      let d = tcp connect $l.local
      let t = accept $l
      close $t --reset
      try { recv $d } catch e { $e.code }
      close $l
      try { tcp connect $l.local } catch e { $e.code }
      wire save tcp.pcapng --all | reject path
      """)
    #expect(printed.hasPrefix("5000\n3\nECONNRESET\nECONNREFUSED\n"), "\(printed)")
    #expect(printed.contains("other-ends\t["), "\(printed)")
    #expect(try faults("tcp.pcapng").isEmpty)
    let flags = try tshark("tcp.pcapng", "tcp.stream == 0", "tcp.flags.str", "tcp.len")
    let text = flags.map { $0.filter { "SAFPR0123456789".contains($0) } }
    #expect(
      text == ["S0", "AS0", "A0", "A1460", "A1460", "A1460", "AP620", "A0", "AF0", "A0", "AP3", "A0", "AF0", "A0"])
    #expect(try tshark("tcp.pcapng", "tcp.flags.reset == 1", "tcp.stream") == ["1", "2"])
  }

  @Test func datagramsAreDividedAndRefused() throws {
    let printed = try nsh(
      """
      let s = udp bind 127.0.0.1:0
      let c = udp connect $s.local
      send $c ('x' * 4000)
      recv $s | len
      send $c ''
      recv $s | len
      close $s
      send $c lost
      try { recv $c --timeout 5s } catch e { $e.code }
      let six = udp bind '[::1]:0'
      let c6 = udp connect $six.local
      send $c6 ('y' * 3000)
      recv $six | len
      (wire save udp.pcapng --all).packets
      """)
    #expect(printed == "4000\n0\nECONNREFUSED\n3000\n9\n", "\(printed)")
    #expect(try faults("udp.pcapng").isEmpty)
    #expect(try tshark("udp.pcapng", "udp and not icmp", "udp.length") == ["4008", "8", "12", "3008"])
    #expect(try tshark("udp.pcapng", "icmp", "icmp.type", "icmp.code") == ["3\t3"])
  }

  @Test func whatWasNotKeptIsAGapAndNoFault() throws {
    let printed = try nsh(
      """
      wire keep 4KiB
      let l = tcp listen :0
      let c = tcp connect $l.local
      let s = accept $l
      let work = spawn { recv all $s | len }
      for i in 1..20 { send $c ('a' * 1000) }
      shutdown $c
      wait $work
      close $c
      wire save gap.pcapng --connection $c.id | get not-kept
      wire keep off
      let d = tcp connect $l.local
      send $d secret
      wire save off.pcapng --connection $d.id | get not-kept
      """)
    #expect(printed == "20000\n10904B\n6B\n", "\(printed)")
    #expect(try tshark("gap.pcapng", "_ws.malformed or tcp.checksum.status == 0").isEmpty)
    // The end has the sequence number that all 20,000 bytes lead to, and what is missing is said.
    #expect(try tshark("gap.pcapng", "tcp.flags.fin == 1 and tcp.srcport != 0", "tcp.seq") == ["20001"])
    #expect(try tshark("gap.pcapng", "frame.comment contains \"not kept\"").count > 0)
    #expect(try tshark("off.pcapng", "tcp.len > 0").isEmpty)
    #expect(try run("grep -c secret off.pcapng") == "0\n")
  }

  @Test func namesResolvedByHandAndArchives() throws {
    let printed = try nsh(
      """
      let l = lab start
      let r = http get http://www.rfc.test/rfc/rfc2324.txt --header 'Authorization: Basic c2VjcmV0'
      (wire save x.har).exchanges
      (open x.har | from json).log.entries | first | get response | get status
      let s = dns serve [{name: www, type: A, data: 192.0.2.1}] --origin example.test --listen :0 --background
      dns www.example.test A "@${$s.local}" --short
      wire save dns.pcapng | get connections | len
      try { wire save x.txt } catch e { $e.code }
      try { wire save /nonexistent/x.har } catch e { $e.code }
      """)
    #expect(printed == "1\n200\n192.0.2.1\n1\nbad-argument\nENOENT\n", "\(printed)")
    #expect(try run("grep -c c2VjcmV0 x.har") == "0\n")
    #expect(try faults("dns.pcapng").isEmpty)
    #expect(
      try run("tshark -r dns.pcapng -d udp.port==1-65535,dns -Y dns.a -T fields -e dns.qry.name -e dns.a 2>/dev/null")
        == "www.example.test\t192.0.2.1\n")
  }

  @Test func whatHasNoFramesIsSaid() throws {
    let printed = try nsh(
      """
      let l = unix listen \(folder.path)/s
      let c = unix connect \(folder.path)/s
      send $c hello
      try { wire save u.pcapng --all } catch e { $e.code }
      let t = tcp listen :0
      let d = tcp connect $t.local
      (wire save u.pcapng --all).not-framed | len
      """)
    #expect(printed == "no-exchange\n1\n", "\(printed)")
  }

  /// The frames of `layers` are those of the capture, fit a screen, and are built again from their records.
  @Test func layersAreThoseOfTheCapture() throws {
    let printed = try nsh(
      """
      let l = lab start
      let r = http get http://www.rfc.test/rfc/rfc2324.txt
      layers --all --width 80 --text | lines | each {|row| len $row} | where {|n| $n > 80} | count
      let cake = layers
      $cake.frame-count >= 4
      $cake.frames | get tcp | get flags | flatten | any {|f| $f == 'PSH'}
      $cake.frames | get layers | flatten | where {|l| $l.checksum != null and $l.checksum != 'right'} | count
      $cake.frames | each {|f| packet build $f | to hex} | join "\\n" | save frames.hex
      wire save x.pcapng | get not-kept
      layers --sent | get message | from utf8 | lines | first
      layers 1 | get title
      let t = tls listen :0
      let job = spawn { let s = accept $t; recv $s; send $s 'an answer'; close $s }
      let c = tls connect $t.local --name localhost --ca $t.certificate
      send $c question
      let got = recv all $c
      wait $job
      layers --connection $c.id | get message | from utf8
      ((layers --connection $c.id).records | where {|r| $r.type == 'application_data'} | count) > 0
      layers --connection $c.id --sent | get message | from utf8
      let u = unix listen \(folder.path)/s
      let v = unix connect \(folder.path)/s
      send $v hello
      layers --text | lines | get 1
      try { layers 9999 } catch e { $e.code }
      """)
    #expect(
      printed == """
        0
        true
        true
        0
        0B
        GET /rfc/rfc2324.txt HTTP/1.1
        HTTP: HTTP/1.1 200 OK
        an answer
        true
        question
          not over a network that has packets
        no-exchange

        """, "\(printed)")
    let found = try run(
      "hex=$(od -An -tx1 -v x.pcapng | tr -d ' \\n'); while read f || [ -n \"$f\" ]; do case $hex in *$f*) echo there;; *) echo missing;; esac; done < frames.hex"
    ).split(separator: "\n")
    #expect(found.count >= 4 && found.allSatisfy { $0 == "there" }, "\(found)")
  }
}
