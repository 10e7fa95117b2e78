import TestSupport
import Testing

/// The modules of small services against servers in Python: a clock that is 100 seconds ahead, a whois server that refers, and others.
struct SmallServiceTests {
  @Test func aClockThatIsAhead() throws {
    let peer = try Peer(
      #"""
      import socket, struct, time
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1], flush=True)
      def stamp(t): return struct.pack("!II", (int(t) + 2208988800) & 0xffffffff, int(t % 1 * 2**32))
      for turn in range(4):
          q, a = s.recvfrom(100); now = time.time() + 100
          assert len(q) == 48 and q[0] == 0x23
          head = struct.pack("!BBbb", 0x24, [1, 3, 0, 2][turn], 6, -20) + bytes(8) + [b"GPS\0", bytes([192, 0, 2, 1]), b"RATE", b""][turn]
          s.sendto(head + bytes(8) + q[40:48] + stamp(now) + stamp(now) if turn < 3 else bytes(48), a)
      """#)
    let said = try peer.nsh(
      """
      use ntp
      let r = ntp query 127.0.0.1:PORT
      $r.offset > 99s and $r.offset < 101s and $r.delay < 1s and $r.delay >= 0s
      "$r.stratum $r.reference $r.version $r.leap"
      (ntp query 127.0.0.1:PORT).reference
      try { ntp query 127.0.0.1:PORT } catch e { $e.message }
      try { ntp query 127.0.0.1:PORT } catch e { $e.code }
      try { ntp query 127.0.0.1:PORT --timeout 100ms } catch e { $e.code }
      """)
    #expect(
      said
        == "true\n1 GPS 4 0\n192.0.2.1\nthe server does not want to be asked: RATE\nntp-malformed\nECONNREFUSED\n"
        || said
          == "true\n1 GPS 4 0\n192.0.2.1\nthe server does not want to be asked: RATE\nntp-malformed\ntimeout\n",
      "\(said)")
  }

  @Test func referralsAreFollowedAndEnd() throws {
    let peer = try Peer(
      #"""
      import socketserver
      class Whois(socketserver.StreamRequestHandler):
          def handle(self):
              question = self.rfile.readline().decode().strip()
              port = self.server.server_address[1]
              # Refers to itself: whoever follows must notice.
              self.wfile.write(f"% about {question}\r\nrefer:        localhost:{port}\r\n".encode() + b"caf\xe9\r\n")
      class Server(socketserver.ThreadingTCPServer): allow_reuse_address = True
      s = Server(("127.0.0.1", 0), Whois); print(s.server_address[1], flush=True); s.serve_forever()
      """#)
    let said = try peer.nsh(
      """
      use whois
      whois ask 127.0.0.1:PORT example.test | lines | last
      let all = whois query example.test --server 127.0.0.1:PORT
      $all | count
      $all[1].server.host
      $all[1].text | lines | first
      """)
    #expect(said == "café\n2\nlocalhost\n% about example.test\n")
  }

  @Test func fingerDaytimeAndEcho() throws {
    let peer = try Peer(
      #"""
      import socket, socketserver, threading
      class Finger(socketserver.StreamRequestHandler):
          def handle(self): self.wfile.write(b"asked " + repr(self.rfile.readline()).encode() + b"\r\nPlan: none\r\n")
      class Day(socketserver.StreamRequestHandler):
          def handle(self): self.wfile.write(b"Tuesday, February 22, 1982 17:37:43-PST\r\n")
      class DayUDP(socketserver.BaseRequestHandler):
          def handle(self): self.request[1].sendto(b"by UDP\r\n", self.client_address)
      class Echo(socketserver.BaseRequestHandler):
          def handle(self):
              while data := self.request.recv(4096): self.request.sendall(data)
      class EchoUDP(socketserver.BaseRequestHandler):
          def handle(self): self.request[1].sendto(self.request[0], self.client_address)
      all = [socketserver.ThreadingTCPServer(("127.0.0.1", 0), h) for h in (Finger, Day, Echo)]
      all += [socketserver.ThreadingUDPServer(("127.0.0.1", 0), h) for h in (DayUDP, EchoUDP)]
      for s in all: threading.Thread(target=s.serve_forever).start()
      print(*[s.server_address[1] for s in all], flush=True)
      """#)
    let ports = peer.port.split(separator: " ")
    #expect(ports.count == 5)
    let said = try run(
      """
      use finger
      use daytime
      use echo
      finger query 127.0.0.1:\(ports[0]) ada | lines | first
      finger query 127.0.0.1:\(ports[0]) --long | lines | first
      daytime tcp 127.0.0.1:\(ports[1])
      daytime udp 127.0.0.1:\(ports[3])
      echo tcp 127.0.0.1:\(ports[2]) 0x[00 ff] | to hex
      echo udp 127.0.0.1:\(ports[4]) again | to utf8 | from utf8
      echo times 127.0.0.1:\(ports[4]) 3 | where {|r| $r.time != null} | count
      try { echo udp 127.0.0.1:1 } catch e { $e.code }
      conn | count
      """)
    #expect(
      said == #"""
        asked b'ada\r\n'
        asked b'/W \r\n'
        Tuesday, February 22, 1982 17:37:43-PST
        by UDP
        00ff
        again
        3
        ECONNREFUSED
        0

        """#)
  }

  @Test func noDescriptorIsLeftOpen() throws {
    let said = try run(
      #"""
      use echo
      def turn [] {
        tcp probe 127.0.0.1 1..40 | count
        ping 127.0.0.1 --count 1 --summary
        ping 127.0.0.1 --count 50 --interval 1ms | first 1
        trace 127.0.0.1 | first 1
        try { echo udp 127.0.0.1:1 } catch e { null }
        let s = udp serve :0 {|packet| $packet.data} --background
        echo udp $s.local x
        close $s
      }
      turn
      let before = ls /proc/self/fd | count
      for n in 1..20 { turn }
      (ls /proc/self/fd | count) - $before
      """#)
    #expect(said.split(separator: "\n").last == "0", "\(said)")
  }

  /// The chapter's traceback: where it was called, what was tried, what the system said.
  @Test(arguments: ["smtp", "pop3", "imap", "ftp", "redis"]) func aClosedPortShowsAllLayers(module: String) throws {
    let said = try run("use \(module); \(module) connect 127.0.0.1:1")
    for part in [
      "error: cannot connect to 127.0.0.1:1", "share/nsh/lib/\(module).nsh:", "tcp        connect to 127.0.0.1:1",
      "system     connect(2) = ECONNREFUSED (111), connection refused", "hint       the host answered",
      "called     `\(module) connect` at -c:1:",
    ] { #expect(said.contains(part), "\(said)") }
  }
}
