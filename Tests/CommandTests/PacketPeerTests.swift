import TestSupport
import Testing

/// Packets of `packet build` under the eyes of scapy and tshark, and theirs under ours; hundreds each way.
@Suite struct PacketPeerTests {
  /// Debian's Python, which has scapy.
  private static let python = "/usr/bin/python3"

  private static func scapy(_ program: String, _ lines: [String] = []) throws -> [String] {
    try Python.run(
      "import sys, random, logging\nlogging.disable(logging.CRITICAL)\nfrom scapy.all import *\nconf.verb = 0\n"
        + program,
      lines: lines, interpreter: python)
  }

  /// Random packets of scapy: what they begin with, their bytes, and what scapy says of a few fields.
  private static let theirs = """
    random.seed(9)
    def blob(n): return bytes(random.randrange(256) for _ in range(random.randrange(n)))
    def v4(): return '.'.join(str(random.randrange(1, 255)) for _ in range(4))
    def v6(): return '2001:db8::%x:%x' % (random.randrange(65536), random.randrange(65536))
    def mac(): return '02:' + ':'.join('%02x' % random.randrange(256) for _ in range(5))
    def port(): return random.randrange(1, 65536)
    def options():
      all = [('MSS', 1460), ('NOP', None), ('SAckOK', b''), ('Timestamp', (random.randrange(1 << 32), 7)), ('WScale', 7),
        ('SAck', (1, 2)), ('EOL', None)]
      return [o for o in all if random.random() < 0.4][:4]
    def ip():
      if random.random() < 0.5:
        return IP(src=v4(), dst=v4(), ttl=random.randrange(256), id=random.randrange(65536), tos=random.randrange(256),
          flags=random.choice(['', 'DF', 'evil']), options=random.choice([[], [IPOption(b'\\x94\\x04\\x00\\x00')]]))
      p = IPv6(src=v6(), dst=v6(), hlim=random.randrange(256), tc=random.randrange(256), fl=random.randrange(1 << 20))
      if random.random() < 0.3: p = p / IPv6ExtHdrHopByHop(options=[RouterAlert()])
      if random.random() < 0.3: p = p / IPv6ExtHdrRouting(type=0, addresses=[v6(), v6()])
      if random.random() < 0.3: p = p / IPv6ExtHdrDestOpt(options=[PadN(optdata=b'1234')])
      return p
    def inside(p):
      kind = random.randrange(4)
      if kind == 0:
        return p / TCP(sport=port(), dport=port(), seq=random.randrange(1 << 32), ack=random.randrange(1 << 32),
          flags=random.randrange(512), window=random.randrange(65536), urgptr=random.randrange(3), options=options()) / blob(40)
      if kind == 1: return p / UDP(sport=port(), dport=port()) / blob(40)
      if kind == 2: return p / (ICMP(id=port(), seq=port()) if p.version == 4 else ICMPv6EchoRequest(id=port(), seq=port(), data=blob(20)))
      inner = raw(IP(src=v4(), dst=v4()) / UDP(sport=1, dport=2) / b'data')
      return p / (ICMP(type=3, code=3) / inner if p.version == 4 else ICMPv6PacketTooBig(mtu=1280) / raw(IPv6(src=v6(), dst=v6()) / UDP() / b'x'))
    for i in range(400):
      p, start = inside(ip()), 'ip'
      if i % 10 == 0: p, start = ARP(op=random.choice([1, 2]), hwsrc=mac(), psrc=v4(), hwdst=mac(), pdst=v4()), 'ethernet'
      if i % 3 == 0 or start == 'ethernet':
        start = 'ethernet'
        tag = Dot1Q(vlan=random.randrange(4096), prio=3) if random.random() < 0.3 else None
        p = Ether(src=mac(), dst=mac()) / tag / p if tag else Ether(src=mac(), dst=mac()) / p
        if random.random() < 0.3: p = p / Padding(b'\\0' * 6)
      b = raw(p)
      q = (Ether if start == 'ethernet' else IP if b[0] >> 4 == 4 else IPv6)(b)
      known = []
      if ARP in q: known = [('arp.sender-ip', q[ARP].psrc), ('arp.target-mac', q[ARP].hwdst)]
      outer = next((q[t] for t in (IP, IPv6) if t in q), None)
      if outer is not None:
        known += [('ip.source', outer.src), ('ip.destination', outer.dst)]
        if outer.version == 4: known += [('ip.ttl', outer.ttl), ('ip.checksum', outer.chksum), ('ip.total-length', outer.len), ('ip.identification', outer.id)]
        else: known += [('ip.hop-limit', outer.hlim), ('ip.flow-label', outer.fl), ('ip.payload-length', outer.plen)]
      if TCP in q:
        t = q[TCP]
        known += [('tcp.source', t.sport), ('tcp.destination', t.dport), ('tcp.sequence', t.seq), ('tcp.acknowledgement', t.ack),
          ('tcp.window', t.window), ('tcp.checksum', t.chksum)]
      elif UDP in q and ICMP not in q and ICMPv6PacketTooBig not in q:
        known += [('udp.source', q[UDP].sport), ('udp.length', q[UDP].len), ('udp.checksum', q[UDP].chksum)]
      print(start, b.hex(), ' '.join('%s=%s' % k for k in known))
    """

