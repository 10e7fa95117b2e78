import TestSupport
import Testing

/// A server that sends forgeries before the true answer: none of them is taken, and a true one always is.
struct ForgeryTests {
  /// Sends, for each query, what a forger could: wrong id, another question, none, another case, QR unset, from another port, from
  /// another address, and a flood of them; then the answer.
  private static let server = """
    import socket, sys, random, dns.message, dns.rrset, dns.flags, dns.name
    kind = sys.argv[1]
    while True:
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(('127.0.0.1', 0))
        far = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try: far.bind(('127.0.0.2', s.getsockname()[1]))
        except OSError: continue
        break
    other = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    other.bind(('127.0.0.1', 0))
    print(s.getsockname()[1], flush=True)
    def answer(q, text, name=None):
        r = dns.message.make_response(q)
        r.answer.append(dns.rrset.from_text(name or q.question[0].name, 60, 'IN', 'A', text))
        return r
    while True:
        data, peer = s.recvfrom(4096)
        q = dns.message.from_wire(data)
        bad = answer(q, '192.0.2.66')
        wire = bytearray(bad.to_wire())
        via = s
        if kind == 'id': wire[1] ^= 1
        if kind == 'question':
            bad.question[0] = dns.rrset.RRset(dns.name.from_text('evil.test'), 1, 1); wire = bad.to_wire()
        if kind == 'none': bad.question = []; wire = bad.to_wire()
        if kind == 'case': wire[13] ^= 0x20
        if kind == 'query': wire[2] &= 0x7f
        if kind == 'port': via = other
        if kind == 'address': via = far
        if kind == 'malformed': wire = wire[:-3]
        for i in range(200 if kind == 'flood' else 1):
            if kind == 'flood':
                wire[0:2] = ((q.id + 1 + i) % 65536).to_bytes(2, 'big')
            via.sendto(bytes(wire), peer)
        s.sendto(answer(q, '192.0.2.1').to_wire(), peer)
    """

  @Test(arguments: ["id", "question", "none", "case", "query", "port", "address", "flood", "malformed"])
  func forgeriesAreIgnored(_ kind: String) throws {
    let server = try Program("/usr/bin/python3", "-c", Self.server, kind)
    let port = try server.line()
    let (output, status) = try Program(
      Tree.nsh, "-c", "dns www.example.test A @127.0.0.1:\(port) --0x20 --tries 1 --timeout 1min --short"
    ).finish()
    #expect(String(decoding: output, as: UTF8.self) == "192.0.2.1\n")
    #expect(status == 0)
  }

  /// Ids and source ports that nobody can foresee: fresh for each query, and not one after the other (RFC 5452 §9.2).
  @Test func idsAndPortsAreFresh() throws {
    let server = try Program(
      "/usr/bin/python3", "-c",
      """
      import socket, dns.message
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      s.bind(('127.0.0.1', 0))
      print(s.getsockname()[1], flush=True)
      s.settimeout(60)
      ids, ports = [], []
      while len(ids) < 100:
          data, peer = s.recvfrom(4096)
          query = dns.message.from_wire(data)
          ids.append(query.id)
          ports.append(peer[1])
          s.sendto(dns.message.make_response(query).to_wire(), peer)
      def near(numbers): return sum(abs(a - b) < 3 for a, b in zip(numbers, numbers[1:]))
      fresh = len(set(ids)) > 95 and len(set(ports)) > 90
      print(fresh and near(ids) < 5 and near(ports) < 10 and max(ids) > 40000 and min(ids) < 25000, flush=True)
      """)
    let port = try server.line()
    let script = "for n in 1..100 { dns www${n}.example.test A @127.0.0.1:\(port) --short | count }"
    let (_, status) = try Program(Tree.nsh, "-c", script).finish()
    #expect(try status == 0 && server.line() == "True")
  }

  /// Nothing but malformed, cut or stalled answers: never status 0.
  @Test(arguments: [
    ("udp", "malformed", 56), ("udp", "silent", 28), ("udp", "short", 28), ("tcp", "malformed", 56), ("tcp", "cut", 56),
    ("tcp", "silent", 28),
  ])
  func brokenAnswersAreErrors(_ transport: String, _ kind: String, _ wanted: Int32) throws {
    let server = try Program(
      "/usr/bin/python3", "-c",
      """
      import socket, sys, time
      transport, kind = sys.argv[1:]
      s = socket.socket(socket.AF_INET, socket.SOCK_STREAM if transport == 'tcp' else socket.SOCK_DGRAM)
      s.bind(('127.0.0.1', 0))
      if transport == 'tcp': s.listen()
      print(s.getsockname()[1], flush=True)
      while True:
          if transport == 'tcp':
              c, _ = s.accept()
              data = c.recv(4096)[2:]
          else:
              data, peer = s.recvfrom(4096)
          reply = data[:2] + b'\\x81\\x80' + data[4:6] + b'\\0\\1' + data[8:] + b'\\xc0\\x0c\\0\\1\\0\\1\\0\\0\\0\\1\\0\\4\\1'
          if kind == 'short': reply = reply[:5]
          if kind == 'silent': time.sleep(20); continue
          if transport == 'udp': s.sendto(reply, peer)
          else:
              c.sendall(len(reply).to_bytes(2, 'big') + (reply[:20] if kind == 'cut' else reply))
              c.close()
      """, transport, kind)
    let port = try server.line()
    let place = transport == "tcp" ? "@tcp://127.0.0.1:\(port)" : "@127.0.0.1:\(port)"
    let (output, status) = try Program(
      Tree.nsh, "-c", "dns www.example.test A \(place) --noedns --tries 1 --timeout \(wanted == 28 ? 1 : 5)s"
    ).finish()
    #expect(output.isEmpty && status == wanted)
  }
}
