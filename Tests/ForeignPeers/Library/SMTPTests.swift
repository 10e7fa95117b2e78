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

  /// Several receivers, a password, and the steps one by one, against aiosmtpd.
  @Test func aiosmtpdTakesWhatWeSay() throws {
    let peer = try Peer(
      #"""
      import asyncio
      from aiosmtpd.smtp import SMTP, AuthResult
      class Handler:
          async def handle_DATA(self, server, session, envelope):
              return f"250 {envelope.mail_from} to {len(envelope.rcpt_tos)}: {len(envelope.content)} bytes"
      def check(server, session, envelope, mechanism, data):
          return AuthResult(success=(data.login, data.password) == (b"ada", b"secret"), handled=False)
      async def main():
          make = lambda: SMTP(Handler(), authenticator=check, auth_require_tls=False)
          server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
          print(server.sockets[0].getsockname()[1], flush=True)
          await server.serve_forever()
      asyncio.run(main())
      """#)
    let said = try peer.nsh(
      #"""
      use smtp
      smtp send 127.0.0.1:PORT "Subject: x\n\n.dot\nend" --from a@b.test --to [c@d.test e@f.test] --user ada --password secret
      let c = smtp connect 127.0.0.1:PORT
      '8BITMIME' in (smtp hello $c me.test)
      try { smtp login $c ada wrong } catch e { $e.code }
      try { smtp say $c 'RCPT TO:<a@b.test>' 250 } catch e { $e.code }
      smtp deliver $c 'text' --from a@b.test --to c@d.test
      smtp quit $c
      conn | count
      """#)
    #expect(said == "a@b.test to 2: 25 bytes\ntrue\nsmtp-535\nsmtp-503\na@b.test to 1: 6 bytes\nBye\n0\n")
  }
}
