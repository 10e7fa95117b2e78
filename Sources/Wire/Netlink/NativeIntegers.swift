extension ArraySlice<UInt8> {
  /// Gives the integer at an offset from the start in the machine's own byte order, as netlink(7) has them; nil beyond the end.
  func native<Number: FixedWidthInteger & UnsignedInteger>(_ type: Number.Type, at offset: Int) -> Number? {
    let size = MemoryLayout<Number>.size
    guard offset >= 0, offset <= count - size else { return nil }
    return withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Number.self) }
  }

  /// Gives the integer at an offset in network byte order, as ports and protocols stand in messages; nil beyond the end.
  func bigEndian<Number: FixedWidthInteger & UnsignedInteger>(_ type: Number.Type, at offset: Int) -> Number? {
    native(type, at: offset).map { Number(bigEndian: $0) }
  }

  /// Gives so many bytes from an offset; nil if there are not as many.
  func piece(at offset: Int, count wanted: Int) -> ArraySlice<UInt8>? {
    guard offset >= 0, wanted >= 0, offset <= count, wanted <= count - offset else { return nil }
    return self[(startIndex + offset)..<(startIndex + offset + wanted)]
  }
}

extension [UInt8] {
  /// Appends an integer in the machine's own byte order.
  mutating func append(native number: some FixedWidthInteger & UnsignedInteger) {
    Swift.withUnsafeBytes(of: number) { append(contentsOf: $0) }
  }

  /// Appends zero bytes up to a multiple of four: NLMSG_ALIGN and NLA_ALIGN.
  mutating func alignToFour() { append(contentsOf: repeatElement(0, count: (4 - count % 4) % 4)) }
}
