import Testing
import TestSupport

/// The prompt that opens inside of a held step, on a pseudo-terminal.
@Suite struct StepInsideTests {
  @Test func aPromptOpensInside() throws {
    let server = try StepPeer.bytes()
    defer { withExtendedLifetime(server) {} }
    let port = server.port
    let folder = try Folder()
    let terminal = try StepPeer.walk(
      "let c = tcp connect 127.0.0.1:\(port)\nlet word = 'mine'\nstep { send $c $word; recv line $c }\nprint \"then $word\"",
      in: folder)
    #expect(terminal.shows("send 4 bytes") && terminal.shows(StepPeer.keys))
    terminal.type("i")
    #expect(terminal.shows("inside, before step 1 is done") && terminal.shows("nsh> "))
    terminal.type("$word | upper\n")
    #expect(terminal.shows("MINE") && terminal.shows("nsh> "))
    terminal.type("info $c | get state\n")
    #expect(terminal.shows("ESTABLISHED") && terminal.shows("nsh> "))
    terminal.type("wire | get step | last\n")
    #expect(terminal.shows("connect") && terminal.shows("nsh> "))
    // What is done inside is not held.
    terminal.type("let d = tcp connect 127.0.0.1:\(port); send $d 'in'; recv line $d; close $d\n")
    #expect(terminal.shows("ok") && terminal.shows("nsh> "))
    #expect(try server.line() == "696e" && server.line() == "end")
    terminal.type("try { within 50ms { sleep 10s } } catch e { $e.code }\n")
    #expect(terminal.shows("timeout") && terminal.shows("nsh> "))
    terminal.type("set word = 'else'\nresume\n")
    #expect(terminal.shows("1 tcp  send 4 bytes") && terminal.shows(StepPeer.keys))
    terminal.type("i")
    #expect(terminal.shows("nsh> "))
    terminal.type("\u{4}")
    #expect(terminal.shows("1 tcp  send 4 bytes") && terminal.shows(StepPeer.keys))
    terminal.type("c")
    #expect(try server.line() == "6d696e65")
    #expect(terminal.shows("then else"))
    #expect(terminal.child.wait() == 0 && terminal.isCooked)
  }

  @Test func aPromptInsideAFunctionSeesItsVariables() throws {
    let server = try StepPeer.bytes()
    defer { withExtendedLifetime(server) {} }
    let folder = try Folder()
    let terminal = try StepPeer.walk(
      """
      let outside = 'outer'
      def greet [port: int, word] {
        let loud = $word | upper
        let c = tcp connect "127.0.0.1:$port"
        [$loud] | each {|item| send $c "$item!"; $item }
        send $c $loud
        let later = 'end'
        "$loud $later"
      }
      step { greet \(server.port) abc }
      """, in: folder)
    #expect(terminal.shows("1 tcp  make a socket") && terminal.shows(StepPeer.keys))
    terminal.type("b3\n")
    #expect(terminal.shows("holds again at step 3") && terminal.shows(StepPeer.keys))
    terminal.type("i")
    #expect(terminal.shows("inside `greet`, before step 1 is done") && terminal.shows("nsh> "))
    terminal.type("print \"<$word $loud $port $outside>\"\n")
    #expect(terminal.shows("<abc ABC \(server.port) outer>") && terminal.shows("nsh> "))
    terminal.type("$later\n")
    #expect(terminal.shows("has no value yet") && terminal.shows("nsh> "))
    terminal.type("$lo\t\n")
    #expect(terminal.shows("ABC") && terminal.shows("nsh> "))
    terminal.type("set outside = 'x'\n")
    #expect(terminal.shows("belongs outside of this function") && terminal.shows("nsh> "))
    terminal.type("let own = $loud + 'D'\n")
    #expect(terminal.shows("nsh> "))
    terminal.type("def twice [x] { $x + $x }\n")
    #expect(terminal.shows("nsh> "))
    terminal.type("set loud = (twice $own)\n")
    #expect(terminal.shows("nsh> "))
    terminal.type("defer { print \"deferred $own\" }\n")
    #expect(terminal.shows("nsh> "))
    terminal.type("[1] | each {|n| \"$own$n\" }\n")
    #expect(terminal.shows("ABCD1") && terminal.shows("nsh> "))
    terminal.type("\u{4}")
    #expect(terminal.shows("deferred ABCD") && terminal.shows("1 tcp  make a socket") && terminal.shows(StepPeer.keys))
    terminal.type("c")
    #expect(terminal.shows("3 tcp  send 9 bytes") && terminal.shows(StepPeer.keys))
    // A function in a function has what it captured.
    terminal.type("i")
    #expect(terminal.shows("inside `{|…|}`, before step 3 is done") && terminal.shows("nsh> "))
    terminal.type("\"$item $c.state\"\n")
    #expect(terminal.shows("ABCDABCD connected") && terminal.shows("nsh> "))
    terminal.type("$loud\n")
    #expect(terminal.shows("there is no variable") && terminal.shows("nsh> "))
    terminal.type("resume\n")
    #expect(terminal.shows("3 tcp  send 9 bytes") && terminal.shows(StepPeer.keys))
    terminal.type("c")
    #expect(terminal.shows("ABCDABCD end"))
    // Both messages may come in one piece.
    #expect(try server.line().hasPrefix("4142434441424344" + "21"))
    #expect(terminal.child.wait() == 0 && terminal.isCooked)
  }
}
