import Net

/// A place in a DNS message from which names and numbers are read; it never reads beyond the message.
struct MessageReader {
  let bytes: [UInt8]
  var position = 0
  /// What was read so far, where somebody wants it explained; nil costs nothing.
  var annotations: [Annotation]?
  /// Whether what was read last is a name.
  private var isName = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func error(_ reason: DNSError.Reason, at offset: Int? = nil) -> DNSError { DNSError(reason, at: offset ?? position) }

  mutating func uint8() throws(DNSError) -> UInt8 {
    isName = false
    guard position < bytes.count else { throw error(.cutOff) }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func uint16() throws(DNSError) -> UInt16 {
    isName = false
    guard bytes.count - position >= 2 else { throw error(.cutOff) }
    defer { position += 2 }
    return UInt16(bytes[position]) << 8 | UInt16(bytes[position + 1])
  }

  mutating func uint32() throws(DNSError) -> UInt32 {
    let high = try uint16()
    return UInt32(high) << 16 | UInt32(try uint16())
  }

  mutating func take(_ count: Int, until end: Int) throws(DNSError) -> ArraySlice<UInt8> {
    isName = false
    guard count >= 0, end <= bytes.count, end - position >= count else { throw error(.cutOff) }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  /// Reads a name up to `end`; a pointer may lead anywhere before the place where it stands (RFC 1035 §4.1.4).
  ///
  /// Each pointer has to lead before the place where the labels that it ends began, so that no chain of them is endless.
  mutating func name(until end: Int) throws(DNSError) -> DomainName {
    var failure: DNSError?
    let start = position
    let wire = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DomainName.maximumLength) { memory -> [UInt8] in
      var count = 0
      var at = start
      var runStart = start
      var limit = min(end, bytes.count)
      var after: Int?
      func fail(_ reason: DNSError.Reason) -> [UInt8] {
        failure = DNSError(reason, at: at)
        return []
      }
      while true {
        guard at < limit else { return fail(.cutOff) }
        let length = Int(bytes[at])
        switch length {
        case 0:
          guard count < memory.count else { return fail(.longName) }
          memory[count] = 0
          position = after ?? at + 1
          return Array(memory[...count])
        case 1...DomainName.maximumLabel:
          guard limit - at > length else { return fail(.cutOff) }
          guard count + 1 + length < memory.count else { return fail(.longName) }
          for offset in 0...length { memory[count + offset] = bytes[at + offset] }
          count += 1 + length
          at += 1 + length
        case 0xC0...:
          guard limit - at >= 2 else { return fail(.cutOff) }
          let target = (length & 0x3F) << 8 | Int(bytes[at + 1])
          guard target < runStart else { return fail(.pointer(to: target)) }
          after = after ?? at + 2
          at = target
          runStart = target
          limit = bytes.count
        default: return fail(.labelType(bytes[at]))
        }
      }
    }
    if let failure { throw failure }
    isName = true
    return DomainName(unchecked: wire)
  }

  /// Notes a field that ends here, if anybody wants to know.
  mutating func note(
    from start: Int, _ field: @autoclosure () -> String, _ value: @autoclosure () -> String,
    _ source: @autoclosure () -> String
  ) {
    guard annotations != nil else { return }
    var value = value()
    if let target = pointer(in: start..<position) { value += ", its end by a pointer to byte \(target)" }
    annotations?.append(Annotation(range: start..<position, field: field(), value: value, source: source()))
  }

  /// Gives where the pointer leads that ends the name in a range; nil if the range is no name, or has none.
  private func pointer(in range: Range<Int>) -> Int? {
    guard isName else { return nil }
    var place = range.lowerBound
    while place < range.upperBound, bytes[place] > 0 {
      guard bytes[place] < 0xC0 else { return Int(bytes[place] & 0x3F) << 8 | Int(bytes[place + 1]) }
      place += 1 + Int(bytes[place])
    }
    return nil
  }
}
