extension Endpoint {
  /// Parses `example.test:80`, `192.0.2.1:53`, `[2001:db8::1]:443`, `:8080` or `host:https`.
  ///
  /// Gives nil for a text without the shape of an endpoint: an address, a MAC, `key:value`. Throws for one that has it but
  /// is wrong, such as `example.test:66000`.
  public static func parse(_ text: some StringProtocol) throws(EndpointError) -> Endpoint? {
    try withBytes(of: text) { bytes in
      Result { () throws(EndpointError) in try parse(bytes) }
    }.get()
  }

  /// endpoint = "[" IPv6address ["%" zone] "]:" port / [IPv4address / name] ":" port ; one colon outside the brackets
  private static func parse(_ bytes: TextBytes) throws(EndpointError) -> Endpoint? {
    if bytes.first == UInt8(ascii: "[") { return try parseBracketed(bytes) }
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let hostText = TextBytes(rebasing: bytes[..<colon])
    let portText = TextBytes(rebasing: bytes[(colon + 1)...])
    guard !portText.isEmpty, !portText.contains(UInt8(ascii: ":")) else { return nil }
    if let address = Address.parse(hostText) {
      guard isPortShaped(portText) else { return nil }
      return Endpoint(address: address, port: try port(portText))
    }
    // Of a name, only a number or a known service makes an endpoint: `Host:foo` is a key and a value.
    guard isNumber(portText) || isService(portText) else { return nil }
    if hostText.isEmpty { return Endpoint(host: .any, port: try port(portText)) }
    guard hostText.allSatisfy(isNameByte) else { return nil }
    guard hostText.contains(where: \.isLetter) else {
      guard isDottedQuad(hostText) else { return nil }
      throw .notIPv4(string(hostText))
    }
    try checkLabels(hostText)
    return Endpoint(host: .name(string(hostText)), port: try port(portText))
  }

  private static func parseBracketed(_ bytes: TextBytes) throws(EndpointError) -> Endpoint? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let hostText = TextBytes(rebasing: bytes[1..<end])
    let rest = bytes[(end + 1)...]
    guard rest.first == UInt8(ascii: ":"), hostText.allSatisfy({ $0 > 0x20 }) else { return nil }
    let portText = TextBytes(rebasing: rest.dropFirst())
    guard portText.isEmpty || isPortShaped(portText) else { return nil }
    guard let address = Address.parse(hostText), !address.isIPv4 else { throw .notIPv6(string(hostText)) }
    guard !portText.isEmpty else { throw .portMissing }
    return Endpoint(address: address, port: try port(portText))
  }

  /// port = 1*DIGIT (0 to 65535) / the name of a service
  private static func port(_ bytes: TextBytes) throws(EndpointError) -> UInt16 {
    guard isNumber(bytes) else {
      guard let port = servicePort(string(bytes)) else { throw .unknownService(string(bytes)) }
      return port
    }
    var number: UInt32 = 0
    for byte in bytes {
      number = number * 10 + UInt32(byte - 0x30)
      guard number <= 65535 else { throw .portOutOfRange(string(bytes)) }
    }
    return UInt16(number)
  }

  private static func isNumber(_ bytes: TextBytes) -> Bool { bytes.allSatisfy(\.isDigit) }

  /// Gives a number, or a name that a service could have: at most 15 letters, digits and hyphens, one letter (RFC 6335 §5.1).
  private static func isPortShaped(_ bytes: TextBytes) -> Bool {
    if isNumber(bytes) { return true }
    return bytes.count <= 15 && bytes.contains(where: \.isLetter)
      && bytes.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
  }

  private static func isService(_ bytes: TextBytes) -> Bool { isPortShaped(bytes) && servicePort(string(bytes)) != nil }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || [0x2d, 0x2e, 0x5f].contains(byte)
  }

  private static func isDottedQuad(_ bytes: TextBytes) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { part in !part.isEmpty && part.allSatisfy(\.isDigit) }
  }

  /// name = label *("." label) ["."] ; a label has 1 to 63 bytes, the whole at most 253 (RFC 1035 §2.3.4)
  private static func checkLabels(_ bytes: TextBytes) throws(EndpointError) {
    let name = bytes.last == UInt8(ascii: ".") ? TextBytes(rebasing: bytes.dropLast()) : bytes
    guard name.count <= 253 else { throw .badName(string(bytes), reason: "it is longer than 253 bytes") }
    for label in name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard !label.isEmpty else { throw .badName(string(bytes), reason: "a label is empty") }
      guard label.count <= 63 else { throw .badName(string(bytes), reason: "a label is longer than 63 bytes") }
    }
  }

  private static func string(_ bytes: TextBytes) -> String { String(decoding: bytes, as: UTF8.self) }
}
