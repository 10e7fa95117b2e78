import TestSupport
import Testing

/// The steps of the socket interface against ncat, nc, socat and Python.
struct SocketTests {
  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  static func nsh(_ script: String) throws -> (output: String, status: Int32) {
    let result = try Program("timeout", "60", Tree.nsh, "-c", script).finish()
    return (text(result.output), result.status)
  }

  /// A server that upper-cases all it gets to its end, then answers, over TCP or a Unix socket.
  private static let server = """
    import socket, sys
    if len(sys.argv) > 1:
        l = socket.socket(socket.AF_UNIX); l.bind(sys.argv[1])
    else:
        l = socket.create_server(("127.0.0.1", 0))
    l.listen()
    print(l.getsockname()[1] if len(sys.argv) == 1 else "ready", flush=True)
    c, _ = l.accept()
    text = b""
    while piece := c.recv(65536): text += piece
    c.sendall(text.upper()); c.close()
    """

  private static let ask = """
    send "hello, " ; send "world\\n"; shutdown --write; recv all; close
    """

  @Test func aClientEndsItsDirectionAndReadsTheAnswer() throws {
    let server = try Program("python3", "-c", Self.server)
    let port = try server.line()
    #expect(try Self.nsh("let c = tcp connect 127.0.0.1 \(port); \(Self.ask)").output == "HELLO, WORLD\n")
  }

  @Test func theSameStepsServeAUnixSocket() throws {
    let folder = try TemporaryFolder()
    let server = try Program("python3", "-c", Self.server, "\(folder.path)/s")
    _ = try server.line()
    #expect(try Self.nsh("let c = unix connect \(folder.path)/s; \(Self.ask)").output == "HELLO, WORLD\n")
  }

  @Test func aListeningSocatAnswers() throws {
    let folder = try TemporaryFolder()
    let server = try Program("socat", "UNIX-LISTEN:\(folder.path)/s", "SYSTEM:tr a-z A-Z")
    let script = "let c = retry 50 --every 50ms { unix connect \(folder.path)/s }; \(Self.ask)"
    #expect(try Self.nsh(script).output == "HELLO, WORLD\n")
    _ = server
  }

  /// What each client sends comes back in capitals, after its end.
  @Test(arguments: ["nc -N 127.0.0.1 $PORT", "ncat 127.0.0.1 $PORT", "socat -t5 - TCP:127.0.0.1:$PORT"])
  func clientsOfOthersAreServed(client: String) throws {
    let server = try Program(
      Tree.nsh, "-c",
      "let s = tcp serve :0 {|c| let t = recv all $c; send $c (upper $t)} --background; $s.local.port; sleep 20s")
    let port = try server.line()
    let answer = try Program("bash", "-c", "PORT=\(port); printf 'hello\\nworld' | timeout 20 \(client)").finish()
    #expect(Self.text(answer.output) == "HELLO\nWORLD")
  }

  @Test(arguments: ["nc -N -U $P", "ncat -U $P", "socat -t5 - UNIX-CONNECT:$P"])
  func clientsOfUnixSocketsAreServed(client: String) throws {
    let folder = try TemporaryFolder()
    let server = try Program(
      Tree.nsh, "-c",
      "let s = unix serve \(folder.path)/s {|c| let t = recv all $c; send $c (upper $t)} --background; $s.state; sleep 20s"
    )
    #expect(try server.line() == "serving")
    let answer = try Program("bash", "-c", "P=\(folder.path)/s; printf hello | timeout 20 \(client)").finish()
    #expect(Self.text(answer.output) == "HELLO")
  }

  @Test func aRelayKeepsHalfClosesApart() throws {
    let server = try Program("python3", "-c", Self.server)
    let port = try server.line()
    let relay = try Program(
      Tree.nsh, "-c", "let r = tcp relay :0 127.0.0.1:\(port) --background; $r.local.port; sleep 20s")
    let near = try relay.line()
    let answer = try Program("bash", "-c", "printf hello | timeout 20 nc -N 127.0.0.1 \(near)").finish()
    #expect(Self.text(answer.output) == "HELLO")
  }

  /// A thousand clients that say nothing, or a byte now and then, and one who wants an answer.
  @Test func aThousandHeldConnectionsDelayNobody() throws {
    let server = try Program(
      Tree.nsh, "-c",
      "let s = tcp serve :0 {|c| let l = recv line $c; send line $c \"you said $l\"} --background; $s.local.port; sleep 60s"
    )
    let port = try server.line()
    let client = """
      import socket, time, resource
      resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
      held = [socket.create_connection(("127.0.0.1", \(port))) for _ in range(1000)]
      for c in held[:100]: c.send(b"x")
      start = time.time()
      c = socket.create_connection(("127.0.0.1", \(port))); c.sendall(b"me\\r\\n")
      print(c.makefile().readline().strip(), time.time() - start < 2)
      for c in held: c.sendall(b"late\\n")
      print(sum(c.makefile().readline().endswith("late\\n") for c in held))
      """
    let seen = try Program("timeout", "50", "python3", "-c", client).finish()
    #expect(Self.text(seen.output) == "you said me True\n1000\n")
  }

