extension IPv4Header {
  /// The fields in their order on the wire (RFC 791 §3.1).
  public var fields: [HeaderField] {
    func field(_ name: String, _ bit: Int, _ width: Int, _ content: HeaderField.Content, _ meaning: String = "")
      -> HeaderField
    { HeaderField("ip", name, bit: bit, width: width, content, meaning) }
    var fields = [
      field("version", 0, 4, .number(4)),
      field("header-length", 4, 4, .number(UInt64(length / 4)), "\(length) bytes, in words of 4"),
      field("dscp", 8, 6, .number(UInt64(dscp)), dscp == 0 ? "best effort" : ""),
      field("ecn", 14, 2, .number(UInt64(ecn)), ecnMeaning(ecn)),
      field("total-length", 16, 16, .number(UInt64(totalLength)), "bytes of the packet, this header included"),
      field("identification", 32, 16, .number(UInt64(identification)), "the same in all fragments of a packet"),
      field("reserved", 48, 1, .flag(reserved)),
      field("dont-fragment", 49, 1, .flag(dontFragment), dontFragment ? "routers must not divide it" : ""),
      field("more-fragments", 50, 1, .flag(moreFragments)),
      field("fragment-offset", 51, 13, .number(UInt64(fragmentOffset)), "in units of 8 bytes"),
      field("ttl", 64, 8, .number(UInt64(ttl)), "routers it may still pass"),
      field("protocol", 72, 8, .number(UInt64(protocolNumber.rawValue)), "\(protocolNumber)"),
      field(
        "checksum", 80, 16, .number(UInt64(checksum)),
        checksum == rightChecksum ? "right" : "wrong, or left to the card"),
      field("source", 96, 32, .address(source)), field("destination", 128, 32, .address(destination)),
    ]
    if !options.isEmpty { fields.append(field("options", 160, options.count * 8, .bytes(options))) }
    return fields
  }
}

extension IPv6Header {
  /// The fields in their order on the wire (RFC 8200 §3).
  public var fields: [HeaderField] {
    func field(_ name: String, _ bit: Int, _ width: Int, _ content: HeaderField.Content, _ meaning: String = "")
      -> HeaderField
    { HeaderField("ip", name, bit: bit, width: width, content, meaning) }
    return [
      field("version", 0, 4, .number(6)),
      field("dscp", 4, 6, .number(UInt64(trafficClass >> 2)), trafficClass >> 2 == 0 ? "best effort" : ""),
      field("ecn", 10, 2, .number(UInt64(trafficClass & 3)), ecnMeaning(trafficClass & 3)),
      field("flow-label", 12, 20, .number(UInt64(flowLabel)), "the same in all packets of a flow (RFC 6437)"),
      field("payload-length", 32, 16, .number(UInt64(payloadLength)), "bytes behind this header"),
      field("next-header", 48, 8, .number(UInt64(nextHeader.rawValue)), "\(nextHeader)"),
      field("hop-limit", 56, 8, .number(UInt64(hopLimit)), "routers it may still pass"),
      field("source", 64, 128, .address(source)), field("destination", 192, 128, .address(destination)),
    ]
  }
}

/// RFC 3168 §5
private func ecnMeaning(_ bits: UInt8) -> String {
  ["not ECN-capable", "ECN-capable, ECT(1)", "ECN-capable, ECT(0)", "congestion experienced"][Int(bits & 3)]
}
