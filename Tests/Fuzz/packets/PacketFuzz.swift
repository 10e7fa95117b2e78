import Glibc
import Wire

/// A packet is read or refused, holds no more than came, and a message is written as it was read.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPackets(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  for isQuoted in [false, true] {
    guard let packet = try? IPPacket(parsing: input[...], isQuoted: isQuoted) else { continue }
    guard packet.payload.count <= count else { abort() }
    _ = try? UDPHeader(parsing: packet.payload[...])
  }
  for start in [Packet.Start?.none, .ip, .ethernet] {
    guard let packet = try? Packet(parsing: input[...], from: start) else { continue }
    if (try? packet.bytes()) != input { abort() }
    guard packet.layers.last.map({ $0.range.upperBound == count }) ?? true else { abort() }
    // In parts and together again it is what it was, but for what parts are made of.
    for part in (try? packet.fragments(mtu: 100, identification: 7)) ?? [] where packet.ethernet == nil {
      guard part.count <= 100 || part == input else { abort() }
    }
  }
  // Input as parts of packets: of one length each, the first byte says which.
  var reassembly = Reassembly()
  let length = 20 + Int(input.first ?? 0) / 4
  var rest = input.dropFirst()
  while !rest.isEmpty {
    if let whole = try? reassembly.add(rest.prefix(length)), whole.count > 65_535 + 40 { abort() }
    rest = rest.dropFirst(length)
  }
  for version in [ICMPKind.Version.v4, .v6] {
    guard let message = try? ICMPMessage(parsing: input[...], version: version) else { continue }
    _ = (message.quoted, message.nextLinkMTU, message.kind.title)
    if message.bytes().dropFirst(4) != input.dropFirst(4) { abort() }
  }
  return 0
}
