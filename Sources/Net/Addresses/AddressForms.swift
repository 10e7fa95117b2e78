/// The other ways to write the number that an address is.
extension Address {
  /// All digits of it: `2001:0db8:0000:0000:0000:0000:0000:0001`; dotted decimal for IPv4. Without the zone.
  public var fullText: String {
    guard !isIPv4 else { return description }
    let bytes = bytes
    return TextWriter.text(capacity: 39) { writer in
      for (index, byte) in bytes.enumerated() {
        if index > 0, index.isMultiple(of: 2) { writer.write(UInt8(ascii: ":")) }
        writer.write(hex: UInt32(byte), width: 2)
      }
    }
  }

  /// The bits in groups of 8 between dots (IPv4) or of 16 between colons (IPv6).
  public var binaryText: String {
    let bytes = bytes
    return TextWriter.text(capacity: 144) { writer in
      for (index, byte) in bytes.enumerated() {
        if index > 0, isIPv4 { writer.write(UInt8(ascii: ".")) }
        if index > 0, !isIPv4, index.isMultiple(of: 2) { writer.write(UInt8(ascii: ":")) }
        for bit in 0..<8 { writer.write(0x30 + (byte >> UInt8(7 - bit) & 1)) }
      }
    }
  }

  /// `0x` and 8 or 32 hexadecimal digits.
  public var hexText: String {
    let bytes = bytes
    return TextWriter.text(capacity: 34) { writer in
      writer.write("0x")
      for byte in bytes { writer.write(hex: UInt32(byte), width: 2) }
    }
  }

  /// Gives the bit at an index from 0, the highest, to 31 or 127.
  public func bit(_ index: Int) -> Bool {
    guard (0..<bitCount).contains(index) else { return false }
    return value >> UInt128(bitCount - 1 - index) & 1 == 1
  }
}
