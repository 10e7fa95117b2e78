import TestSupport
import Testing

/// Many connections at once in one process, and signals in the middle of it all.
struct CrowdTests {
  /// Python that raises the limit of open files as far as it may, for itself and for nsh, and gives how many connections fit.
  private static let room = """
    import os, resource, signal, socket, subprocess, sys, time
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try: resource.setrlimit(resource.RLIMIT_NOFILE, (max(hard, 30000), max(hard, 30000)))
    except (ValueError, OSError): resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    n = min(2000, (resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 100) // 2)
    nsh = sys.argv[1]
    memory = lambda process: int([l.split()[1] for l in open(f"/proc/{process.pid}/status") if l.startswith("VmRSS")][0]) // 1024
    def start(text): return subprocess.Popen([nsh, "-c", text], stdout=subprocess.PIPE, text=True)
    signal.alarm(100)

    """

  private func run(_ script: String) throws -> String {
    let said = try Program("timeout", "110", "python3", "-c", Self.room + script, Tree.nsh).finish()
    return String(decoding: said.output, as: UTF8.self)
  }

  /// Two thousand that say nothing are held by a server, which answers one more at once, and then all of them.
  @Test func aServerHoldsThousandsOfSilentConnections() throws {
    let said = try run(
      """
      server = start(f"let s = tcp serve :0 {{|c| let l = recv line $c --timeout 90s; send line $c $l}} --limit {n + 10} --background; "
                     "print $s.local.port; sleep 95s")
      try:
          port = int(server.stdout.readline())
          held = [socket.create_connection(("127.0.0.1", port)) for _ in range(n)]
          one = socket.create_connection(("127.0.0.1", port)); one.sendall(b"me\\n")
          print(one.makefile().readline().strip())
          each = memory(server) * 1024 / n
          for c in held: c.sendall(b"late\\n")
          print(n >= 400, sum(c.recv(100) == b"late\\r\\n" for c in held) == n, "KiB each:", each if each > 200 else "few")
      finally:
          server.kill(); server.wait()
      """)
    #expect(said == "me\nTrue True KiB each: few\n")
  }

  /// One script holds two thousand connections, hears each, and closes them all.
  @Test func aScriptHoldsThousandsOfConnections() throws {
    let said = try run(
      """
      listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
      port = listener.getsockname()[1]
      script = start(f"let all = 1..{n} | each {{ tcp connect 127.0.0.1:{port} }}; let words = $all | each {{|c| recv line $c --timeout 60s}}; "
                     "print \\"${$words | uniq | first} ${$words | count}\\"; $all | each {|c| close $c}; sleep 95s")
      try:
          held = [listener.accept()[0] for _ in range(n)]
          for number, c in enumerate(held): c.sendall(b"hello\\n")
          print(script.stdout.readline().strip() == f"hello {n}")
          # Each is closed from the other side.
          print(sum(c.recv(1) == b"" for c in held) == n, len(os.listdir(f"/proc/{script.pid}/fd")) < 20)
      finally:
          script.kill(); script.wait()
      """)
    #expect(said == "True\nTrue True\n")
  }

  /// Calls that a signal breaks off (EINTR) go on where they were: nsh is stopped and continued all the time.
  @Test func signalsInTheMiddleLoseNothing() throws {
    let said = try run(
      """
      import hashlib, threading
      listener = socket.create_server(("127.0.0.1", 0))
      port = listener.getsockname()[1]
      piece = bytes(range(256)) * 256
      wanted, got = hashlib.sha256(), hashlib.sha256()
      for _ in range(800): wanted.update(piece)
      def serve():
          c, _ = listener.accept()
          for _ in range(800): c.sendall(piece)
          c.shutdown(socket.SHUT_WR)
          while data := c.recv(65536): got.update(data)
          c.close()
      thread = threading.Thread(target=serve); thread.start()
      script = start(f"let c = tcp connect 127.0.0.1:{port}; let all = recv all $c --timeout 90s; print ($all | hash sha256); "
                     "send $c $all --timeout 90s; shutdown $c; recv $c")
      count = 0
      while script.poll() is None:
          for number in (signal.SIGSTOP, signal.SIGCONT):
              if script.poll() is None: os.kill(script.pid, number)
          count += 1
          time.sleep(0.001)
      thread.join(50)
      print(script.stdout.readline().strip() == wanted.hexdigest(), got.hexdigest() == wanted.hexdigest(), script.returncode, count > 20)
      """)
    #expect(said == "True True 0 True\n")
  }
}
