import Net

/// The bytes of a DNS message as they grow, with the places of names that later ones may point to (RFC 1035 §4.1.4).
struct MessageWriter {
  private(set) var bytes: [UInt8] = []
  /// The places where names or their ends stand, with a hash of what stands there.
  private var places: [(hash: UInt64, offset: Int)] = []
  /// How many places are searched; a message with more names is compressed less.
  private static let maximumPlaces = 256

  init() { bytes.reserveCapacity(512) }

  var count: Int { bytes.count }

  mutating func write(_ byte: UInt8) { bytes.append(byte) }

  mutating func write(_ number: UInt16) {
    bytes.append(UInt8(truncatingIfNeeded: number >> 8))
    bytes.append(UInt8(truncatingIfNeeded: number))
  }

  mutating func write(_ number: UInt32) {
    write(UInt16(truncatingIfNeeded: number >> 16))
    write(UInt16(truncatingIfNeeded: number))
  }

  mutating func write(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  /// Puts a number where two bytes were kept free.
  mutating func put(_ number: UInt16, at offset: Int) {
    guard offset + 1 < bytes.count else { return }
    bytes[offset] = UInt8(truncatingIfNeeded: number >> 8)
    bytes[offset + 1] = UInt8(truncatingIfNeeded: number)
  }

  /// Takes back everything from an offset on.
  mutating func cut(to offset: Int) {
    guard offset < bytes.count else { return }
    bytes.removeSubrange(offset...)
    places.removeAll { $0.offset >= offset }
  }

  /// Writes a name; the longest end of it that stands before is pointed to, if `isCompressible`. Case is kept: only an end with
  /// the same letters is taken.
  mutating func write(_ name: DomainName, isCompressible: Bool) {
    let wire = name.wire
    guard wire.count > 1 else {
      bytes.append(0)
      return
    }
    var start = 0
    while start < wire.count - 1 {
      let hash = MessageWriter.hash(wire, from: start)
      if isCompressible,
        let place = places.first(where: { $0.hash == hash && stands(wire, from: start, at: $0.offset) })
      {
        write(0xC000 | UInt16(place.offset))
        return
      }
      if bytes.count < 0x4000, places.count < MessageWriter.maximumPlaces { places.append((hash, bytes.count)) }
      let end = start + 1 + Int(wire[start])
      bytes.append(contentsOf: wire[start..<end])
      start = end
    }
    bytes.append(0)
  }

  private static func hash(_ wire: [UInt8], from start: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in wire[start...] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }

  /// Says whether the end of a name stands at a place already, perhaps with pointers of its own.
  private func stands(_ wire: [UInt8], from start: Int, at offset: Int) -> Bool {
    var (position, place) = (start, offset)
    while position < wire.count, place < bytes.count {
      let length = bytes[place]
      if length >= 0xC0 {
        guard place + 1 < bytes.count else { return false }
        let target = Int(length & 0x3F) << 8 | Int(bytes[place + 1])
        guard target < place else { return false }
        place = target
        continue
      }
      guard length == wire[position] else { return false }
      if length == 0 { return true }
      let size = 1 + Int(length)
      guard place + size <= bytes.count, position + size <= wire.count else { return false }
      guard bytes[place..<(place + size)] == wire[position..<(position + size)] else { return false }
      position += size
      place += size
    }
    return false
  }
}
