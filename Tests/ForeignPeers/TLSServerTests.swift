import TestSupport
import Testing

/// `tls listen` and `tls serve` of the built program, as foreign clients see them.
@Suite struct TLSServerTests {
  /// Says lines to `openssl s_client` and waits for the answer to each: `talk 'hello=HELLO Q' OPTION…` says hello, hears HELLO, and says Q.
  /// It prints what it heard, whether the session is new, and s_client's status.
  private static let talk = """
    import subprocess, sys, threading
    p = subprocess.Popen(["openssl", "s_client"] + sys.argv[2:], stdin=-1, stdout=-1, stderr=-2)
    threading.Timer(60, p.kill).start()
    for step in sys.argv[1].split():
        say, _, hear = step.partition("=")
        p.stdin.write(say.encode() + b"\\n")
        p.stdin.flush()
        while hear:
            line = p.stdout.readline().decode("latin-1")
            if line.startswith(("New,", "Reused,")): print(line.split(",")[0])
            if line.strip() == hear or not line: break
        if hear: print(line.strip())
    p.stdout.read()
    print(p.wait(), flush=True)
    import os; os._exit(0)
    """

  /// Serves with the shell and runs a line of bash with `$at` as its address and the certificates as the working folder.
  private func served(_ statement: String, _ line: String) throws -> String {
    let folder = try CertificateTests.folder.get().path
    let script = """
      cd '\(folder)' || exit
      talk() { python3 -c '\(Self.talk)' "$@"; }
      coproc NSH { timeout -s KILL 120 '\(Tree.nsh)' - 2>&1 ; }
      echo '\(statement)' >&${NSH[1]}
      read -r at <&${NSH[0]}
      { \(line)
      } 2>&1
      eval "exec ${NSH[1]}>&-"; wait $NSH_PID
      """
    return String(decoding: try Program("bash", "-c", script).finish().output, as: UTF8.self)
  }

  private static let echo =
    "let s = tls serve :0 {|c| while true { let l = recv line $c; if $l == null { break }; send line $c ($l | upper) } }"
    + " --cert good.pem --key good.key --alpn http/1.1 --background; $s.local"

  @Test(arguments: ["-tls1_2", "-tls1_3"]) func sClientAgreesAndTheEndIsClean(version: String) throws {
    let seen = try served(
      Self.echo,
      "talk 'hello=HELLO Q' -connect $at \(version) -CAfile ca.pem -verify_return_error -verify_hostname www.example.test "
        + "-alpn http/1.1 -quiet -no_ign_eof")
    #expect(seen == "HELLO\n0\n", "\(seen)")
  }

  @Test func sClientResumesItsSession() throws {
    for version in ["-tls1_2", "-tls1_3"] {
      let seen = try served(
        Self.echo,
        "talk 'one=ONE Q' -connect $at \(version) -sess_out server\(version).session; "
          + "talk 'two=TWO Q' -connect $at \(version) -sess_in server\(version).session")
      #expect(seen == "New\nONE\n0\nReused\nTWO\n0\n", "\(version): \(seen)")
    }
  }

  @Test func keysAreUpdatedAsSClientWants() throws {
    let seen = try served(
      Self.echo,
      "talk 'one=ONE K=KEYUPDATE two=TWO k=KEYUPDATE three=THREE Q' -connect $at -tls1_3")
    #expect(seen == "New\nONE\nKEYUPDATE\nTWO\nKEYUPDATE\nTHREE\n0\n", "\(seen)")
  }

  @Test func curlFetchesFromAServerInTheLanguage() throws {
    let page =
      #"let s = tls serve :0 {|c| recv until "\r\n\r\n"; send $c "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello\n" }"#
      + " --cert good.pem --key good.key --background; $s.local"
    let seen = try served(
      page,
      "curl --silent --noproxy '*' --cacert ca.pem --connect-to www.example.test:443:$at https://www.example.test/; echo $?"
    )
    #expect(seen == "hello\n0\n")
  }

  @Test func pythonShowsItsCertificate() throws {
    let python = """
      import socket, ssl, sys
      host, port = sys.argv[1].rsplit(":", 1)
      context = ssl.create_default_context(cafile="ca.pem")
      context.load_cert_chain("purpose.pem", "purpose.key")
      with context.wrap_socket(socket.create_connection((host, int(port))), server_hostname="www.example.test") as c:
          print(c.recv(100).decode(), c.version())
          c.unwrap()
      """
    let seen = try served(
      "let s = tls serve :0 {|c| send $c (((tls info $c).chain | first).subject) }"
        + " --cert good.pem --key good.key --client-ca ca.pem --background; $s.local",
      "timeout -s KILL 60 python3 -c '\(python)' $at; "
        + "echo Q | timeout -s KILL 60 openssl s_client -connect $at -tls1_2 2>&1 | grep -o 'alert handshake failure' | head -1"
    )
    #expect(seen.hasPrefix("CN=purpose TLSv1.3\n"), "\(seen)")
    #expect(seen.contains("alert handshake failure"))
  }

  @Test func clientsThatMisbehaveHurtOnlyThemselves() throws {
    let python = """
      import os, socket, struct, sys, time
      host, port = sys.argv[1].rsplit(":", 1)
      def connect():
          c = socket.create_connection((host, int(port)))
          c.settimeout(5)
          return c
      hello = bytes.fromhex(os.popen("cat hello.hex").read())
      stalled = [connect() for _ in range(20)]
      for s in stalled: s.send(hello[:7])
      for length in range(0, len(hello), 40):
          c = connect(); c.send(hello[:length]); c.close()
          c = connect(); c.send(hello[:length])
          c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)); c.close()
      for garbage in (b"GET / HTTP/1.1\\r\\n\\r\\n", os.urandom(300), b"\\x16\\x03\\x01\\xff\\xff" + bytes(300), hello + bytes(50)):
          c = connect(); c.send(garbage)
          try:
              while c.recv(4096): pass
          except OSError: pass
          c.close()
      """
    let sent = try Self.clientHello()
    let hello = try #require(sent)
    let seen = try served(
      Self.echo,
      "echo \(hello) > hello.hex; timeout -s KILL 60 python3 -c '\(python)' $at; "
        + "talk 'still=STILL Q' -connect $at -quiet -no_ign_eof")
    #expect(seen.contains("STILL"), "\(seen.suffix(2_000))")
  }

  /// What s_client sends first, in hexadecimal digits.
  private static func clientHello() throws -> String? {
    let python = """
      import socket, subprocess
      s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen()
      p = subprocess.Popen(["openssl", "s_client", "-connect", "127.0.0.1:%d" % s.getsockname()[1]],
                           stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
      c, _ = s.accept()
      print(c.recv(4096).hex()); c.close(); p.kill()
      """
    let hex = String(decoding: try Program("python3", "-c", python).finish().output.dropLast(), as: UTF8.self)
    return hex.hasPrefix("1603") ? hex : nil
  }
}
