import Net
import TestSupport
import Testing

@testable import Wire

/// Headers against packets that others made: tcpdump's and the RFCs' own bytes.
@Suite struct PacketTests {
  /// An echo request as ping(8) sends it, the header and checksum of the textbook example 192.168.0.1 to 192.168.0.199.
  static let udpPacket =
    bytes(
      hex: "45 00 00 73 00 00 40 00 40 11 b8 61 c0 a8 00 01 c0 a8 00 c7") + [UInt8](repeating: 7, count: 95)

  @Test func theChecksumOfRFC1071() {
    // RFC 1071 §3: the sum of these is ddf2.
    #expect(InternetChecksum.of(bytes(hex: "00 01 f2 03 f4 f5 f6 f7")) == ~0xDDF2)
    #expect(InternetChecksum.of([]) == 0xFFFF)
    #expect(InternetChecksum.of([0xAB]) == ~0xAB00)
    var pieces = InternetChecksum()
    for byte in bytes(hex: "00 01 f2 03 f4 f5 f6 f7") { pieces.add([byte]) }
    #expect(pieces.value == ~0xDDF2)
  }

  @Test func anIPv4Header() throws {
    let header = try IPv4Header(parsing: Self.udpPacket[...])
    #expect(header.length == 20 && header.totalLength == 115 && header.ttl == 64 && header.protocolNumber == .udp)
    #expect(header.dontFragment && !header.moreFragments && header.fragmentOffset == 0 && header.checksum == 0xB861)
    #expect("\(header.source)" == "192.168.0.1" && "\(header.destination)" == "192.168.0.199")
    #expect(InternetChecksum.of(Self.udpPacket.prefix(20)) == 0)
    #expect(header.bytes(payload: 95) == Array(Self.udpPacket.prefix(20)))
    let packet = try IPPacket(parsing: (Self.udpPacket + [0, 0, 0])[...])
    #expect(packet.payload.count == 95, "padding of the frame is no payload")
  }

  @Test func anIPv6HeaderWithExtensions() throws {
    // Hop-by-hop (a router alert, RFC 2711) and a first fragment before ICMPv6.
    let bytes = bytes(
      hex:
        "60 0a bc de 00 18 00 ff 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 02"
        + " 2c 00 05 02 00 00 01 00 3a 00 00 01 12 34 56 78 80 00 00 00 00 07 00 01")
    let packet = try IPPacket(parsing: bytes[...])
    guard case .v6(let header, let extensions) = packet.header else {
      Issue.record("it is IPv6")
      return
    }
    #expect(header.trafficClass == 0 && header.flowLabel == 0xABCDE && header.hopLimit == 255)
    #expect(extensions.map(\.kind.description) == ["hop-by-hop", "fragment"] && packet.protocolNumber == .icmpv6)
    let echo = try ICMPMessage(parsing: packet.payload[...], version: .v6)
    #expect(echo.kind.title == "echo request" && echo.identifier == 7 && echo.sequence == 1)
    #expect(header.bytes(payload: 24) == Array(bytes.prefix(40)))
  }

  @Test func aUDPDatagramIsSummedAsScapySumsIt() throws {
    let (source, destination) = (try #require(Address("10.0.0.1")), try #require(Address("10.0.0.2")))
    let datagram = try #require(
      UDPHeader(sourcePort: 1024, destinationPort: 53).datagram([1, 2, 3], from: source, to: destination))
    #expect(UDPHeader.checksum(of: datagram, from: source, to: destination) == 0)
    #expect(try UDPHeader(parsing: datagram[...]).datagramLength == 11)
    // The same sum over the pseudo-header, made by Python's integers.
    let python = try Python.run(
      """
      import sys, struct, socket
      d = bytearray(sys.stdin.buffer.read()); d[6:8] = b"\\0\\0"
      p = socket.inet_aton("10.0.0.1") + socket.inet_aton("10.0.0.2") + struct.pack("!BBH", 0, 17, len(d)) + d
      p += b"\\0" * (len(p) % 2)
      s = sum(struct.unpack("!%dH" % (len(p) // 2), p)) % 65535
      print(65535 - s, end="")
      """, input: datagram)
    #expect(String(decoding: python, as: UTF8.self) == "\(UInt16(datagram[6]) << 8 | UInt16(datagram[7]))")
  }

  @Test func anICMPErrorQuotesItsPacket() throws {
    let quoted = Array(Self.udpPacket.prefix(28))
    let error = ICMPMessage(ICMPKind(.v4, type: 3, code: 4), rest: 1_400, data: quoted)
    let read = try ICMPMessage(parsing: error.bytes()[...], version: .v4)
    #expect(InternetChecksum.of(error.bytes()) == 0 && read.nextLinkMTU == 1_400 && read.kind.isTooBig)
    let inner = try #require(read.quoted)
    #expect(try UDPHeader(parsing: inner.payload[...]).destinationPort == 0x0707)
    #expect(ICMPMessage(ICMPKind(.v4, type: 0, code: 0), data: quoted).quoted == nil)
  }

  @Test func kindsHaveTheWordsOfTheirDocuments() {
    #expect(ICMPKind(.v4, type: 3, code: 13).title == "communication administratively prohibited")
    #expect(
      ICMPKind(.v6, type: 1, code: 4).title == "port unreachable" && ICMPKind(.v6, type: 1, code: 4).isPortUnreachable)
    #expect(ICMPKind(.v4, type: 11, code: 0).isTimeExceeded && ICMPKind(.v6, type: 3, code: 0).isTimeExceeded)
    #expect(ICMPKind(.v4, type: 3, code: 99).title == "destination unreachable, code 99")
    #expect(ICMPKind(.v6, type: 200, code: 1).title == "type 200 code 1")
  }

  @Test func whatDoesNotFitIsNotMade() throws {
    let address = try #require(Address("10.0.0.1"))
    var header = IPv4Header(protocolNumber: .udp, source: address, destination: address)
    #expect(header.bytes(payload: 65_516) == nil && header.bytes(payload: -1) == nil)
    header.options = [1, 2, 3]
    #expect(header.bytes(payload: 0) == nil)
    #expect(IPv6Header(nextHeader: .udp, source: address, destination: address).bytes(payload: 0) == nil)
    #expect(
      UDPHeader(sourcePort: 1, destinationPort: 1).datagram(
        .init(repeating: 0, count: 65_528), from: address, to: address) == nil)
  }
}
