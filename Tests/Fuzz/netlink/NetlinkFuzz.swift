import Glibc
import Wire

/// Whatever a datagram holds, each reader gives a value or its own error.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzNetlink(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  if let messages = try? NetlinkMessage.parse(input) {
    let payload = messages.reduce(0) { $0 + $1.payload.count }
    if payload + 16 * messages.count > count { abort() }
    for message in messages { read(message) }
  }
  // The first byte as the kind, the rest as what stands behind a header.
  for type in [16, 17, 20, 24, 28, 32, 2, 3] as [UInt16] {
    var bytes: [UInt8] = []
    let whole = input.count + 16
    for number in [UInt32(whole), UInt32(type), 1, 0] {
      withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
    }
    guard let messages = try? NetlinkMessage.parse(bytes + input), messages.count == 1 else { abort() }
    read(messages[0])
  }
  _ = try? InternetSocketMessage(input[...])
  _ = try? UnixSocketMessage(input[...])
  if let socket = try? NetlinkSocketMessage(input[...]) { _ = (socket.subjectName, socket.groups) }
  if let socket = try? PacketSocketMessage(input[...]) { _ = (socket.typeName, socket.etherTypeName) }
  _ = RawSocket(line: String(decoding: input, as: UTF8.self))
  if let info = TCPInfo(input), info.sendScale > 15 { abort() }
  return 0
}

private func read(_ message: NetlinkMessage) {
  _ = try? message.outcome()
  guard let (content, _) = try? RoutingMessage.parse(message) else { return }
  switch content {
  case .link(let link): _ = (link.flagNames, link.hardwareName)
  case .address(let address): _ = (address.flagNames, address.scopeName, address.originName)
  case .route(let route): _ = (route.flagNames, route.typeName, route.originName, route.hops.map(\.flagNames))
  case .neighbor(let neighbor): _ = (neighbor.stateName, neighbor.flagNames)
  case .rule(let rule): _ = (rule.actionName, rule.originName)
  }
}
