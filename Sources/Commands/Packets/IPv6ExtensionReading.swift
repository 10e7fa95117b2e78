import Interpreter
import Net
import Wire

/// Extension headers of IPv6 as records: `{kind: fragment, offset, more, identification}`, or `{kind, data}` for all others.
enum IPv6ExtensionReading {
  static func kind(_ value: Value) throws -> IPProtocol {
    guard let kind = try Record.convert(value)["kind"], let number = kind.scalarText.flatMap({ IPProtocol($0) }),
      IPv6ExtensionHeader.kinds.contains(number)
    else {
      throw ValueError(
        "bad-record", "an extension header has a kind",
        hint: "kinds are hop-by-hop, routing, fragment, ah and destination-options", layer: .packet)
    }
    return number
  }

  static func header(_ value: Value, next: IPProtocol) throws -> IPv6ExtensionHeader {
    let kind = try kind(value)
    let fields = try PacketFields(
      value, of: "\(kind)", known: ["kind", "next-header", "data", "offset", "more", "identification"])
    let next = try fields.protocolNumber("next-header") ?? next
    if kind == .fragment, fields["data"] == nil {
      return .fragment(
        next, offset: try fields.number("offset", bits: 13) ?? 0, more: try fields.flag("more") ?? false,
        identification: try fields.number("identification") ?? 0)
    }
    var data = try fields.bytes("data") ?? []
    let unit = kind == .authentication ? 4 : 8
    // Zeros are options of their own that fill up (Pad1, RFC 8200 §4.2).
    if kind != .fragment { data += [UInt8](repeating: 0, count: (unit - (data.count + 2) % unit) % unit) }
    let length = kind == .authentication ? (data.count + 2) / 4 - 2 : (data.count + 2) / 8 - 1
    guard let count = UInt8(exactly: length), kind != .fragment || data.count == 7 else {
      throw fields.wrong("data", "of a length that its header can state", .bytes(data))
    }
    // The second byte of a fragment's header is reserved and not a length; here it is part of the data.
    if kind == .fragment { return IPv6ExtensionHeader(kind: kind, bytes: [next.rawValue] + data) }
    return IPv6ExtensionHeader(kind: kind, bytes: [next.rawValue, count] + data)
  }

  static func record(_ header: IPv6ExtensionHeader) -> Record {
    let kind: [(String, Value)] = [("kind", .string("\(header.kind)")), ("next-header", .string("\(header.next)"))]
    if let (offset, more, identification) = header.fragment, header.bytes[1] == 0, header.bytes[3] & 6 == 0 {
      return Record(
        pairs: kind + [
          ("offset", .int(Int(offset))), ("more", .bool(more)), ("identification", .int(Int(identification))),
        ])
    }
    return Record(pairs: kind + [("data", .bytes(Array(header.bytes.dropFirst(header.kind == .fragment ? 1 : 2))))])
  }
}
