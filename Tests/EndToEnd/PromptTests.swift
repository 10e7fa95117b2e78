import Glibc
import Testing

/// The prompt on a pseudo-terminal.
@Suite struct PromptTests {
  @Test func aStatementShowsItsValue() throws {
    let terminal = try Terminal().atPrompt()
    #expect(terminal.answers("20 + 22", "42"))
    terminal.type("prnt 3\r")
    #expect(terminal.shows("did you mean"))
    #expect(terminal.answers("$?", "2"))
    #expect(terminal.answers("\"h\u{e9}llo \u{65e5}\u{672c}\"", "h\u{e9}llo \u{65e5}\u{672c}"))
  }

  @Test func blocksContinueAndCtrlCDropsThem() throws {
    let terminal = try Terminal().atPrompt()
    terminal.type("if true {\r")
    #expect(terminal.shows("...> "))
    terminal.type("print inside\r")
    #expect(terminal.shows("...> "))
    #expect(terminal.answers("}", "inside"))
    terminal.type("if true {\r")
    #expect(terminal.shows("...> "))
    terminal.type("\u{3}")
    #expect(terminal.shows("nsh> "))
    terminal.type("print 'a\r")
    #expect(terminal.shows("...'> "))
    terminal.type("b'\r")
    #expect(terminal.shows("a\r\nb\r\n"))
    #expect(terminal.answers("1 + 1", "2"))
  }

  @Test(arguments: ["loop { }", "sleep 60s", "1..1000000000 | each {|x| $x } | count"])
  func ctrlCStopsWhatRunsAndKeepsTheShell(_ command: String) throws {
    let terminal = try Terminal().atPrompt()
    terminal.type(command + "\r")
    usleep(300_000)
    terminal.type("\u{3}")
    #expect(terminal.shows("interrupted"))
    #expect(terminal.shows("nsh> "))
    #expect(terminal.answers("6 * 7", "42"))
  }

  @Test func ctrlCWhileTypingKeepsTheShell() throws {
    let terminal = try Terminal().atPrompt()
    terminal.type("garbage \u{3}")
    #expect(terminal.shows("nsh> "))
    terminal.type("\u{12}xyz\u{3}")
    #expect(terminal.shows("nsh> "))
    #expect(terminal.answers("1 + 2", "3"))
  }

  @Test func ctrlDLeaves() throws {
    let terminal = try Terminal().atPrompt()
    terminal.type("\u{4}")
    #expect(terminal.child.wait(seconds: 5) == 0)
  }

  @Test func exitLeavesWithItsStatus() throws {
    let terminal = try Terminal().atPrompt()
    terminal.type("exit 9\r")
    #expect(terminal.child.wait(seconds: 5) == 9)
  }

  @Test func theHistoryComesBack() throws {
    let terminal = try Terminal().atPrompt()
    #expect(terminal.answers("print first", "first"))
    #expect(terminal.answers("\u{1b}[A", "first"))
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
