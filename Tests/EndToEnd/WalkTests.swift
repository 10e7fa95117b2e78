import Glibc
import TestSupport
import Testing

/// Where a walk takes place: windows, threads, signals, a talk, and no terminal at all; and what time it takes.
@Suite struct WalkTests {
  @Test func nobodysDeadlinePassesWhileAStepIsHeld() throws {
    let server = try StepPeer.chunks()
    defer { withExtendedLifetime(server) {} }
    let port = server.port
    let folder = try Folder()
    let terminal = try StepPeer.walk(
      "within 2s { step --depth http { http get http://127.0.0.1:\(port)/ --timeout 2s | get status } }", in: folder)
    for _ in 0..<2 {
      #expect(terminal.shows("http ") && terminal.shows(StepPeer.keys))
      usleep(1_300_000)
      terminal.type("\r")
    }
    #expect(terminal.shows("first") && terminal.shows(StepPeer.keys))
    terminal.type("c")
    #expect(terminal.shows("200"))
    #expect(terminal.child.wait() == 0)
  }

  @Test func theKeysFitTheWindow() throws {
    let server = try StepPeer.bytes()
    defer { withExtendedLifetime(server) {} }
    let port = server.port
    let folder = try Folder()
    let terminal = try StepPeer.walk("step { tcp connect 127.0.0.1:\(port) | get state }", in: folder, columns: 90)
    #expect(terminal.shows("Enter run  i inside  s skip"))
    terminal.resize(columns: 40)
    #expect(terminal.shows("Enter i s c b q ?"))
    terminal.resize(columns: 100)
    #expect(terminal.shows("Enter run  i inside  s skip"))
    terminal.type("c")
    #expect(terminal.shows("connected"))
    #expect(terminal.child.wait() == 0)
  }

  @Test func aSignalGivesTheTerminalBack() throws {
    let server = try StepPeer.bytes()
    defer { withExtendedLifetime(server) {} }
    let port = server.port
    let folder = try Folder()
    let terminal = try StepPeer.walk("step { tcp connect 127.0.0.1:\(port) }", in: folder)
    #expect(terminal.shows(StepPeer.keys) && !terminal.isCooked)
    terminal.child.signal(SIGTERM)
    #expect(terminal.child.wait() == 143)
    #expect(terminal.isCooked)
  }

  /// Under a shell with jobs of its own, since the kernel stops none whose session nobody could continue.
  @Test func ctrlZStopsWhatIsHeld() throws {
    let server = try StepPeer.bytes()
    defer { withExtendedLifetime(server) {} }
    let folder = try Folder()
    try folder.write("walk.nsh", "step { let c = tcp connect 127.0.0.1:\(server.port); send $c 'x'; recv line $c }\n")
    let terminal = try Terminal(
      words: ["bash", "--norc", "--noediting", "-i"], environment: Child.environment + ["PS1=sh> "])
    #expect(terminal.shows("sh> "))
    terminal.type("\(Child.binary) \(folder.path)/walk.nsh\n")
    #expect(terminal.shows("1 tcp  make a socket") && terminal.shows(StepPeer.keys) && !terminal.isCooked)
    for _ in 0..<2 {
      terminal.type("\u{1a}")
      #expect(terminal.shows("Stopped") && terminal.shows("sh> ") && terminal.isCooked)
      terminal.type("echo $((6 * 111)); fg\n")
      #expect(terminal.shows("666") && terminal.shows(StepPeer.keys) && !terminal.isCooked)
    }
    terminal.type("\r")
    #expect(terminal.shows("2 tcp  connect to") && terminal.shows(StepPeer.keys))
    // The prompt inside stops as the one outside does.
    terminal.type("i")
    #expect(terminal.shows("inside") && terminal.shows("nsh> "))
    terminal.type("\u{1a}")
    #expect(terminal.shows("Stopped") && terminal.shows("sh> ") && terminal.isCooked)
    terminal.type("fg\n")
    terminal.type("print (7 * 111)\n")
    #expect(terminal.shows("777") && terminal.shows("nsh> "))
    terminal.type("resume\n")
    #expect(terminal.shows("2 tcp  connect to") && terminal.shows(StepPeer.keys) && !terminal.isCooked)
    terminal.type("c")
    #expect(terminal.shows("ok") && terminal.shows("sh> ") && terminal.isCooked)
    terminal.type("exit 7\n")
    #expect(terminal.child.wait() == 7)
  }

