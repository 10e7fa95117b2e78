/// A place in the bytes of a packet, from which the fields of one header are read in network order.
package struct PacketReader {
  private let bytes: ArraySlice<UInt8>
  private var place: Int
  private let header: String

  package init(_ bytes: ArraySlice<UInt8>, header: String) {
    self.bytes = bytes
    self.header = header
    place = bytes.startIndex
  }

  package var rest: ArraySlice<UInt8> { bytes[place...] }
  /// How many bytes were read.
  package var offset: Int { place - bytes.startIndex }

  package mutating func take(_ count: Int) throws(PacketError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.endIndex - place else { throw truncated }
    defer { place += count }
    return bytes[place..<place + count]
  }

  package mutating func byte() throws(PacketError) -> UInt8 {
    guard place < bytes.endIndex else { throw truncated }
    defer { place += 1 }
    return bytes[place]
  }

  package mutating func uint16() throws(PacketError) -> UInt16 {
    let high = try byte()
    return UInt16(high) << 8 | UInt16(try byte())
  }

  package mutating func uint32() throws(PacketError) -> UInt32 {
    let high = try uint16()
    return UInt32(high) << 16 | UInt32(try uint16())
  }

  private var truncated: PacketError { PacketError(header, .truncated) }
}

extension [UInt8] {
  /// Appends a number in network order.
  package mutating func append<Number: FixedWidthInteger & UnsignedInteger>(number: Number) {
    for shift in stride(from: Number.bitWidth - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: number >> Number(shift)))
    }
  }
  /// Puts a number in network order in the place of two bytes, if they are there.
  mutating func set(_ number: UInt16, at index: Int) {
    guard index >= 0, index + 1 < count else { return }
    self[index] = UInt8(number >> 8)
    self[index + 1] = UInt8(number & 0xFF)
  }
}
