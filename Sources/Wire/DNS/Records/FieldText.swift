import Net

/// The text of a field as zone files have it.
public enum FieldText {
  public static func text(_ value: FieldValue, _ kind: FieldKind) -> String {
    switch (value, kind) {
    case (.number(let number), .time): return time(number)
    case (.number(let number), _): return String(number)
    case (.name(let name), _): return name.description
    case (.address(let address), _): return address.description
    case (.bytes(let bytes), .string), (.bytes(let bytes), .quotedRest): return PresentationText.quoted(bytes)
    case (.bytes(let bytes), .tag): return PresentationText.escaped(bytes)
    case (.bytes(let bytes), .base64Rest): return BaseEncoding.base64.encode(bytes)
    case (.bytes(let bytes), .salt): return bytes.isEmpty ? "-" : BaseEncoding.hex.encode(bytes).uppercased()
    case (.bytes(let bytes), .hashedOwner):
      return String(BaseEncoding.base32hex.encode(bytes).prefix { $0 != "=" })
    case (.bytes(let bytes), .hardware):
      return bytes.map { BaseEncoding.hex.encode([$0]) }.joined(separator: "-")
    case (.bytes(let bytes), .unknown):
      return bytes.isEmpty ? "\\# 0" : "\\# \(bytes.count) \(BaseEncoding.hex.encode(bytes).uppercased())"
    case (.bytes(let bytes), _): return BaseEncoding.hex.encode(bytes).uppercased()
    case (.strings(let strings), _): return strings.map { PresentationText.quoted($0) }.joined(separator: " ")
    case (.types(let types), _): return types.map(\.description).joined(separator: " ")
    case (.parameters(let parameters), _): return parameters.map(\.text).joined(separator: " ")
    case (.location(let location), _): return location.text
    }
  }

  /// Writes a time of a signature as YYYYMMDDHHmmSS (RFC 4034 §3.2).
  private static func time(_ seconds: UInt32) -> String {
    guard let civil = Timestamp(secondsSince1970: Int64(seconds))?.civil else { return String(seconds) }
    return String(civil.year)
      + [civil.month, civil.day, civil.hour, civil.minute, civil.second].map { $0 < 10 ? "0\($0)" : String($0) }
      .joined()
  }
}
