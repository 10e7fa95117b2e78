import TestSupport
import Testing

/// The module that comes with the shell, found in share/nsh/lib, against a mail server in Python.
struct SMTPTests {
  /// Takes one message, undoes the doubled dots, and prints envelope and text.
  private static let server = #"""
    import socketserver, sys
    class Mail(socketserver.StreamRequestHandler):
        def handle(self):
            say = lambda text: self.wfile.write(text.encode() + b"\r\n")
            say("220 mail.test ready")
            while True:
                line = self.rfile.readline().decode().rstrip("\r\n")
                word = line[:4].upper()
                if word == "EHLO": say("250-mail.test"); say("250 8BITMIME")
                elif word == "MAIL": print(line); say("250 ok")
                elif word == "RCPT":
                    if "nobody" in line: say("550 no such user")
                    else: print(line); say("250 ok")
                elif word == "DATA":
                    say("354 go on")
                    while (text := self.rfile.readline()) != b".\r\n":
                        print(repr((text[1:] if text.startswith(b".") else text).decode()))
                    say("250 queued as 7")
                elif word == "QUIT": say("221 bye"); return
                elif not line: return
    server = socketserver.TCPServer(("127.0.0.1", 0), Mail)
    print(server.server_address[1], flush=True)
    server.handle_request()
    """#

  private func send(to address: String, _ message: String) throws -> (said: String, status: Int32, seen: [String]) {
    let server = try Program("python3", "-c", Self.server)
    let port = try server.line()
    let script = """
      use smtp
      smtp send 127.0.0.1:\(port) --from me@example.test --to \(address) "\(message)" --name test
      """
    let client = try Program(Tree.nsh, "-c", script).finish()
    let seen = String(decoding: try server.finish().output, as: UTF8.self).split(separator: "\n").map(String.init)
    return (String(decoding: client.output, as: UTF8.self), client.status, seen)
  }

  @Test func aMessageArrivesWithItsDots() throws {
    let (said, status, seen) = try send(to: "you@example.test", #"Subject: hi\n\n.one\nend."#)
    #expect(said == "queued as 7\n" && status == 0)
    #expect(
      seen == [
        "MAIL FROM:<me@example.test>", "RCPT TO:<you@example.test>", #"'Subject: hi\r\n'"#, #"'\r\n'"#, #"'.one\r\n'"#,
        #"'end.\r\n'"#,
      ])
  }

  @Test func aRefusalIsAnError() throws {
    let (said, status, _) = try send(to: "nobody@example.test", "x")
    #expect(said.isEmpty && status == 1)
  }
}
