import Net
import TestSupport
import Testing

@testable import Wire

/// The adversary of every decoder: whatever is cut, added or changed, a packet is read, or refused with `PacketError`.
@Suite struct PacketAdversaryTests {
  static let packets: [[UInt8]] = [
    PacketTests.udpPacket,
    PacketTests.hex("46 00 00 1c 00 01 20 05 01 01 00 00 0a 00 00 01 0a 00 00 02 94 04 00 00 08 00 00 00"),
    PacketTests.hex(
      "60 00 00 00 00 18 00 40 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 02"
        + " 2c 00 05 02 00 00 01 00 3a 00 00 01 12 34 56 78 80 00 00 00 00 07 00 01"),
    ICMPMessage(ICMPKind(.v4, type: 3, code: 3), data: PacketTests.udpPacket).bytes(),
    ICMPMessage(ICMPKind(.v6, type: 2, code: 0), rest: 1_280, data: PacketTests.udpPacket).bytes(),
  ]

  /// Reads bytes as everything that they could be; any other error than `PacketError` would not compile.
  private func read(_ bytes: ArraySlice<UInt8>) {
    for isQuoted in [false, true] {
      guard let packet = try? IPPacket(parsing: bytes, isQuoted: isQuoted) else { continue }
      #expect(packet.payload.count <= bytes.count)
      _ = (packet.source, packet.destination, packet.ttl, "\(packet.protocolNumber)")
      _ = try? UDPHeader(parsing: packet.payload[...])
    }
    for version in [ICMPKind.Version.v4, .v6] {
      guard let message = try? ICMPMessage(parsing: bytes, version: version) else { continue }
      _ = (message.quoted, message.nextLinkMTU, message.kind.title)
      // What was read is written again as it was, but for the checksum.
      #expect(message.bytes().count == bytes.count && message.bytes().dropFirst(4) == Array(bytes.dropFirst(4))[...])
    }
  }

  @Test(arguments: packets) func cutAtEachLength(_ packet: [UInt8]) {
    for length in packet.indices {
      read(packet[..<length])
      read(packet[length...])
    }
    let whole = try? IPPacket(parsing: packet[...])
    guard whole != nil else { return }
    for length in packet.indices where length < 60 { #expect((try? IPPacket(parsing: packet[..<length])) == nil) }
  }

  @Test(arguments: packets) func oneByteChangedAndMoreBehind(_ packet: [UInt8]) {
    for index in packet.indices {
      for change: UInt8 in [0x01, 0x0F, 0x80, 0xF0, 0xFF] {
        var changed = packet
        changed[index] ^= change
        read(changed[...])
        read((changed + [1, 2, 3, 4, 5])[...])
      }
    }
  }

  @Test func anyBytes() {
    var random = SeededRandom(seed: 6)
    for _ in 0..<20_000 {
      var bytes = (0..<random.below(80)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      if !bytes.isEmpty { bytes[0] = random.pick([0x45, 0x46, 0x4F, 0x60, 0x6F, bytes[0]]) }
      read(bytes[...])
    }
  }

  @Test func aChainOfHeadersHasAnEnd() {
    var bytes = PacketTests.hex("60 00 00 00 40 00 3c 40") + [UInt8](repeating: 0, count: 32)
    for _ in 0..<2_048 { bytes += [60, 0, 1, 4, 0, 0, 0, 0] }
    #expect(throws: PacketError("IPv6", .malformed("it has more than 16 extension headers"))) {
      try IPPacket(parsing: bytes[...])
    }
  }
}
