extension Sequence<UInt8> {
  /// Gives the bytes as two small digits each (RFC 4648 §8 in lower case), with a separator between two of them.
  public func hex(separator: String = "") -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for (index, byte) in enumerated() {
      if index > 0 { text.append(contentsOf: separator.utf8) }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 0xF)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension UInt8 {
  /// Two small hexadecimal digits.
  public var hex: String { CollectionOfOne(self).hex() }
}
