import TestSupport
import Testing

/// The modules of mail behind TLS, begun by STARTTLS or there from the start.
struct MailTLSTests {
  private static let mail = #"""
    import asyncio, ssl, sys
    from aiosmtpd.smtp import SMTP
    class Handler:
        async def handle_DATA(self, server, session, envelope):
            return f"250 {len(envelope.content)} bytes, {session.ssl['cipher'][1] if session.ssl else 'in the clear'}"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1] + "/good.pem", sys.argv[1] + "/good.key")
    async def main():
        loop = asyncio.get_running_loop()
        if sys.argv[2] == "start":
            server = await loop.create_server(lambda: SMTP(Handler(), tls_context=context, require_starttls=True), "127.0.0.1", 0)
        elif sys.argv[2] == "never":
            server = await loop.create_server(lambda: SMTP(Handler()), "127.0.0.1", 0)
        else:
            server = await loop.create_server(lambda: SMTP(Handler()), "127.0.0.1", 0, ssl=context)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()
    asyncio.run(main())
    """#

  @Test func smtpGoesOnByTLS() throws {
    let folder = try CertificateTests.folder.get().path
    let peer = try Peer(Self.mail, folder, "start")
    let said = try peer.nsh(
      #"""
      use smtp
      try { smtp send 127.0.0.1:PORT "text" --from a@b.test --to c@d.test } catch e { $e.code }
      smtp send 127.0.0.1:PORT "text" --from a@b.test --to c@d.test --start-tls --ca \#(folder)/ca.pem
      try { smtp send 127.0.0.1:PORT "text" --from a@b.test --to c@d.test --start-tls } catch e { $e.code }
      let c = smtp connect 127.0.0.1:PORT
      'STARTTLS' in (smtp hello $c)
      smtp start-tls $c --ca \#(folder)/ca.pem --name www.example.test
      $c.transport
      'STARTTLS' in (smtp hello $c)
      smtp deliver $c 'text' --from a@b.test --to c@d.test
      smtp quit $c
      conn | count
      """#)
    #expect(
      said == """
        smtp-530
        6 bytes, TLSv1.3
        certificate-unknown-ca
        true
        tls
        false
        6 bytes, TLSv1.3
        Bye
        0

        """)
  }

  @Test func smtpBeginsWithTLSAndNeverGoesOnWithout() throws {
    let folder = try CertificateTests.folder.get().path
    let whole = try Peer(Self.mail, folder, "whole").nsh(
      "use smtp; smtp send 127.0.0.1:PORT 'text' --from a@b.test --to c@d.test --tls --ca \(folder)/ca.pem")
    #expect(whole == "6 bytes, in the clear\n", "aiosmtpd does not see the TLS below it")
    let never = try Peer(Self.mail, folder, "never").nsh(
      "use smtp; try { smtp send 127.0.0.1:PORT 'text' --from a@b.test --to c@d.test --start-tls } catch e { $e.code }")
    #expect(never == "smtp-454\n")
  }

  /// Somebody on the way puts a line behind the answer to STARTTLS; it must not be taken for the server's (CVE-2021-33515 and kin).
  @Test func whatWasSlippedInBeforeTLSIsNoAnswer() throws {
    let folder = try CertificateTests.folder.get().path
    let python = #"""
      import socket, ssl, sys
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain(sys.argv[1] + "/good.pem", sys.argv[1] + "/good.key")
      s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1], flush=True)
      c = s.accept()[0]; c.settimeout(10)
      c.send(b"* OK ready\r\n")
      tag = c.recv(100).split()[0]
      c.send(tag + b" OK begin TLS now\r\n* CAPABILITY AUTH=PLAIN\r\n")
      try: t = context.wrap_socket(c, server_side=True)
      except OSError as e: pass
      """#
    let peer = try Peer(python, folder)
    let said = try peer.nsh(
      "use imap; let c = imap connect 127.0.0.1:PORT; try { imap start-tls $c --ca \(folder)/ca.pem } catch e { $e.code }"
    )
    #expect(said == "tls-not-spoken\n")
  }

  @Test func mailboxesBehindTLS() throws {
    let folder = try TemporaryFolder()
    let certificates = try CertificateTests.folder.get().path
    let server = try Program("sh", "-c", MailboxTests.start, "sh", folder.path, certificates)
    let ports = try server.line().split(separator: " ")
    try #require(ports.count == 4)
    let ca = "--ca \(certificates)/ca.pem"
    let said = try run(
      #"""
      use imap
      use pop3
      let c = retry 200 --every 100ms { imap connect 127.0.0.1:\#(ports[0]) }
      'STARTTLS' in (imap capabilities $c)
      imap start-tls $c \#(ca)
      'STARTTLS' in (imap capabilities $c)
      imap login $c ada secret
      imap append $c "From: a@b.test\r\nSubject: one\r\n\r\nhello\r\n"
      (tls info $c).version
      imap quit $c
      let c = imap connect 127.0.0.1:\#(ports[2]) --tls \#(ca)
      imap login $c ada secret
      (imap select $c).messages
      imap fetch $c 1 | lines | last
      imap quit $c
      let p = retry 200 --every 100ms { pop3 connect 127.0.0.1:\#(ports[1]) }
      pop3 start-tls $p \#(ca) --name www.example.test
      pop3 login $p ada secret
      (pop3 status $p).messages
      pop3 quit $p
      let p = pop3 connect 127.0.0.1:\#(ports[3]) --tls \#(ca)
      pop3 login $p ada secret
      pop3 fetch $p 1 | last
      pop3 quit $p
      try { pop3 connect 127.0.0.1:\#(ports[3]) --tls } catch e { $e.code }
      conn | count
      """#)
    #expect(
      said == """
        true
        false
        TLSv1.3
        1
        hello
        Logged in.
        1
        Logging out.
        Logged in.
        hello
        Logging out.
        certificate-unknown-ca
        0

        """, "\(said)")
    withExtendedLifetime(server) {}
  }
}
