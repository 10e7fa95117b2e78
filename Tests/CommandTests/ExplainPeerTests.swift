import TestSupport
import Testing

/// The fields of `explain` beside those of tshark: hellos of OpenSSL, and messages of DNS that scapy made.
@Suite struct ExplainPeerTests {
  /// Writes a line for each message: its bytes, and what tshark says of it.
  private static let program = """
    import ssl, random, subprocess, tempfile, os, logging
    logging.disable(logging.CRITICAL)
    from scapy.all import *
    random.seed(4)
    def hello(name, alpn, best):
      context = ssl.create_default_context()
      context.maximum_version = best
      if alpn: context.set_alpn_protocols(alpn)
      into, out = ssl.MemoryBIO(), ssl.MemoryBIO()
      tls = context.wrap_bio(into, out, server_hostname=name)
      try: tls.do_handshake()
      except ssl.SSLWantReadError: pass
      return out.read()
    T = ssl.TLSVersion
    hellos = [hello(n, a, v) for n in ['a.test', 'www.example.test'] for a in [[], ['h2', 'http/1.1']] for v in [T.TLSv1_2, T.TLSv1_3]]
    def answers(n):
      chain = None
      for i in range(n):
        record = DNSRR(rrname='a%d.test' % i, type='A', ttl=300 + i, rdata='192.0.2.%d' % (i + 1))
        chain = chain / record if chain else record
      return chain
    messages = [bytes(DNS(id=random.randrange(65536), qr=1, aa=i % 2, rd=1, ra=i % 3 == 0, rcode=i % 6,
      qd=[DNSQR(qname='a%d.test' % i, qtype=[1, 28, 15, 16, 2, 6][i % 6])], an=answers(i % 4))) for i in range(24)]
    frames = [Ether(src='02:00:00:00:00:01', dst='02:00:00:00:00:02') / IP(src='192.0.2.1', dst='192.0.2.2') / p for p in
      [TCP(sport=1000 + i, dport=443, flags='PA', seq=1, ack=1) / h for i, h in enumerate(hellos)] +
      [UDP(sport=53, dport=2000 + i) / m for i, m in enumerate(messages)]]
    names = ['tls.record.length', 'tls.handshake.length', 'tls.handshake.random', 'tls.handshake.extension.type',
      'tls.handshake.extensions_server_name', 'tls.handshake.ciphersuite', 'dns.id', 'dns.flags.rcode', 'dns.flags.authoritative',
      'dns.qry.name', 'dns.qry.type', 'dns.count.answers', 'dns.resp.ttl']
    with tempfile.TemporaryDirectory() as folder:
      path = os.path.join(folder, 'x.pcap')
      wrpcap(path, frames, linktype=1)
      words = ['tshark', '-r', path, '-T', 'fields', '-E', 'separator=|', '-E', 'aggregator=,']
      for name in names: words += ['-e', name]
      rows = subprocess.run(words, capture_output=True, text=True, timeout=120).stdout.splitlines()
    for message, row in zip(hellos + messages, rows): print(message.hex() + '|' + row)
    """

  @Test func tsharkReadsTheSame() throws {
    let rows = try Python.run(Self.program, lines: [], interpreter: "/usr/bin/python3")
    #expect(rows.count == 32)
    let shell = Shell()
    for row in rows {
      let cells = row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 14 else { Issue.record("tshark: \(row)"); continue }
      #expect(shell.run("let e = explain 0x[\(cells[0])]") == "")
      func ours(_ part: String) -> String {
        shell.line("let f = $e | where {|f| $f.part == '\(part)'}; if ($f | len) > 0 { $f[0].value } else { '' }")
      }
      guard cells[7].isEmpty else {
        #expect(Int(cells[7].dropFirst(2), radix: 16).map(String.init) == ours("id"), "\(row)")
        #expect(ours("flags, RCODE").split(separator: " ").first.map(String.init) == cells[8], "\(row)")
        #expect(ours("flags, AA") == (["1", "True"].contains(cells[9]) ? "1" : "0"), "\(row)")
        #expect(ours("question 1, name") == cells[10] + ".", "\(row)")
        #expect(ours("number of answers") == cells[12], "\(row)")
        let times = shell.line("$e | where {|f| $f.part =~ 'answer [0-9]+, TTL'} | each {|f| $f.value } | join ,")
        #expect(times.replacing(" s", with: "") == cells[13], "\(row)")
        continue
      }
      #expect(ours("record 1, length") == cells[1] && ours("ClientHello, length") == cells[2], "\(row)")
      #expect(ours("ClientHello, random").dropLast() == cells[3].prefix(60), "\(row)")
      #expect(ours("extension server_name") == cells[5], "\(row)")
      let extensions = shell.line("$e | where {|f| $f.part =~ '^extension '} | len")
      #expect(extensions == "\(cells[4].split(separator: ",").count)", "\(row)")
      let ciphers = shell.line("($e | where {|f| $f.part == 'ClientHello, cipher suites'})[0].about")
      #expect(ciphers.hasPrefix("\(cells[6].split(separator: ",").count) offered"), "\(row)")
    }
  }
}
