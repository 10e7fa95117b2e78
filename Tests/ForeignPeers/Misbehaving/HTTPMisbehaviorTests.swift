import TestSupport
import Testing

/// The built program against servers that do not keep to HTTP: each fault has its code and its place, and none a crash, a hang or an answer.
struct HTTPMisbehaviorTests {
  /// Answers each request by what stands under its path in a file of `name hex hex`: the reply, and what repeats without end.
  private static let server = """
    import socket, sys, threading
    table = {}
    for line in open(sys.argv[1]):
        name, reply, endless = (line[:-1].split(" ") + ["", ""])[:3]
        table[name] = bytes.fromhex(reply), bytes.fromhex(endless)
    def serve(c):
        try:
            c.settimeout(60)
            request = b""
            while b"\\r\\n\\r\\n" not in request:
                more = c.recv(65536)
                if not more: return
                request += more
            reply, endless = table[request.split(b" ")[1].decode()[1:]]
            c.sendall(reply)
            block = endless * (65536 // len(endless) + 1) if endless else b""
            while endless: c.sendall(block)
            c.shutdown(socket.SHUT_WR)
            while c.recv(65536): pass
        except OSError: pass
        finally: c.close()
    l = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(l.getsockname()[1], flush=True)
    while True:
        c, _ = l.accept()
        threading.Thread(target=serve, args=(c,), daemon=True).start()
    """

  private static func latin1(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  }

  /// Starts the server with these replies.
  private func serve(
    _ replies: [(name: String, reply: [UInt8], endless: [UInt8])]
  ) throws -> (server: Program, port: String, folder: TemporaryFolder) {
    let folder = try TemporaryFolder()
    let lines = replies.map { "\($0.name) \(hex($0.reply)) \(hex($0.endless))\n" }.joined()
    try folder.write("replies", Array(lines.utf8))
    let server = try Program("timeout", "120", "python3", "-c", Self.server, "\(folder.path)/replies")
    return (server, try server.line(), folder)
  }

  @Test func eachFaultHasItsCodeAndItsPlace() throws {
    let cases = Misbehavior.all
    #expect(Set(cases.map(\.name)).count == cases.count)
    let (server, port, _) = try serve(
      cases.map { ($0.name, Self.latin1($0.reply), Self.latin1($0.endless)) })
    _ = server
    let script = """
      for name in [\(cases.map(\.name).joined(separator: " "))] {
        try {
          let r = http get http://127.0.0.1:\(port)/$name --timeout 30s
          print "$name answered ${len $r.body}"
        } catch e {
          print "$name $e.code ${$e.causes | last | get message}"
        }
      }
      """
    let result = try Program("timeout", "100", Tree.nsh, "-c", script).finish()
    let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
    #expect(result.status == 0 && lines.count == cases.count)
    for (seen, wanted) in zip(lines, cases) {
      #expect(seen.hasPrefix("\(wanted.name) \(wanted.code) "), "\(seen), not \(wanted.code)")
      guard let offset = wanted.offset else { continue }
      #expect(seen.contains(" at byte \(offset) ("), "\(seen), not byte \(offset)")
    }
  }

