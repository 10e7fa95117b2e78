import Glibc
import Testing

/// The bar of a transfer, on a pseudo-terminal.
@Suite struct TransferTests {
  @Test func aStalledTransferIsShownAndGoesAway() throws {
    let terminal = try Terminal().atPrompt()
    let listener = try Listener()
    terminal.type("let c = tcp connect 127.0.0.1:\(listener.port); recv all\r")
    #expect(terminal.shows("recv all  0 B  0 B/s  stalled 2s"))
    #expect(terminal.shows("stalled 3s"))
    terminal.type("\u{3}")
    #expect(terminal.shows("\r\u{1b}[K"))
    #expect(terminal.shows("interrupted"))
    #expect(terminal.shows("nsh> "))
    terminal.type("recv --exactly 10\r")
    #expect(terminal.shows("recv  [>                   ]  0%  0 B of 10 B"))
    terminal.type("\u{3}")
    #expect(terminal.shows("nsh> "))
    terminal.drain()
    #expect(terminal.screen.suffix(5) == Array("nsh> ".utf8)[...])
  }

  /// A server that sends a tenth of what it has announced, and then nothing.
  private func stallingServer(_ folder: Folder) throws -> (Child, port: String) {
    try folder.write(
      "server.py",
      """
      import os, socket, sys, time
      server = socket.create_server(("127.0.0.1", 0))
      with open(sys.argv[1] + ".new", "w") as file: file.write(str(server.getsockname()[1]))
      os.rename(sys.argv[1] + ".new", sys.argv[1])
      while True:
          peer = server.accept()[0]
          peer.recv(10000)
          peer.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 1000\\r\\n\\r\\n" + 100 * b"x")
          kept = peer
      """)
    let server = try Child(["python3", folder.path + "/server.py", folder.path + "/port"])
    for _ in 0..<500 where Folder.text(folder.path + "/port") == nil { usleep(10_000) }
    return (server, try #require(Folder.text(folder.path + "/port")))
  }

  @Test func everyConsumerOfAStreamShowsIt() throws {
    let folder = try Folder()
    let (server, port) = try stallingServer(folder)
    let terminal = try Terminal().atPrompt()
    for (name, statement) in [
      ("reading", "let r = http get URL"), ("save", "http get URL | save \(folder.path)/saved"),
      ("append", "http get URL | append \(folder.path)/appended"), ("hash", "http get URL | hash sha256"),
    ] {
      terminal.type(statement.replacing("URL", with: "http://127.0.0.1:\(port)/") + "\r")
      #expect(terminal.shows("\(name)  [==>                 ]  10%  100 B of 1000 B"))
      #expect(terminal.shows("stalled 2s"))
      terminal.type("\u{3}")
      #expect(terminal.shows("interrupted"))
      #expect(terminal.shows("nsh> "))
    }
    server.signal(SIGKILL)
  }
}
