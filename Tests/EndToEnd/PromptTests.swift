import Glibc
import Testing

/// The prompt on a pseudo-terminal.
@Suite struct PromptTests {
  private func prompt() throws -> Terminal {
    let terminal = try Terminal()
    try #require(terminal.shows("nsh> "))
    return terminal
  }

  @Test func aStatementShowsItsValue() throws {
    let terminal = try prompt()
    terminal.type("20 + 22\r")
    #expect(terminal.shows("42\r\n"))
    terminal.type("prnt 3\r")
    #expect(terminal.shows("did you mean"))
    terminal.type("$?\r")
    #expect(terminal.shows("2\r\n"))
    terminal.type("\"h\u{e9}llo \u{65e5}\u{672c}\"\r")
    #expect(terminal.shows("h\u{e9}llo \u{65e5}\u{672c}\r\n"))
  }

  @Test func blocksContinueAndCtrlCDropsThem() throws {
    let terminal = try prompt()
    terminal.type("if true {\r")
    #expect(terminal.shows("...> "))
    terminal.type("print inside\r")
    #expect(terminal.shows("...> "))
    terminal.type("}\r")
    #expect(terminal.shows("inside\r\n"))
    terminal.type("if true {\r")
    #expect(terminal.shows("...> "))
    terminal.type("\u{3}")
    #expect(terminal.shows("nsh> "))
    terminal.type("print 'a\r")
    #expect(terminal.shows("...'> "))
    terminal.type("b'\r")
    #expect(terminal.shows("a\r\nb\r\n"))
    terminal.type("1 + 1\r")
    #expect(terminal.shows("2\r\n"))
  }

  @Test(arguments: ["loop { }", "sleep 60s", "1..1000000000 | each {|x| $x } | count"])
  func ctrlCStopsWhatRunsAndKeepsTheShell(_ command: String) throws {
    let terminal = try prompt()
    terminal.type(command + "\r")
    usleep(300_000)
    terminal.type("\u{3}")
    #expect(terminal.shows("interrupted"))
    #expect(terminal.shows("nsh> "))
    terminal.type("6 * 7\r")
    #expect(terminal.shows("42\r\n"))
  }

  @Test func ctrlCWhileTypingKeepsTheShell() throws {
    let terminal = try prompt()
    terminal.type("garbage \u{3}")
    #expect(terminal.shows("nsh> "))
    terminal.type("\u{12}xyz\u{3}")
    #expect(terminal.shows("nsh> "))
    terminal.type("1 + 2\r")
    #expect(terminal.shows("3\r\n"))
  }

  @Test func ctrlDLeaves() throws {
    let terminal = try prompt()
    terminal.type("\u{4}")
    #expect(terminal.child.wait(seconds: 5) == 0)
  }

  @Test func exitLeavesWithItsStatus() throws {
    let terminal = try prompt()
    terminal.type("exit 9\r")
    #expect(terminal.child.wait(seconds: 5) == 9)
  }

  @Test func theHistoryComesBack() throws {
    let terminal = try prompt()
    terminal.type("print first\r")
    #expect(terminal.shows("first\r\n"))
    terminal.type("\u{1b}[A\r")
    #expect(terminal.shows("\r\nfirst\r\n"))
  }

  @Test(arguments: [
    "\"\\x1b]0;title\\x07\"", "0x[1b 5b 33 31 6d]", "{\"\\x1b[31mkey\": \"\\x1b[31m\"}",
    "[{\"\\x1b[31m\": \"\\u{9b}\"}]",
    "fail \"\\x1b[31m\"", "\"a\\rb\"", "tcp connect \"\\x1b[31m:80\"", "\"\\u{202e}\"",
    "http parse \"HTTP/1.1 200 \\x1b[31m\\r\\n\\r\\n\"",
  ]) func valuesNeverCommandTheTerminal(_ statement: String) throws {
    let terminal = try Terminal("--color", "never", "-c", statement)
    _ = terminal.child.wait(seconds: 10)
    terminal.drain()
    #expect(!terminal.screen.isEmpty)
    for byte in terminal.screen where byte != 0x0A && byte != 0x0D { #expect(byte >= 0x20 && byte != 0x7F) }
    let text = String(decoding: terminal.screen, as: UTF8.self)
    #expect(!text.unicodeScalars.contains { (0x80...0x9F).contains($0.value) || $0.value == 0x202E })
    // Carriage returns are only those that the terminal itself puts before newlines.
    #expect(!text.replacing("\r\n", with: "").contains("\r"))
  }

  @Test func tablesFitTheWindow() throws {
    let long = String(repeating: "x", count: 200)
    let terminal = try Terminal("-c", "[{a: \(long), b: 1}, {a: y, b: 2}]", columns: 40)
    #expect(terminal.child.wait(seconds: 10) == 0)
    terminal.drain()
    #expect(terminal.screen.count { $0 == UInt8(ascii: "x") } == 200)
    for line in terminal.screen.split(whereSeparator: { $0 == 0x0D || $0 == 0x0A }) {
      #expect(String(decoding: line, as: UTF8.self).count <= 40)
    }
  }
}
