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
  for version in [ICMPKind.Version.v4, .v6] {
    guard let message = try? ICMPMessage(parsing: input[...], version: version) else { continue }
    _ = (message.quoted, message.nextLinkMTU, message.kind.title)
    if message.bytes().dropFirst(4) != input.dropFirst(4) { abort() }
  }
  return 0
}