  @Test func readsWhatScapyMakesAndWritesItAgain() throws {
    let shell = Shell()
    let packets = try Self.scapy(Self.theirs)
    #expect(packets.count == 400)
    for line in packets {
      let words = line.split(separator: " ")
      let bytes = "0x[\(words[1])]"
      #expect(
        shell.line("let p = packet parse \(bytes) --from \(words[0]); (packet build $p) == \(bytes)") == "true",
        "\(line)")
      for pair in words.dropFirst(2) {
        let sides = pair.split(separator: "=", maxSplits: 1)
        #expect(shell.line("$p.\(sides[0])") == String(sides[1]), "\(line)")
      }
      #expect(
        shell.line("$p.layers | where {|l| $l.checksum != null and $l.checksum != 'right'} | count") == "0", "\(line)")
      // Computed anew, everything that was left to the writer comes out as scapy has it.
      var fresh = "$p"
      for (layer, fields) in [
        ("tcp", "checksum"), ("udp", "checksum length"), ("icmp", "checksum"), ("icmpv6", "checksum"),
      ] where shell.line("'\(layer)' in $p") == "true" {
        fresh = "(\(fresh) | update \(layer) ($p.\(layer) | reject \(fields)))"
      }
      if shell.line("'ip' in $p") == "true" {
        let fields =
          shell.line("$p.ip.version") == "4" ? "checksum total-length" : "payload-length next-header protocol"
        fresh = "(\(fresh) | update ip ($p.ip | reject \(fields)))"
      }
      #expect(shell.line("(packet build \(fresh)) == \(bytes)") == "true", "\(line)")
    }
  }

  /// A packet as a person would write it, with random values.
  private static func layers(_ random: inout SeededRandom) -> String {
    func number(_ bound: Int) -> Int { random.below(bound) }
    func address(_ isIPv4: Bool) -> String {
      isIPv4 ? "198.51.100.\(number(256))" : "'2001:db8::\(String(number(65536), radix: 16))'"
    }
    let isIPv4 = number(2) == 0
    var layers: [String] = []
    if number(3) == 0 { layers.append("ethernet: {source: 02:00:00:00:00:01, destination: 02:00:00:00:00:02}") }
    var ip = "source: \(address(isIPv4)), destination: \(address(isIPv4)), ttl: \(1 + number(255)), ecn: \(number(4))"
    if isIPv4 {
      ip += ", identification: \(number(65536)), dont-fragment: \(number(2) == 0)"
    } else {
      ip += ", flow-label: \(number(1 << 20))"
      if number(3) == 0 {
        ip += ", extensions: [{kind: hop-by-hop, data: 0x[05 02 00 00]} {kind: destination-options}]"
      }
    }
    layers.append("ip: {\(ip)}")
    switch number(3) {
    case 0:
      let flags = ["SYN", "SYN ACK", "ACK", "PSH+ACK", "FIN,ACK", "RST"][number(6)]
      let options = [
        "[]", "[{kind: mss, value: 1400} nop {kind: window-scale, value: 3} sack-permitted]",
        "[nop nop {kind: timestamps, value: \(number(1 << 30)), echo: 9}]",
      ][number(3)]
      layers.append(
        "tcp: {source: \(1 + number(60000)), destination: 80, sequence: \(number(1 << 32)), flags: '\(flags)', options: \(options)}"
      )
    case 1: layers.append("udp: {source: \(1 + number(60000)), destination: \(1 + number(60000))}")
    default:
      let key = isIPv4 ? "icmp" : "icmpv6"
      layers.append(
        "\(key): {type: 'echo \(number(2) == 0 ? "request" : "reply")', identifier: \(number(65536)), sequence: 3}")
    }
    let hex = (0..<number(60)).map { _ in String(256 + number(256), radix: 16).dropFirst() }.joined()
    layers.append("data: 0x[\(hex)]")
    return "{\(layers.joined(separator: ", "))}"
  }

  @Test func scapyAndTsharkFindNothingWrongWithOurs() throws {
    var random = SeededRandom(seed: 41)
    let shell = Shell()
    let ours = (0..<400).map { _ in Self.layers(&random) }
    let hex = ours.map { shell.line("packet build \($0) | to hex") }
    let answers = try Self.scapy(
      """
      import subprocess, tempfile, os
      frames, bad = [], 0
      for line in sys.stdin:
        b = bytes.fromhex(line.strip())
        p = IP(b) if b[0] >> 4 == 4 else IPv6(b) if b[0] >> 4 == 6 else Ether(b)
        q = p.copy()
        for layer in [q.getlayer(i) for i in range(len(q.layers()))]:
          for name in ('chksum', 'cksum', 'len', 'plen', 'dataofs', 'ihl'):
            if name in getattr(layer, 'fields', {}) and layer.name != 'Raw': delattr(layer, name)
        if raw(q) != b: print('differs', b.hex(), raw(q).hex())
        frames.append(b if isinstance(p, Ether) else raw(Ether(src='02:00:00:00:00:01', dst='02:00:00:00:00:02') / p))
      print('scapy', len(frames))
      with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'x.pcap')
        wrpcap(path, [Ether(f) for f in frames], linktype=1)
        checks = ['-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE']
        bad = '_ws.malformed or ip.checksum.status == 0 or tcp.checksum.status == 0 or udp.checksum.status == 0 or icmp.checksum.status == 0 or icmpv6.checksum.status == 0'
        def ask(f): return subprocess.run(['tshark', '-r', path, *checks, '-Y', f], capture_output=True, text=True, timeout=120).stdout.splitlines()
        for line in ask(bad): print('tshark', line)
        good = 'tcp.checksum.status == 1 or udp.checksum.status == 1 or icmp.checksum.status == 1 or icmpv6.checksum.status == 1'
        print('right', len(ask(good)))
      """, hex)
    #expect(answers == ["scapy 400", "right 400"])
  }

  @Test func fragmentsGoBothWays() throws {
    let shell = Shell()
    var sent: [String] = []
    var wholes: [String] = []
    for (index, size) in [9, 600, 1480, 1481, 2960, 5000, 65_000].enumerated() {
      for source in ["192.0.2.1", "'2001:db8::1'"] {
        let destination = source.hasPrefix("'") ? "'2001:db8::2'" : "192.0.2.2"
        let id = source.hasPrefix("'") ? "" : ", identification: \(index + 1)"
        let record =
          "{ip: {source: \(source), destination: \(destination)\(id)}, udp: {source: 5, destination: 6}, data: ('ab' * \(size / 2))}"
        wholes.append(shell.line("packet build \(record) | to hex"))
        let mtu = [1500, 576, 128][index % 3]
        sent.append(
          shell.line(
            "packet build \(record) --fragment \(mtu) --identification \(index + 1) | each {|p| to hex $p} | join ' '"))
      }
    }
    let answers = try Self.scapy(
      """
      for line in sys.stdin:
        parts = [bytes.fromhex(w) for w in line.split()]
        if parts[0][0] >> 4 == 4:
          whole = defragment([IP(p) for p in parts])
          print(raw(whole[0]).hex(), end='')
          back = fragment(IP(raw(whole[0])), fragsize=200)
        elif len(parts) > 1:
          whole = defragment6([IPv6(p) for p in parts])
          del whole.plen
          whole = IPv6(raw(whole))
          print(raw(whole).hex(), end='')
          f = IPv6(raw(whole))
          first = IPv6(src=f.src, dst=f.dst, hlim=f.hlim) / IPv6ExtHdrFragment(id=77) / f.payload
          back = fragment6(first, 300)
        else:
          print(parts[0].hex(), end='')
          back = [IPv6(parts[0])]
        random.shuffle(back)
        print('', ' '.join(raw(p).hex() for p in back))
      """, sent)
    #expect(answers.count == wholes.count)
    for (answer, whole) in zip(answers, wholes) {
      let words = answer.split(separator: " ").map(String.init)
      let udp = { (hex: String) in String(hex.dropFirst(hex.hasPrefix("6") ? 80 : 40)) }
      #expect(udp(words[0]) == udp(whole))
      let list = words.dropFirst().map { "0x[\($0)]" }.joined(separator: " ")
      #expect(udp(shell.line("[\(list)] | packet reassemble | first | to hex")) == udp(whole))
    }
  }
}