  @Test func aServerOfOneLetsTheOthersWait() throws {
    let script = """
      let s = tcp serve :0 {|c| let l = recv line $c; send line $c "$l"} --limit 1 --background
      let a = tcp connect $s.local
      let b = tcp connect $s.local
      send line $b 'b'
      try { recv $b --timeout 100ms } catch e { $e.code }
      close $a
      recv line $b --timeout 5s
      $s.state
      """
    #expect(try Self.nsh(script).output == "timeout\nb\nserving\n")
  }

  /// `:PORT` is loopback in both families, for datagrams as for connections: Python and socat reach it by either.
  @Test func aPortIsBoundInBothFamilies() throws {
    let client = """
      import socket, subprocess, sys
      def free():
          while True:
              with socket.socket() as a, socket.socket(socket.AF_INET6) as b, socket.socket(type=2) as c, \
                  socket.socket(socket.AF_INET6, 2) as d:
                  a.bind(("127.0.0.1", 0))
                  port = a.getsockname()[1]
                  try:
                      b.bind(("::1", port)); c.bind(("127.0.0.1", port)); d.bind(("::1", port))
                      return port
                  except OSError: pass
      port = free()
      nsh = subprocess.Popen([sys.argv[1], "-c", f'''let s = udp serve :{port} {{|p| upper $p.data}} --background
      let t = tcp serve :{port} {{|c| send $c (upper (recv line $c))}} --background; print ready; sleep 40s'''],
          stdout=subprocess.PIPE, text=True)
      try:
          nsh.stdout.readline()
          for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
              u = socket.socket(family, socket.SOCK_DGRAM); u.settimeout(20)
              u.sendto(b"datagram", (host, port)); data, peer = u.recvfrom(100)
              t = socket.create_connection((host, port), timeout=20); t.sendall(b"stream\\n")
              print(data.decode(), peer[0], peer[1] == port, t.recv(100).decode())
          for address in ("UDP4:127.0.0.1", "UDP6:[::1]"):
              said = subprocess.run(["socat", "-t5", "-", f"{address}:{port}"], input=b"socat", capture_output=True, timeout=20)
              print(said.stdout.decode())
      finally:
          nsh.kill(); nsh.wait()
      """
    let seen = try Program("timeout", "60", "python3", "-c", client, Tree.nsh).finish()
    #expect(
      Self.text(seen.output)
        == "DATAGRAM 127.0.0.1 True STREAM\nDATAGRAM ::1 True STREAM\nSOCAT\nSOCAT\n")
  }

  /// What expect(1) calls eof and timeout, with a peer that says less than was hoped for.
  @Test func expectFindsTheEndOfTheStreamAndOfTheTime() throws {
    let server = try Program(
      "timeout", "50", "python3", "-c",
      """
      import socket
      l = socket.create_server(("127.0.0.1", 0)); print(l.getsockname()[1], flush=True)
      c, _ = l.accept(); c.sendall(b"login"); c.recv(1); c.sendall(b": no more"); c.close()
      """)
    let port = try server.line()
    let script = """
      let c = tcp connect 127.0.0.1:\(port)
      let a = expect 'login' 'x'
      let b = expect 'password:' timeout eof --timeout 100ms
      "$a.index $b.index $b.pattern"
      send $c g
      let d = expect [{pattern: 'password:', action: {|f| 1}} {pattern: eof, action: {|f| len $f.before}}] timeout --timeout 20s
      "$d.index $d.before $d.result"
      """
    #expect(try Self.nsh(script).output == "0 1 timeout\n1 : no more 9\n")
  }

  /// What is piped in is sent and what comes is printed, as nc does it.
  @Test func interactJoinsStandardInputAndOutput() throws {
    let listener = "socat -t5 TCP-LISTEN:$P,bind=127.0.0.1,reuseaddr SYSTEM:'tr a-z A-Z'"
    let script = """
      P=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
      timeout 40 \(listener) & peer=$!
      (printf 'hello\\n'; sleep 0.2; printf 'world\\n') | timeout 40 "$NSH" -c "
        let c = retry 100 --every 50ms { tcp connect 127.0.0.1:$P }
        interact \\$c"
      kill -KILL $peer 2>/dev/null
      true
      """
    let seen = try Program("timeout", "60", "env", "NSH=\(Tree.nsh)", "bash", "-c", script).finish()
    #expect(Self.text(seen.output) == "HELLO\nWORLD\n")
  }

  /// The peer speaks first and in between, gets CRLF, and ends while standard input is still open.
  @Test func interactEndsWithThePeer() throws {
    let script = """
      import socket, subprocess, sys
      l = socket.create_server(("127.0.0.1", 0))
      p = subprocess.Popen([sys.argv[1], "-c", f"let c = tcp connect 127.0.0.1:{l.getsockname()[1]}; interact $c --crlf; 'over'"],
                           stdin=subprocess.PIPE, stdout=subprocess.PIPE)
      try:
          c, _ = l.accept(); c.settimeout(30); c.sendall(b"login: ")
          print(p.stdout.read1(100))
          p.stdin.write(b"ann\\n"); p.stdin.flush()
          print(c.recv(100))
          c.sendall(b"bye\\n"); c.close()
          print(p.stdout.read(), p.wait(30))
      finally:
          p.kill()
      """
    let seen = try Program("timeout", "60", "python3", "-c", script, Tree.nsh).finish()
    #expect(Self.text(seen.output) == "b'login: '\nb'ann\\r\\n'\nb'bye\\nover\\n' 0\n")
  }
}
