import TestSupport
import Testing

/// Peers that reset, stall, dribble, close early or never end, as servers in Python; and what the shell makes of them.
struct BadPeerTests {
  /// Runs a script against a server whose one connection is `c`; `$p` is where it listens.
  private func run(_ behaviour: String, _ script: String) throws -> (output: String, status: Int32) {
    let server = try Program(
      "python3", "-c",
      """
      import socket, struct, time
      l = socket.create_server(("127.0.0.1", 0)); print(l.getsockname()[1], flush=True)
      c, _ = l.accept()
      def reset(): c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)); c.close()
      try:
          \(behaviour)
      except OSError: pass
      """)
    let port = try server.line()
    return try SocketTests.nsh("let c = tcp connect 127.0.0.1:\(port); \(script)")
  }

  @Test func aResetKeepsWhatCame() throws {
    let seen = try run(
      "c.sendall(b'half'); c.recv(1); reset()",
      "recv --peek | len; send x; sleep 100ms; try { recv until 'never' } catch e { $e.code }; $c.state")
    #expect(seen.output == "4\nECONNRESET\nreset\n")
  }

  @Test func aStallIsATimeoutThatKeepsWhatCame() throws {
    let seen = try run(
      "c.sendall(b'user: '); time.sleep(5)",
      "try { expect 'password:' --timeout 200ms } catch e { $e.code }; recv")
    #expect(seen.output == "timeout\nuser: ")
  }

  @Test func aDribbleIsOneLine() throws {
    let seen = try run("for b in b'drop by drop\\r\\n': c.send(bytes([b])); time.sleep(0.005)", "recv line")
    #expect(seen.output == "drop by drop\n")
  }

  @Test func anEarlyEndIsEofAndKeepsWhatCame() throws {
    let seen = try run(
      "c.sendall(b'abc'); c.close()", "try { recv --exactly 10 } catch e { $e.code }; recv; recv | type")
    #expect(seen.output == "eof\nabcnull\n")
  }

  @Test func sendingToThePeerThatLeftIsAnErrorNotADeath() throws {
    let seen = try run("c.close()", "sleep 100ms; loop { send (random bytes 65536) }")
    #expect(seen.status == 56)
  }

  @Test func tenGigabytesNeedNoMemory() throws {
    let flood = "b = bytes(1 << 20)\n    for _ in range(10000): c.sendall(b)"
    let seen = try run(
      flood,
      "recv all --discard; open /proc/self/status | lines | where {|l| $l =~ '^VmHWM'} | each {|l| ($l | match '\\d+' | get 0 | from json) < 70000}"
    )
    #expect(seen.output == "10485760000\ntrue\n")
    let endless = try run(flood, "try { recv until 'never' --timeout 20s } catch e { $e.code }")
    #expect(endless.output == "too-long\n")
  }

  @Test func aFullDiskSaysWhatIsKept() throws {
    let seen = try run(
      "for _ in range(8): c.sendall(bytes(1 << 20))\n    c.close()",
      "try { recv to /dev/full } catch e { $e.code }; recv all | len")
    #expect(seen.output == "ENOSPC\n8388608\n")
  }

  /// In a mount namespace with a tmpfs of a mebibyte: what fitted is in a file of its own name.
  @Test func aFullFileSystemKeepsThePart() throws {
    let server = try Program(
      "python3", "-c",
      """
      import socket
      l = socket.create_server(("127.0.0.1", 0)); print(l.getsockname()[1], flush=True)
      c, _ = l.accept()
      for _ in range(4): c.sendall(bytes(1 << 20))
      c.close()
      """)
    let port = try server.line()
    let script = """
      let c = tcp connect 127.0.0.1:\(port)
      try { recv to $c /mnt/big } catch e { [$e.code ($e.message | replace re'\\d+' 'N' --all)] | join ': ' }
      (open /mnt/big.part | len) + (recv all $c | len)
      ls /mnt | get name
      """
    let inside = "mount -t tmpfs -o size=1m none /mnt && exec timeout 30 '\(Tree.nsh)' -c \"$0\""
    let seen = try Program("unshare", "-Urm", "bash", "-c", inside, script).finish()
    #expect(
      SocketTests.text(seen.output) == """
        ENOSPC: receive into /mnt/big: N bytes are kept in /mnt/big.part, N more can still be received
        4194304
        big.part

        """)
  }

  @Test func tenThousandConnectionsLeaveNoDescriptor() throws {
    let script = """
      let s = tcp serve :0 {|c| recv line $c; send line $c 'bye'} --background
      let before = ls /proc/self/fd | count
      for i in 1..10000 {
        let c = tcp connect $s.local
        send line $c 'hello'
        recv line $c
        close $c
      }
      sleep 200ms
      (ls /proc/self/fd | count) - $before < 10
      """
    let seen = try SocketTests.nsh(script.replacing("  recv line $c\n", with: "  let l = recv line $c\n"))
    #expect(seen.output == "true\n")
  }
}