  /// The same by hand: what was sent before the fault is given piece by piece, then the fault.
  @Test func whatCameBeforeTheFaultIsGiven() throws {
    let (server, port, _) = try serve([
      ("cut", Self.latin1("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n9\r\nhel"), []),
      ("end", Self.latin1("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n"), []),
    ])
    _ = server
    let script = """
      for name in [cut end] {
        let c = tcp connect 127.0.0.1:\(port)
        http send $c GET /$name
        loop {
          try {
            let p = http read $c --timeout 30s
            print $p.event
            if $p.event == 'chunk' { print $p.data }
          } catch e { print $e.code; break }
        }
        close $c
      }
      """
    let seen = try SocketTests.nsh(script)
    #expect(
      seen.output
        == "head\nchunk\nhellochunk\nhelhttp-body-truncated\nhead\nchunk\nhellohttp-bad-chunk-end\n",
      "\(seen.output)")
  }

  @Test func redirectsInACircleEnd() throws {
    let (server, port, _) = try serve([
      ("a", Self.latin1("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"), []),
      ("b", Self.latin1("HTTP/1.1 307 Again\r\nLocation: a\r\nContent-Length: 0\r\n\r\n"), []),
      ("away", Self.latin1("HTTP/1.1 302 Found\r\nLocation: gopher://h/\r\nContent-Length: 0\r\n\r\n"), []),
      ("broken", Self.latin1("HTTP/1.1 302 Found\r\nLocation: http://h:99999/\r\nContent-Length: 0\r\n\r\n"), []),
    ])
    _ = server
    let script = """
      for name in [a away broken] {
        try { http get http://127.0.0.1:\(port)/$name --follow 9 --timeout 30s } catch e { print $e.code }
      }
      """
    #expect(try SocketTests.nsh(script).output == "http-redirect-loop\nhttp-redirect-target\nport-out-of-range\n")
  }

  @Test func bombsAreStopped() throws {
    let bomb = """
      import gzip, subprocess, sys
      zeros = bytes(40 << 20)
      coded = {"gzip": gzip.compress(zeros), "br": subprocess.run(["brotli", "-c"], input=zeros, stdout=subprocess.PIPE, check=True).stdout,
        "zstd": subprocess.run(["zstd", "-qc"], input=zeros, stdout=subprocess.PIPE, check=True).stdout}
      coded["gzip, gzip"] = gzip.compress(coded["gzip"])
      for name, body in coded.items():
        reply = b"HTTP/1.1 200 OK\\r\\nContent-Encoding: %s\\r\\nContent-Length: %d\\r\\n\\r\\n" % (name.encode(), len(body)) + body
        print(name.replace(", ", "-"), reply.hex())
      """
    let made = try Program("timeout", "60", "python3", "-c", bomb).finish()
    #expect(made.status == 0)
    let folder = try TemporaryFolder()
    try folder.write("replies", made.output)
    let server = try Program("timeout", "120", "python3", "-c", Self.server, "\(folder.path)/replies")
    let port = try server.line()
    let script = """
      for name in [gzip br zstd gzip-gzip] {
        try { let r = http get http://127.0.0.1:\(port)/$name --timeout 30s --limit 1MiB; print "${len $r.body}" } catch e { print $e.code }
      }
      """
    #expect(try SocketTests.nsh(script).output == "too-large\ntoo-large\ntoo-large\ntoo-large\n")
  }

  /// The same faults in what a client sends: the server refuses and closes.
  @Test func requestsAreParsedAsStrictly() throws {
    let requests: [(request: String, code: String)] = [
      (
        "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "http-length-and-chunked"
      ),
      ("GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n", "http-chunked-not-last"),
      ("GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n", "http-chunked-not-last"),
      ("GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n folded\r\n\r\n", "http-folded-field"),
      ("GET  / HTTP/1.1\r\nHost: h\r\n\r\n", "http-bad-request-line"), ("GET /\r\n\r\n", "http-bad-request-line"),
      ("G(T / HTTP/1.1\r\nHost: h\r\n\r\n", "http-not-http"), ("GET / HTTP/1.1\r\n\r\n", "http-bad-host"),
      ("GET / HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n", "http-bad-host"),
      ("GET /\u{7F} HTTP/1.1\r\nHost: h\r\n\r\n", "http-control-character"),
      ("GET /\u{FC} HTTP/1.1\r\nHost: h\r\n\r\n", "http-bad-request-line"),
      ("GET / HTTP/2.0\r\nHost: h\r\n\r\n", "http-version-unsupported"),
    ]
    let script = requests.map { request, _ in
      "try { 0x[\(hex(Self.latin1(request)))] | http parse; print ok } catch e { print $e.code }"
    }.joined(separator: "\n")
    let seen = try SocketTests.nsh(script).output
    #expect(seen == requests.map { $0.code + "\n" }.joined(), "\(seen)")
  }
}
