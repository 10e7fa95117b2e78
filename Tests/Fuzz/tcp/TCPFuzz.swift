import Glibc
import Wire

/// Whatever a packet holds, its headers are read or refused, and their fields lie within them and do not overlap.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTCP(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  if let packet = try? IPPacket(parsing: input[...], isQuoted: true) {
    switch packet.header {
    case .v4(let header): check(header.fields, header.length)
    case .v6(let header, _): check(header.fields, 40)
    }
    if let tcp = try? TCPHeader(parsing: packet.payload[...]) { check(tcp.fields, tcp.length) }
  }
  if let tcp = try? TCPHeader(parsing: input[...]) { check(tcp.fields, tcp.length) }
  return 0
}

private func check(_ fields: [HeaderField], _ length: Int) {
  var end = 0
  for field in fields {
    if field.bit < end || field.bit + field.width > length * 8 { abort() }
    end = field.bit + field.width
  }
}
