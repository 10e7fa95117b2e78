import Net
import TestSupport
import Testing

@testable import Wire

/// The adversary of every decoder: whatever is cut, added or changed, a packet is read, or refused with `PacketError`.
@Suite struct PacketAdversaryTests {
  static let packets: [[UInt8]] = [
    PacketTests.udpPacket,
    bytes(hex: "46 00 00 1c 00 01 20 05 01 01 00 00 0a 00 00 01 0a 00 00 02 94 04 00 00 08 00 00 00"),
    bytes(
      hex:
        "60 00 00 00 00 18 00 40 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 02"
        + " 2c 00 05 02 00 00 01 00 3a 00 00 01 12 34 56 78 80 00 00 00 00 07 00 01"),
    ICMPMessage(ICMPKind(.v4, type: 3, code: 3), data: PacketTests.udpPacket).bytes(),
    ICMPMessage(ICMPKind(.v6, type: 2, code: 0), rest: 1_280, data: PacketTests.udpPacket).bytes(),
    // A frame with a tag around a SYN with the options of Linux, and a request of ARP with the frame's padding.
    bytes(
      hex:
        "02 00 5e 10 00 01 02 00 5e 10 00 02 81 00 60 07 08 00 45 00 00 3c 1c 46 40 00 40 06 00 00 c0 00 02 01 c6 33 64 02"
        + " 9c 40 00 50 12 34 56 78 00 00 00 00 a0 c2 fa f0 12 34 00 00 02 04 05 b4 04 02 08 0a 00 00 00 01 00 00 00 00 01 03 03 07"
    ),
    bytes(
      hex:
        "ff ff ff ff ff ff 02 00 5e 10 00 01 08 06 00 01 08 00 06 04 00 01 02 00 5e 10 00 01 c0 00 02 01 00 00 00 00 00 00 c0 00 02 02"
    ) + [UInt8](repeating: 0, count: 18),
  ]

  /// Reads bytes as everything that they could be; any other error than `PacketError` would not compile.
  private func read(_ bytes: ArraySlice<UInt8>) {
    for isQuoted in [false, true] {
      guard let packet = try? IPPacket(parsing: bytes, isQuoted: isQuoted) else { continue }
      #expect(packet.payload.count <= bytes.count)
      _ = (packet.source, packet.destination, packet.ttl, "\(packet.protocolNumber)")
      _ = try? UDPHeader(parsing: packet.payload[...])
    }
    for start in [Packet.Start?.none, .ip, .ethernet] {
      guard let packet = try? Packet(parsing: bytes, from: start) else { continue }
      #expect((try? packet.bytes()) == Array(bytes))
      #expect(packet.layers.last?.range.upperBound ?? bytes.count == bytes.count)
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
    var bytes = bytes(hex: "60 00 00 00 40 00 3c 40") + [UInt8](repeating: 0, count: 32)
    for _ in 0..<2_048 { bytes += [60, 0, 1, 4, 0, 0, 0, 0] }
    #expect(throws: PacketError("IPv6", .malformed("it has more than 16 extension headers"))) {
      try IPPacket(parsing: bytes[...])
    }
  }

  /// Parts of a packet in an order that tries every way to fit them, and each that cannot be.
  @Test func partsThatDoNotFit() throws {
    func part(_ offset: UInt16, _ count: Int, more: Bool, fill: UInt8 = 1) -> [UInt8] {
      var header = IPv4Header(protocolNumber: .udp, source: Address(v4: 1), destination: Address(v4: 2))
      header.fragmentOffset = offset
      header.moreFragments = more
      return (header.bytes(payload: count) ?? []) + [UInt8](repeating: fill, count: count)
    }
    func refused(_ parts: [[UInt8]]) -> Bool {
      var reassembly = Reassembly()
      for (index, part) in parts.enumerated() {
        do throws(PacketError) {
          guard try reassembly.add(part[...]) == nil else { return false }
        } catch {
          // What comes after a refused part is refused with it (RFC 5722 §3).
          return index < parts.count - 1 || error.fault != .truncated
        }
      }
      return false
    }
    #expect(refused([part(0, 16, more: true), part(1, 16, more: false)]), "overlapping in the middle")
    #expect(refused([part(1, 16, more: false), part(0, 16, more: true)]), "the same from behind")
    #expect(refused([part(0, 16, more: true), part(0, 16, more: true, fill: 2)]), "another one at the same place")
    #expect(refused([part(0, 24, more: true), part(1, 8, more: true)]), "one within another")
    #expect(refused([part(0, 12, more: true)]), "no multiple of 8")
    #expect(refused([part(0, 0, more: true)]), "an empty one")
    #expect(refused([part(0x1FFF, 64, more: false)]), "beyond 65535")
    #expect(refused([part(2, 8, more: false), part(3, 8, more: true)]), "one behind the last")
    #expect(refused([part(3, 8, more: true), part(2, 8, more: false)]), "a last one before it")
    #expect(refused([part(2, 8, more: false), part(4, 8, more: false)]), "two ends")
    // The very same part twice is none of these.
    var reassembly = Reassembly()
    #expect(try reassembly.add(part(1, 8, more: false)[...]) == nil)
    #expect(try reassembly.add(part(1, 8, more: false)[...]) == nil)
    #expect(try reassembly.add(part(0, 8, more: true)[...])?.count == 36 && reassembly.waiting == 0)
  }

  @Test func onlySoManyPacketsWait() throws {
    var reassembly = Reassembly()
    for number in 0..<1_000 {
      var header = IPv4Header(protocolNumber: .udp, source: Address(v4: 1), destination: Address(v4: 2))
      header.identification = UInt16(number)
      header.moreFragments = true
      #expect(try reassembly.add(((header.bytes(payload: 8) ?? []) + [UInt8](repeating: 0, count: 8))[...]) == nil)
    }
    #expect(reassembly.waiting == 64 && reassembly.givenUp == 936)
  }
}
