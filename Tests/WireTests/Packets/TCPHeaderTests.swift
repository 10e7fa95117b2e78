import Net
import TestSupport
import Testing

@testable import Wire

/// The header of TCP segments: options by cases, fields without gaps, and the adversary.
@Suite struct TCPHeaderTests {
  /// A SYN from 192.0.2.1 port 40000 to 198.51.100.2 port 80, with the options that Linux sends.
  private static let syn = bytes(
    hex: "4500003c1c4640004006 0000 c0000201 c6336402 9c40 0050 12345678 00000000 a0c2 faf0 1234 0000"
      + "020405b4 0402 080a 00000001 00000000 01 030307")

  @Test func readsASYN() throws {
    let packet = try IPPacket(parsing: Self.syn[...])
    let header = try TCPHeader(parsing: packet.payload[...])
    #expect(header.sourcePort == 40000 && header.destinationPort == 80 && header.sequence == 0x1234_5678)
    // 0xc2 is CWR, ECE and SYN: a SYN that asks for ECN (RFC 3168 §6.1.1).
    #expect(header.flags == ["CWR", "ECE", "SYN"] && header.window == 0xfaf0 && header.length == 40)
    #expect(
      header.options.map(\.content) == [
        .maximumSegmentSize(1460), .selectiveAcknowledgementPermitted, .timestamps(value: 1, echo: 0), .noOperation,
        .windowScale(7),
      ])
  }

  @Test func fieldsCoverTheHeaderWithoutGaps() throws {
    let packet = try IPPacket(parsing: Self.syn[...])
    let header = try TCPHeader(parsing: packet.payload[...])
    #expect(header.fields.reduce(0) { $0 + $1.width } == 320)
    for (field, next) in zip(header.fields, header.fields.dropFirst()) {
      #expect(field.bit + field.width == next.bit, "\(field.name)")
    }
    guard case .v4(let ip) = packet.header else { throw PacketError("IPv4", .truncated) }
    #expect(ip.fields.reduce(0) { $0 + $1.width } == 160)
    #expect(ip.fields.first { $0.name == "checksum" }?.meaning.hasPrefix("wrong") == true)
    var right = Self.syn
    let sum = InternetChecksum.of(right.prefix(20))
    (right[10], right[11]) = (UInt8(sum >> 8), UInt8(sum & 0xff))
    #expect(try IPv4Header(parsing: right[...]).fields.first { $0.name == "checksum" }?.meaning == "right")
  }

  @Test(
    arguments: [
      ("0101", [.noOperation, .noOperation]), ("00ffff", [.end, .padding([0xff, 0xff])]),
      ("0204", [.malformed([2, 4])]),
      ("0200", [.malformed([2, 0])]), ("0203aa", [.other(kind: 2, [0xaa])]),
      ("050a0000000100000002", [.selectiveAcknowledgement([1, 2])]), ("2202", [.fastOpen([])]),
      ("2204abcd", [.fastOpen([0xab, 0xcd])]), ("fd03aa", [.other(kind: 253, [0xaa])]), ("02", [.malformed([2])]),
    ] as [(String, [TCPOption.Content])]) func readsOptions(text: String, wanted: [TCPOption.Content])
  {
    #expect(TCPOption.parse(bytes(hex: text)[...]).map(\.content) == wanted)
  }

  @Test func decodesOrThrowsItsOwnError() {
    let segment = Array(Self.syn.dropFirst(20))
    for length in 0...segment.count { read(Array(segment.prefix(length)), isWhole: length == segment.count) }
    for index in segment.indices {
      for bit in 0..<8 {
        var changed = segment
        changed[index] ^= 1 << UInt8(bit)
        read(changed)
      }
    }
    read(segment + [UInt8](repeating: 0xff, count: 50), isWhole: true)
  }

  private func read(_ bytes: [UInt8], isWhole: Bool = false) {
    do throws(PacketError) {
      let header = try TCPHeader(parsing: bytes[...])
      #expect(header.length <= bytes.count)
      let end = header.fields.map { $0.bit + $0.width }.max() ?? 0
      #expect(end <= header.length * 8)
    } catch {
      #expect(error.header == "TCP" && !isWhole)
    }
  }
}
