import TestSupport
import Testing

/// `tls connect` and https of the built program against foreign servers, good and bad.
@Suite struct TLSClientTests {
  private func nsh(_ script: String, _ environment: String = "") throws -> (output: String, status: Int32) {
    let result = try Program("bash", "-c", #"\#(environment) timeout -s KILL 60 '\#(Tree.nsh)' -c "$0" 2>&1"#, script)
      .finish()
    return (String(decoding: result.output, as: UTF8.self), result.status)
  }

  @Test(arguments: ["-tls1_2", "-tls1_3"]) func theSameStepsWorkAsOverTCP(version: String) throws {
    let folder = try CertificateTests.folder.get().path
    let server = try OpenSSLServer(folder, "good", ["-rev", version])
    let run = try nsh(
      """
      let c = tls connect 127.0.0.1:\(server.port) --name www.example.test --ca \(folder)/ca.pem
      $c.transport
      send line 'stressed'
      recv line
      send "one\\ntwo\\n"
      recv until "eno\\n"
      recv --exactly 4
      shutdown
      recv all | len
      close $c
      $c.state
      """)
    #expect(run.output == "tls\ndesserts\neno\nowt\n0\nclosed\n")
  }

  @Test(arguments: ["-tls1_2", "-tls1_3"]) func theServerSeesTheSessionResumed(version: String) throws {
    let folder = try CertificateTests.folder.get().path
    let server = try OpenSSLServer(folder, "good", [version])
    let page = #"send "GET / HTTP/1.0\r\n\r\n"; let text = recv all"#
    let run = try nsh(
      """
      let a = tls connect 127.0.0.1:\(server.port) --name www.example.test --ca \(folder)/ca.pem
      \(page)
      $text =~ 'Reused, '
      close $a
      let b = tls connect 127.0.0.1:\(server.port) --name www.example.test --ca \(folder)/ca.pem --resume $a
      \(page)
      $text =~ 'Reused, '
      (tls info $b).resumed
      close $b
      try { tls connect 127.0.0.1:\(server.port) --name other.test --ca \(folder)/ca.pem --resume $a } catch e { $e.code }
      """)
    #expect(run.output == "false\ntrue\ntrue\ntls-not-resumable\n")
  }

  /// OpenSSL's server asks for a new handshake after R and a new key after K on its input, which the shell's script writes there.
  @Test(arguments: [("-tls1_2", "R", "Finished", 2), ("-tls1_3", "K", "KeyUpdate", 1)])
  func newHandshakesAndNewKeysAreFollowed(version: String, key: String, message: String, count: Int) throws {
    let folder = try CertificateTests.folder.get().path
    let script = #"""
      let c = tls connect 127.0.0.1:PORT --name www.example.test --ca ca.pem
      let said = sh bash -c 'echo first > KEY-in'
      recv line $c
      # What is written at once would be read at once, and the letter counts only where it begins a reading.
      let said = sh bash -c 'echo KEY > KEY-in; for n in {1..600}; do grep -q SSL_do_handshake KEY-out && break; sleep 0.05; done'
      for n in 1..100 {
        if (tls handshake $c | where {|m| $m.from == 'peer' and $m.message == 'MESSAGE'} | count) >= COUNT { break }
        try { recv line $c --timeout 250ms } catch e { null }
      }
      let said = sh bash -c 'echo second > KEY-in'
      recv line $c --timeout 30s
      send line $c mine
      (sh bash -c 'for n in {1..600}; do grep -q mine KEY-out && break; sleep 0.05; done; grep -c mine KEY-out').stdout =~ '^1'
      tls handshake $c | where {|m| $m.from == 'peer' and $m.message == 'MESSAGE'} | count
      """#.replacing("KEY", with: key).replacing("MESSAGE", with: message).replacing("COUNT", with: "\(count)")
    let line = """
      cd '\(folder)'; mkfifo \(key)-in; exec 3<>\(key)-in
      stdbuf -o0 openssl s_server -accept 127.0.0.1:0 -cert good.pem -cert_chain good.pem -key good.key \(version) \
      -legacy_renegotiation <&3 > \(key)-out 2>&1 & server=$!
      for n in {1..600}; do port=$(sed -n 's/^ACCEPT .*://p' \(key)-out); [ -n "$port" ] && break; sleep 0.05; done
      timeout -s KILL 90 '\(Tree.nsh)' -c "${0//PORT/$port}" 2>&1
      kill -KILL $server; rm \(key)-in
      """
    let seen = String(decoding: try Program("bash", "-c", line, script).finish().output, as: UTF8.self)
    #expect(seen == "first\nsecond\ntrue\n\(count)\n", "\(version): \(seen)")
  }

  @Test func anEndWithoutItsAnnouncementIsACut() throws {
    let folder = try CertificateTests.folder.get().path
    let python = """
      import socket, ssl, sys
      c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); c.load_cert_chain("\(folder)/good.pem", "\(folder)/good.key")
      s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); print(s.getsockname()[1], flush=True)
      for clean in (True, False):
          t = c.wrap_socket(s.accept()[0], server_side=True); t.send(b"all there is")
          if clean: t.unwrap()
          else: t.detach() if False else socket.socket(fileno=t.detach()).close()
      """
    let server = try Program("timeout", "-s", "KILL", "60", "python3", "-c", python)
    let port = try server.line()
    let connect = "let c = tls connect 127.0.0.1:\(port) --name www.example.test --ca \(folder)/ca.pem"
    #expect(try nsh("\(connect); recv all").output == "all there is")
    let cut = try nsh("\(connect); recv; try { recv } catch e { $e.code }; try { recv line } catch e { $e.code }")
    #expect(cut.output == "all there istls-truncated\ntls-truncated\n")
  }

  /// Peers that do something else than a handshake, at each point of it.
  @Test func serversThatMisbehaveAreErrorsOfTheirOwn() throws {
    let folder = try CertificateTests.folder.get().path
    let python = """
      import os, socket, ssl, struct, sys, threading, time
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); context.load_cert_chain("\(folder)/good.pem", "\(folder)/good.key")
      def flight(hello):
          i, o = ssl.MemoryBIO(), ssl.MemoryBIO(); e = context.wrap_bio(i, o, server_side=True); i.write(hello)
          try: e.do_handshake()
          except ssl.SSLWantReadError: pass
          return o.read()
      def reset(c): c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
      s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); print(s.getsockname()[1], flush=True)
      def serve(number, c):
          if number == 0: pass
          elif number == 1: reset(c)
          else:
              hello = c.recv(65536); f = flight(hello)
              if number == 2: c.send(b"HTTP/1.1 400 Bad Request\\r\\n\\r\\n"); time.sleep(0.2)
              elif number == 3: c.send(os.urandom(1)[0:0] + b"\\x17\\x03\\x03\\x00\\x04aaaa"); time.sleep(0.2)
              elif number == 4: time.sleep(3)
              elif number == 5: c.send(bytes([21, 3, 3, 0, 2, 2, 40])); time.sleep(0.2)
              elif number < 30: c.send(f[:(number - 5) * len(f) // 26]); number % 2 and reset(c)
              else:
                  g = bytearray(f); g[(number - 29) * len(f) // 22] ^= 0x55; c.send(bytes(g)); time.sleep(0.1)
          c.close()
      for number in range(50): threading.Thread(target=serve, args=(number, s.accept()[0])).start()
      """
    let server = try Program("timeout", "-s", "KILL", "60", "python3", "-c", python)
    let port = try server.line()
    let run = try nsh(
      """
      for n in 0..<50 {
        try { tls connect 127.0.0.1:\(port) --name www.example.test --ca \(folder)/ca.pem --timeout 1s; 'in' } catch e { $e.code }
      }
      """)
    let codes = run.output.split(separator: "\n").map(String.init)
    #expect(codes.count == 50, "\(run.output)")
    #expect(codes.prefix(1) == ["tls-closed"] || codes.prefix(1) == ["ECONNRESET"])
    #expect(codes.dropFirst().first.map { ["ECONNRESET", "tls-closed", "EPIPE"].contains($0) } == true)
    #expect(Array(codes.dropFirst(2).prefix(4)) == ["tls-not-spoken", "tls-violation", "timeout", "handshake-failure"])
    let known = [
      "tls-closed", "ECONNRESET", "tls-violation", "tls-not-spoken", "tls-version", "handshake-failure", "timeout",
      "EPIPE",
    ]
    #expect(
      codes.dropFirst(6).allSatisfy { known.contains($0) || $0.hasPrefix("tls-") || $0.hasPrefix("certificate-") },
      "\(codes)")
  }

  @Test func secretsAreLoggedForTheOwnerOnly() throws {
    let folder = try CertificateTests.folder.get().path
    let server = try OpenSSLServer(folder, "good", ["-rev", "-keylogfile", "\(folder)/theirs.log"])
    let log = "\(folder)/ours.log"
    let run = try nsh(
      "tls connect 127.0.0.1:\(server.port) --name www.example.test --ca \(folder)/ca.pem; send line 'a'; recv line",
      "SSLKEYLOGFILE=\(log)")
    #expect(run.output.hasSuffix("a\n"))
    let facts = try Program(
      "bash", "-c",
      "stat -c %a \(log); grep -v '^#' \(folder)/theirs.log | sort | cmp - <(sort \(log)) && echo same; wc -l < \(log)"
    ).finish().output
    #expect(String(decoding: facts, as: UTF8.self) == "600\nsame\n5\n")
  }

  @Test func nothingLeaksOverAThousandHandshakes() throws {
    let folder = try CertificateTests.folder.get().path
    let server = try OpenSSLServer(folder, "good", ["-rev"])
    let run = try nsh(
      """
      def number [n: int] { $n }
      def memory [] { number ((open /proc/self/status | lines | where {|l| $l =~ '^VmRSS'} | first | words) | get 1) }
      def round [] {
        let c = tls connect 127.0.0.1:\(server.port) --name www.example.test --ca \(folder)/ca.pem
        send line $c 'abc'
        recv line $c
        close $c
      }
      for n in 1..200 { round }
      let files = ls /proc/self/fd | count
      let before = memory
      for n in 1..1000 { round }
      let after = memory
      print ((ls /proc/self/fd | count) == $files)
      print ($after - $before < 12000)
      """)
    #expect(run.output == "true\ntrue\n")
  }
}