  @Test func threadsAreHeldOneAfterTheOther() throws {
    let server = try StepPeer.bytes()
    defer { withExtendedLifetime(server) {} }
    let port = server.port
    let folder = try Folder()
    let terminal = try StepPeer.walk(
      """
      step {
        1..3 | each --parallel 3 {|n| let c = tcp connect 127.0.0.1:\(port); send $c "$n"; recv line $c } | join ,
      }
      """, in: folder)
    #expect(terminal.shows("1 tcp  make a socket") && terminal.shows(StepPeer.keys))
    for number in 2...4 {
      terminal.type("\r")
      #expect(terminal.shows("\(number) tcp  ") && terminal.shows(StepPeer.keys))
    }
    terminal.type("c")
    #expect(terminal.shows("ok,ok,ok"))
    #expect(terminal.child.wait() == 0)
  }

  @Test func aJobIsHeldAndStopped() throws {
    let server = try StepPeer.bytes()
    defer { withExtendedLifetime(server) {} }
    let folder = try Folder()
    let terminal = try StepPeer.walk(
      "step { let j = spawn { let c = tcp connect 127.0.0.1:\(server.port); $c.state }; wait $j }", in: folder)
    #expect(terminal.shows("1 tcp  make a socket") && terminal.shows(StepPeer.keys))
    terminal.type("i")
    #expect(terminal.shows("this step is of another thread") && terminal.shows(StepPeer.keys))
    terminal.type("\r")
    #expect(terminal.shows("2 tcp  connect") && terminal.shows(StepPeer.keys))
    terminal.type("q")
    #expect(terminal.shows("stopped at step 2"))
    #expect([1, 130].contains(terminal.child.wait()) && terminal.isCooked)
  }

  @Test func withoutATerminalTheTraceGoesToStandardError() throws {
    let server = try StepPeer.chunks()
    defer { withExtendedLifetime(server) {} }
    let port = server.port
    let run = try Run("--step", "-c", "http get http://127.0.0.1:\(port)/a | get status")
    #expect(run.status == 0 && run.output == "200\n")
    #expect(try server.line() == "/a")
    let lines = run.errors.split(separator: "\n").map(String.init)
    let steps = lines.filter { $0.first?.isNumber ?? false }
    #expect(steps.map { $0.split(separator: " ")[0] } == (1...steps.count).map { "\($0)" })
    let receive = "tcp: receive from 127.0.0.1:\(port)"
    // The response comes in one piece or in several.
    let told = steps.map { $0.drop { $0 != " " }.dropFirst() }.filter { $0 != receive }
    #expect(steps.contains { $0.hasSuffix(receive) })
    #expect(
      told.prefix(8) == [
        "tcp: make a socket", "tcp: connect to 127.0.0.1:\(port)", "http: send a request to 127.0.0.1:\(port)",
        "tcp: send \(told.count > 3 ? told[3].split(separator: " ")[2] : "?") bytes to 127.0.0.1:\(port)",
        "http: take the head of the response",
        "http: take 6 bytes of a chunk", "http: take 12 bytes of a chunk", "http: take 6 bytes of a chunk",
      ])
    #expect(lines.contains("      GET /a HTTP/1.1") && lines.contains { $0.hasPrefix("  ✓ connected from 127.0.0.1:") })
    #expect(!run.errors.contains("\u{1b}"))

    let deeper = try Run("-c", "step --depth tls { http get http://127.0.0.1:\(port)/b | get status }; step { 1 + 1 }")
    #expect(deeper.output == "200\n2\n" && deeper.errors.contains("no step: nothing was done on the network"))
    #expect(try Run("--step", "--depth", "ip", "-c", "1").status == 2)
    #expect(try Run("--depth", "dns", "-c", "1").status == 2)
  }

  @Test func aTalkShowsTheTrace() throws {
    let server = try StepPeer.bytes()
    defer { withExtendedLifetime(server) {} }
    let port = server.port
    let folder = try Folder()
    try folder.write("talk.nsh", "step { tcp connect 127.0.0.1:\(port) | get state }\n")
    let terminal = try Terminal(
      words: ["nsh", "demo", "--speed", "500", "\(folder.path)/talk.nsh"], environment: Child.environment)
    #expect(terminal.shows("1/"))
    terminal.type("  ")
    #expect(terminal.shows("1 tcp: make a socket") && terminal.shows("connected from") && terminal.shows("connected"))
    terminal.type("q")
    #expect(terminal.child.wait() == 0 && terminal.isCooked)
  }
}
