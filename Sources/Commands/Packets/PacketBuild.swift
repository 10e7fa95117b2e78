import Interpreter
import Net
import Wire

let packetBuild = Command(
  "packet build",
  "Makes a packet of Ethernet, ARP, IP, TCP, UDP or ICMP from a record of its layers; computing the lengths and checksums that are not given.",
  Parameter<Record>.input(
    "the layers: ethernet, arp, ip, tcp, udp, icmp or icmpv6, and data, as `packet parse` gives them", named: "layers"),
  Parameter<Bool>.flag("fresh", "compute lengths and checksums even where they are given"),
  Parameter<Int?>.option("fragment", "give a list of packets, each of at most so many bytes from IP on"),
  Parameter<Int?>.option("identification", "the number that the fragments of an IPv6 packet have in common"),
  gives: .any,
  examples: [
    Example(
      "packet build {ip: {source: 192.0.2.1, destination: 198.51.100.2}, udp: {source: 40000, destination: 53}, data: hi} | hexdump",
      """
      00000000  45 00 00 1e 00 00 00 00  40 11 8e 98 c0 00 02 01  |E.......@.......|
      00000010  c6 33 64 02 9c 40 00 35  00 0a 0e c4 68 69        |.3d..@.5....hi|
      """, note: "a datagram, its lengths and checksums computed"),
    Example(
      "packet build {ip: {source: 192.0.2.1, destination: 198.51.100.2}, tcp: {source: 40000, destination: 80, flags: SYN, checksum: 1}}"
        + " | packet parse | get layers | select layer checksum",
      "layer\tchecksum\nip\tright\ntcp\twrong, should be 0x271b", note: "a wrong checksum, since one is given"),
    Example(
      "packet build {ip: {source: 192.0.2.1, destination: 198.51.100.2}, tcp: {source: 40000, destination: 80, flags: SYN, data-offset: 3}}"
        + " | packet parse | get problem",
      "cannot read the TCP header: its length is 12 bytes", note: "a header that lies about its length"),
    Example(
      "packet build {ip: {source: '2001:db8::1', destination: '2001:db8::2'}, icmpv6: {type: 'echo request', identifier: 7}, data: ('A' * 300)} --fragment 200"
        + " | each {|p| len $p} | join ' '",
      "200 200 52"),
  ]
) { _, record, isFresh, mtu, identification in
  var packet = try PacketReading(record).packet
  if isFresh {
    packet.keptInNetwork = []
    packet.keptInTransport = []
  }
  guard let mtu else { return .bytes(try packet.bytes()) }
  let number: UInt32
  if let identification {
    guard let given = UInt32(exactly: identification) else {
      throw ValueError(
        "bad-argument", "an identification has 32 bits, and \(identification) does not fit", layer: .packet)
    }
    number = given
  } else {
    number = .random(in: 1...UInt32.max)
  }
  return .list(try packet.fragments(mtu: mtu, identification: number).map { .bytes($0) })
}

let packetParse = Command(
  "packet parse",
  "Reads a packet into a record of its layers, with the place of each field and whether the checksums are right.",
  Parameter<[UInt8]>.input("the bytes of the packet", named: "packet"),
  Parameter<String?>.option(
    "from", "what they begin with, if it is not to be guessed", choices: Packet.Start.allCases.map(\.rawValue)),
  gives: .record,
  examples: [
    Example(
      "let p = packet build {ip: {source: 192.0.2.1, destination: 198.51.100.2, ttl: 9}, tcp: {source: 40000, destination: 80, flags: [SYN ECE]}}; "
        + "let q = packet parse $p; print $q.ip.ttl $q.tcp.flags",
      "9\nECE\nSYN"),
    Example(
      "packet parse 0x[4500001c00000000 40018f7ac0000201 c6336402 0800f7ff 00000000] | get fields | where {|f| $f.layer == 'icmp'} | select field value at",
      "field\tvalue\tat\ntype\t8\t20\ncode\t0\t21\nchecksum\t63487\t22\nidentifier\t0\t24\nsequence\t0\t26"),
  ]
) { _, bytes, start in
  .record(PacketValues.record(of: try Packet(parsing: bytes[...], from: start.flatMap(Packet.Start.init)), bytes))
}

let packetReassemble = Command(
  "packet reassemble",
  "Puts packets together again that were divided; fragments that overlap are refused (RFC 5722).",
  Parameter<List>.input("the packets' bytes, in any order", named: "packets"),
  Parameter<String?>.option(
    "from", "what they begin with, if it is not to be guessed", choices: Packet.Start.allCases.map(\.rawValue)),
  gives: .list,
  examples: [
    Example(
      "packet build {ip: {source: 192.0.2.1, destination: 198.51.100.2}, udp: {source: 1, destination: 2}, data: ('ab' * 600)} --fragment 576"
        + " | reverse | packet reassemble | each {|p| len $p}", "1228")
  ]
) { _, packets, start in
  var reassembly = Reassembly()
  var whole: [Value] = []
  for item in packets.items {
    let bytes = try [UInt8].convert(item)
    let packet = try Packet(parsing: bytes[...], from: start.flatMap(Packet.Start.init))
    guard case .ip? = packet.network else {
      throw ValueError("packet-malformed", "only IP packets are divided, and this is none", layer: .packet)
    }
    let front = packet.ethernet?.bytes ?? []
    if let done = try reassembly.add(bytes.dropFirst(front.count)) { whole.append(.bytes(front + done)) }
  }
  guard reassembly.waiting == 0, reassembly.givenUp == 0 else {
    let count = reassembly.waiting + reassembly.givenUp
    throw ValueError(
      "packet-incomplete", "fragments of \(count == 1 ? "a packet" : "\(count) packets") are missing",
      hint: "each needs a part that begins at 0, one that is the last, and all between", layer: .packet)
  }
  return .list(whole)
}
