import TestSupport
import Testing

// What is true in the made-up headers, and what is inside of what is sealed twice.

extension CaptureTests {
  @Test func theSYNOfAnAcceptedConnectionIsTheTrueOne() throws {
    let printed = try nsh(
      """
      let l = tcp listen :0
      let c = tcp connect $l.local
      let s = accept $l
      send $c hello
      let got = recv $s
      let syn = packet parse (tcp syn $s --bytes) --from ip
      let cake = layers --connection $s.id
      $cake.syn.tcp.sequence == $syn.tcp.sequence
      $cake.frames[0].tcp.sequence == $syn.tcp.sequence + 1
      (layers --connection $c.id).frames[0].tcp.sequence == $syn.tcp.sequence + 1
      wire save x.pcapng --all | get other-ends | len
      print $syn.tcp.sequence $syn.ip.identification $syn.tcp.window
      close $s
      (layers --connection $c.id).syn == null
      """)
    let lines = printed.split(separator: "\n").map(String.init)
    #expect(lines.count == 8 && lines.prefix(4) == ["true", "true", "true", "1"] && lines.last == "true", "\(printed)")
    #expect(try faults("x.pcapng").isEmpty)
    let seen = try tshark(
      "x.pcapng", "tcp.flags.syn == 1 and tcp.flags.ack == 0", "tcp.seq_raw", "ip.id", "tcp.window_size_value")
    let words = (seen.first ?? "").split(separator: "\t").map(String.init)
    #expect(words.count == 3 && Array(lines.dropFirst(4).prefix(3)).first == words.first, "\(seen) \(lines)")
    #expect(words.last == lines.dropFirst(6).first, "\(seen) \(lines)")
    #expect(try run("tshark -r x.pcapng -V 2>/dev/null | grep -c 'as the kernel kept it'") != "0\n")
  }

  /// A proxy of Python's that speaks TLS, with TLS to OpenSSL's server inside of it.
  @Test func tlsWithinTLSIsDecryptedOnceAndHasBothSecrets() throws {
    try folder.write(
      "proxy.py",
      Array(
        """
        import socket, ssl, sys, threading
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1])
        listener = socket.create_server(("127.0.0.1", 0))
        print(listener.getsockname()[1], flush=True)
        def copy(a, b):
            try:
                while data := a.recv(65536): b.sendall(data)
                b.shutdown(socket.SHUT_WR)
            except OSError: pass
        def one(c):
            c = context.wrap_socket(c, server_side=True)
            head = b""
            while b"\\r\\n\\r\\n" not in head: head += c.recv(65536)
            o = socket.create_connection(("127.0.0.1", int(sys.argv[2])))
            c.sendall(b"HTTP/1.1 200 Connection established\\r\\n\\r\\n")
            threading.Thread(target=copy, args=(o, c), daemon=True).start()
            copy(c, o)
        while True:
            threading.Thread(target=one, args=(listener.accept()[0],), daemon=True).start()
        """.utf8))
    let made = try run(
      "openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 2 -subj /CN=localhost "
        + "-addext subjectAltName=DNS:localhost 2>/dev/null && cat k.pem c.pem > both.pem && echo made")
    #expect(made == "made\n")
    let certificates = try CertificateTests.folder.get().path
    let nginx = try Nginx(certificates: certificates)
    defer { try? nginx.stop() }
    let proxy = try Program(
      "python3", "-u", "\(folder.path)/proxy.py", "\(folder.path)/both.pem", "\(nginx.securePort)")
    let port = try proxy.line()
    let printed = try nsh(
      """
      (http get https://www.example.test/facts --ca \(certificates)/ca.pem --proxy https://localhost:\(port) --proxy-ca c.pem).status
      wire save x.pcapng | get connections | len
      """)
    #expect(printed == "200\n1\n", "\(printed)")
    #expect(try faults("x.pcapng").isEmpty)
    // Any port may be one that tshark takes for something else.
    let ports = "-d tcp.port==\(port),tls -d tls.port==\(port),http"
    #expect(try tshark("x.pcapng \(ports)", "http.request", "http.request.uri") == ["www.example.test:443"])
    // What the outer one carries behind the answer to CONNECT is the ClientHello of the inner one.
    let inside = try run(
      "tshark -r x.pcapng \(ports) -q -z follow,tls,raw,0 2>/dev/null | tr -d '\\t' | grep -c '^1603010'")
    #expect(inside == "1\n")
    // A line of each kind for each of the two sessions (RFC 9850).
    #expect(
      try run(
        "tr -c '[:print:]\\n' '\\n' < x.pcapng | grep -o 'CLIENT_HANDSHAKE_TRAFFIC_SECRET [0-9a-f]*' | sort -u | wc -l")
        == "2\n")
    _ = proxy
  }
}
