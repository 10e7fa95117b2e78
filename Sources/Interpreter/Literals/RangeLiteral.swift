import Net

/// The reading of a range where a parameter wants one: `1..6`, `1..<6`, `192.0.2.1..192.0.2.9`, `3..`.
enum RangeLiteral {
  /// range = literal ".." ["<"] [literal] ; both literals integers, or both addresses
  static func read(_ text: String) -> RangeValue? {
    let bytes = Array(text.utf8)
    guard let mark = find(Array("..".utf8), in: bytes, from: 0), mark > 0 else { return nil }
    var rest = bytes[(mark + 2)...]
    let isOpen = rest.first == UInt8(ascii: "<")
    if isOpen { rest = rest.dropFirst() }
    guard let lower = end(bytes[..<mark]) else { return nil }
    if rest.isEmpty, !isOpen { return RangeValue(lower: lower, upper: nil, includesEnd: true) }
    guard let upper = end(rest), upper.type == lower.type else { return nil }
    return RangeValue(lower: lower, upper: upper, includesEnd: !isOpen)
  }

  private static func end(_ bytes: ArraySlice<UInt8>) -> Value? {
    guard case .value(let value) = Literal.read(String(decoding: bytes, as: UTF8.self)) else { return nil }
    return value.type == .int || value.type == .address ? value : nil
  }
}
