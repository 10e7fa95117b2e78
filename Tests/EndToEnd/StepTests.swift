import Glibc
import Testing
import TestSupport

/// `step { … }` and `nsh --step` on a pseudo-terminal, with peers that others wrote.
@Suite struct StepTests {
  @Test func aChunkedFetchIsWalkedAtTheDepthOfHTTP() throws {
    let server = try StepPeer.chunks()
    defer { withExtendedLifetime(server) {} }
    let port = server.port
    let folder = try Folder()
    let terminal = try StepPeer.walk(
      "let r = http get http://127.0.0.1:\(port)/typed\nprint ($r.body | lines | join ,)", "--step", "--depth", "http",
      in: folder)
    #expect(terminal.shows("1 http send a request to 127.0.0.1:\(port)"))
    #expect(terminal.shows("GET /typed HTTP/1.1") && terminal.shows(StepPeer.keys) && terminal.shows("e edit"))
    #expect(!terminal.isCooked)
    terminal.type("x")
    #expect(terminal.shows("no such key") && terminal.shows(StepPeer.keys))
    terminal.type("?")
    #expect(terminal.shows("edits the bytes that are about to be sent") && terminal.shows(StepPeer.keys))
    terminal.type("e")
    #expect(terminal.shows("edit> ") && terminal.shows("GET /typed HTTP/1.1\\r\\n"))
    terminal.type("\u{15}GET /edited HTTP/1.1\\r\\nHost: x\\q\n")
    #expect(terminal.shows("\\q is no escape") && terminal.shows("edit> ") && terminal.shows("Host: x\\q"))
    terminal.type("\u{7f}r\\n\\r\\n\n")
    #expect(terminal.shows("33 bytes instead of"))
    #expect(try server.line() == "/edited")
    #expect(terminal.shows("2 http take the head of the response") && terminal.shows("HTTP/1.1 200 OK"))
    #expect(terminal.shows("Enter run  i inside  s skip"))
    terminal.type("\r")
    #expect(
      terminal.shows("3 http take 6 bytes of a chunk") && terminal.shows("first") && terminal.shows(StepPeer.keys))
    terminal.type("s")
    #expect(terminal.shows("the body goes on without it"))
    #expect(
      terminal.shows("4 http take 12 bytes of a chunk") && terminal.shows("|.[31msecond.|")
        && terminal.shows(StepPeer.keys))
    terminal.type("c")
    #expect(terminal.shows("5 http take 6 bytes of a chunk") && terminal.shows("\\x1b[31msecond,third"))
    #expect(terminal.child.wait() == 0)
    #expect(terminal.isCooked)
    #expect(!String(decoding: terminal.screen, as: UTF8.self).contains("\u{1b}[31m"))
  }

  @Test func socketsAreWalkedStepByStep() throws {
    let server = try StepPeer.bytes()
    defer { withExtendedLifetime(server) {} }
    let port = server.port
    let folder = try Folder()
    let terminal = try StepPeer.walk(
      "let c = tcp connect 127.0.0.1:\(port)\nsend $c 'hello'\nprint (recv line $c)\nclose $c", "--step", in: folder)
    #expect(terminal.shows("1 tcp  make a socket") && terminal.shows(StepPeer.keys))
    terminal.type("b")
    #expect(terminal.shows("break at"))
    terminal.type("nowhere\n")
    #expect(terminal.shows("neither") && terminal.shows(StepPeer.keys))
    terminal.type("b4\n")
    #expect(terminal.shows("holds again at step 4") && terminal.shows(StepPeer.keys))
    terminal.type("b1\n")
    #expect(terminal.shows("step 1 has passed") && terminal.shows(StepPeer.keys))
    terminal.type("c")
    #expect(terminal.shows("2 tcp  connect to 127.0.0.1:\(port)") && terminal.shows("connected from 127.0.0.1:"))
    #expect(
      terminal.shows("3 tcp  send 5 bytes to 127.0.0.1:\(port)") && terminal.shows("hello")
        && terminal.shows("5 bytes in"))
    #expect(try server.line() == "68656c6c6f")
    #expect(terminal.shows("4 tcp  receive from") && terminal.shows(StepPeer.keys))
    terminal.type("e")
    #expect(terminal.shows("nothing to edit") && terminal.shows(StepPeer.keys))
    terminal.type("\r")
    #expect(
      terminal.shows("3 bytes in") && terminal.shows("ok") && terminal.shows("5 tcp  close")
        && terminal.shows(StepPeer.keys))
    terminal.type("s")
    #expect(terminal.shows("everything stays open"))
    #expect(terminal.child.wait() == 0)
    #expect(try server.line() == "end")
    #expect(terminal.isCooked)
  }

  @Test func theBytesOfADatagramAreEditedInHexadecimal() throws {
    let server = try StepPeer.bytes(isDatagram: true)
    defer { withExtendedLifetime(server) {} }
    let port = server.port
    let folder = try Folder()
    let terminal = try StepPeer.walk(
      "let c = udp connect 127.0.0.1:\(port)\nstep { send $c 0x[00 01 fe]; let answer = recv $c }\nwire | where {|s| $s.step == 'send'} | select bytes detail",
      in: folder)
    #expect(terminal.shows("1 udp  send 3 bytes") && terminal.shows("00 01 fe") && terminal.shows(StepPeer.keys))
    terminal.type("e")
    #expect(terminal.shows("edit> ") && terminal.shows("0x[00 01 fe]"))
    terminal.type("\u{7f} ad]\n")
    #expect(terminal.shows("4 bytes instead of 3") && terminal.shows("edited by hand"))
    #expect(try server.line() == "0001fead")
    #expect(terminal.shows("2 udp  receive from 127.0.0.1:\(port)") && terminal.shows(StepPeer.keys))
    terminal.type("\r")
    #expect(terminal.shows("edited by hand: 4 bytes for 3"))
    #expect(terminal.child.wait() == 0)
  }

  @Test func whatIsSkippedIsLeftOut() throws {
    let server = try StepPeer.bytes()
    defer { withExtendedLifetime(server) {} }
    let port = server.port
    let folder = try Folder()
    let terminal = try StepPeer.walk(
      """
      let c = tcp connect 127.0.0.1:\(port)
      step { send $c 'never' }
      step { try { recv $c } catch e { print "code $e.code" } }
      step { shutdown $c }
      print "state $c.state"
      send $c 'after'
      try { step { tcp connect 127.0.0.1:\(port) } } catch e { print "code $e.code" }
      """, in: folder)
    #expect(terminal.shows("send 5 bytes") && terminal.shows(StepPeer.keys))
    terminal.type("s")
    #expect(
      terminal.shows("it counts as sent, and no byte left") && terminal.shows("receive from")
        && terminal.shows(StepPeer.keys))
    terminal.type("s")
    #expect(terminal.shows("fails with `skipped`") && terminal.shows("code skipped"))
    #expect(terminal.shows("end our direction") && terminal.shows(StepPeer.keys))
    terminal.type("s")
    #expect(terminal.shows("state connected"))
    #expect(try server.line() == "6166746572")
    #expect(terminal.shows("make a socket") && terminal.shows(StepPeer.keys))
    terminal.type("\r")
    #expect(terminal.shows("connect to 127.0.0.1") && terminal.shows(StepPeer.keys))
    terminal.type("s")
    #expect(terminal.shows("this address is passed over") && terminal.shows("code skipped"))
    #expect(terminal.child.wait() == 0)
  }

  @Test func handshakesAreWalkedMessageByMessage() throws {
    let folder = try Folder()
    let made = try Run(
      words: [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "\(folder.path)/key.pem", "-out",
        "\(folder.path)/cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
      ])
    #expect(made.status == 0)
    try folder.write(
      "both.pem", (Folder.text("\(folder.path)/key.pem") ?? "") + (Folder.text("\(folder.path)/cert.pem") ?? ""))
    let server = try StepPeer.chunks(certificate: "\(folder.path)/both.pem")
    defer { withExtendedLifetime(server) {} }
    let port = server.port
    let terminal = try StepPeer.walk(
      "http get https://127.0.0.1:\(port)/x --ca \(folder.path)/cert.pem | get status", "--step", "--depth", "tls",
      in: folder)
    #expect(terminal.shows("1 tls  → ClientHello") && terminal.shows(StepPeer.keys))
    terminal.type("s")
    #expect(terminal.shows("cannot be left out alone") && terminal.shows(StepPeer.keys))
    terminal.type("\r")
    #expect(terminal.shows("2 tls  ← ServerHello") && terminal.shows(StepPeer.keys))
    terminal.type("bhttp\n")
    #expect(terminal.shows("each step of http") && terminal.shows(StepPeer.keys))
    terminal.type("c")
    #expect(terminal.shows("← Certificate: a chain of 1") && terminal.shows("→ Finished"))
    #expect(terminal.shows("http send a request") && terminal.shows("GET /x HTTP/1.1") && terminal.shows(StepPeer.keys))
    terminal.type("\r")
    #expect(try server.line() == "/x")
    // Tickets of the server's come before its response.
    #expect(terminal.shows("NewSessionTicket") && terminal.shows(StepPeer.keys))
    terminal.type("c")
    for what in ["the head of the response", "6 bytes of a chunk", "12 bytes of a chunk", "6 bytes of a chunk"] {
      #expect(terminal.shows("http take \(what)") && terminal.shows(StepPeer.keys))
      terminal.type("c")
    }
    #expect(terminal.shows("200"))
    #expect(terminal.child.wait() == 0)
  }

  @Test func queriesAreWalkedAndDecoded() throws {
    let folder = try Folder()
    let terminal = try StepPeer.walk(
      """
      let s = dns serve {|q| {name: $q.name, type: TXT, data: "hello"}} --listen :0 --background
      step --depth dns { dns any.test TXT "@${$s.local}" --short }
      """, in: folder)
    #expect(terminal.shows("1 udp  make a socket") && terminal.shows(StepPeer.keys))
    terminal.type("bdns\nc")
    #expect(terminal.shows("3 dns  send") && terminal.shows(": any.test. IN TXT") && terminal.shows(StepPeer.keys))
    terminal.type("\r")
    #expect(terminal.shows("4 dns  receive") && terminal.shows(StepPeer.keys))
    terminal.type("\r")
    #expect(terminal.shows("answer") && terminal.shows("NOERROR: any.test. IN TXT") && terminal.shows("hello"))
    terminal.type("c")
    #expect(terminal.shows("\"hello\""))
    #expect(terminal.child.wait() == 0)
  }

  @Test func qStopsTheScriptAndNotTheShell() throws {
    let server = try StepPeer.bytes()
    defer { withExtendedLifetime(server) {} }
    let port = server.port
    let folder = try Folder()
    let terminal = try StepPeer.walk("tcp connect 127.0.0.1:\(port)\nprint after", "--step", in: folder)
    #expect(terminal.shows("make a socket") && terminal.shows(StepPeer.keys))
    terminal.type("q")
    #expect(terminal.shows("stopped at step 1") && terminal.shows("interrupted"))
    #expect(terminal.child.wait() == 130)
    #expect(terminal.isCooked && !terminal.shows("after", within: 100))

    let prompt = try Terminal("--no-config")
    #expect(prompt.shows("nsh> "))
    prompt.type("step { let c = tcp connect 127.0.0.1:\(port); send $c never }\n")
    #expect(prompt.shows("make a socket") && prompt.shows(StepPeer.keys))
    prompt.type("\r")
    #expect(prompt.shows("connect to") && prompt.shows(StepPeer.keys))
    prompt.type("q")
    #expect(prompt.shows("stopped at step 2") && prompt.shows("interrupted") && prompt.shows("nsh> "))
    prompt.type("let c = tcp connect 127.0.0.1:\(port); $c.state\n")
    #expect(prompt.shows("connected") && prompt.shows("nsh> "))
    prompt.type("step { send $c 'x' }\n")
    #expect(prompt.shows("send 1 byte to") && prompt.shows(StepPeer.keys))
    prompt.type("\u{3}")
    #expect(prompt.shows("stopped at step 1") && prompt.shows("interrupted") && prompt.shows("nsh> "))
    prompt.type("\u{4}")
    #expect(prompt.child.wait() == 0 && prompt.isCooked)
  }

  /// The rest of a body that nobody asked for is put away after the last command of the block.
  @Test func qStopsWhatIsPutAway() throws {
    let server = try StepPeer.chunks()
    defer { withExtendedLifetime(server) {} }
    let prompt = try Terminal("--no-config")
    #expect(prompt.shows("nsh> "))
    prompt.type("step --depth http { http get http://127.0.0.1:\(server.port)/a | get status }; print (6 * 111)\r")
    #expect(prompt.shows("1 http") && prompt.shows(StepPeer.keys))
    prompt.type("\r")
    #expect(prompt.shows("2 http") && prompt.shows(StepPeer.keys))
    prompt.type("\r")
    #expect(prompt.shows("3 http") && prompt.shows(StepPeer.keys))
    prompt.type("q")
    #expect(prompt.shows("stopped at step 3") && prompt.shows("nsh> "))
    #expect(!String(decoding: prompt.screen, as: UTF8.self).contains("666"))
  }

  @Test func qAtTheEndOfAScriptIsItsStatus() throws {
    let server = try StepPeer.chunks()
    defer { withExtendedLifetime(server) {} }
    let folder = try Folder()
    for rest in ["", "\nprint (6 * 111)"] {
      let terminal = try StepPeer.walk(
        "http get http://127.0.0.1:\(server.port)/a | get status" + rest, "--step", "--depth", "http", in: folder)
      for number in 1...2 {
        #expect(terminal.shows("\(number) http") && terminal.shows(StepPeer.keys))
        terminal.type("\r")
      }
      #expect(terminal.shows("3 http take 6 bytes of a chunk") && terminal.shows(StepPeer.keys))
      terminal.type("q")
      #expect(terminal.shows("stopped at step 3"))
      #expect(terminal.child.wait() == 130 && terminal.isCooked)
      terminal.drain()
      #expect(!String(decoding: terminal.screen, as: UTF8.self).contains("666"))
    }
  }
}
