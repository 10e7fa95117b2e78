import Net

extension MessageReader {
  /// Reads the data of a record of a type, `length` bytes from here, by the type's shape.
  mutating func data(of type: RecordType, length: Int, label: String = "") throws(DNSError) -> [FieldValue] {
    let end = position + length
    guard end <= bytes.count else { throw error(.cutOff, at: bytes.count) }
    let shape = RecordShape.of(type)
    var values: [FieldValue] = []
    values.reserveCapacity(shape.fields.count)
    for field in shape.fields {
      let start = position
      let value = try value(of: field.kind, until: end)
      values.append(value)
      note(from: start, "\(label), \(field.name)", FieldText.text(value, field.kind), shape.source)
    }
    guard position == end else { throw error(.leftover(type, count: end - position)) }
    return values
  }

  private mutating func value(of kind: FieldKind, until end: Int) throws(DNSError) -> FieldValue {
    switch kind {
    case .number(let count): return .number(try number(count, until: end))
    case .time, .seconds: return .number(try number(4, until: end))
    case .type: return .types([RecordType(rawValue: UInt16(truncatingIfNeeded: try number(2, until: end)))])
    case .name: return .name(try name(until: end))
    case .ipv4: return .address(Address(v4: try number(4, until: end)))
    case .ipv6:
      guard let address = Address(bytes: try take(16, until: end)) else { throw error(.cutOff) }
      return .address(address)
    case .string: return .bytes(Array(try string(until: end)))
    case .strings:
      var strings: [[UInt8]] = []
      repeat { strings.append(Array(try string(until: end))) } while position < end
      return .strings(strings)
    case .tag:
      let start = position
      let tag = try string(until: end)
      guard !tag.isEmpty, tag.allSatisfy({ $0.isLetter || $0.isDigit }) else { throw error(.tag, at: start) }
      return .bytes(Array(tag))
    case .salt: return .bytes(Array(try string(until: end)))
    case .hashedOwner:
      let start = position
      let hash = try string(until: end)
      guard !hash.isEmpty else { throw error(.emptyHash, at: start) }
      return .bytes(Array(hash))
    case .quotedRest, .hexRest, .base64Rest, .unknown: return .bytes(Array(try take(end - position, until: end)))
    case .types: return .types(try types(until: end))
    case .parameters: return .parameters(try parameters(until: end))
    case .location:
      let start = position
      guard let location = GeographicLocation(wire: try take(16, until: end)) else { throw error(.location, at: start) }
      return .location(location)
    case .hardware(let count): return .bytes(Array(try take(count, until: end)))
    }
  }

  private mutating func number(_ count: Int, until end: Int) throws(DNSError) -> UInt32 {
    try take(count, until: end).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// character-string = length octet, then as many octets (RFC 1035 §3.3)
  private mutating func string(until end: Int) throws(DNSError) -> ArraySlice<UInt8> {
    let length = try take(1, until: end)
    return try take(Int(length[length.startIndex]), until: end)
  }

  /// Blocks of window, length of 1 to 32, bitmap; windows in order (RFC 4034 §4.1.2).
  private mutating func types(until end: Int) throws(DNSError) -> [RecordType] {
    var types: [RecordType] = []
    var lastWindow = -1
    while position < end {
      let start = position
      let head = try take(2, until: end)
      let (window, length) = (Int(head[head.startIndex]), Int(head[head.startIndex + 1]))
      guard window > lastWindow, (1...32).contains(length) else { throw error(.typeBitmap, at: start) }
      lastWindow = window
      for (index, byte) in try take(length, until: end).enumerated() where byte != 0 {
        for bit in 0..<8 where byte & (0x80 >> UInt8(bit)) != 0 {
          types.append(RecordType(rawValue: UInt16(window << 8 | index << 3 | bit)))
        }
      }
    }
    return types
  }

  /// Key, length, value; keys in strictly rising order (RFC 9460 §2.2).
  private mutating func parameters(until end: Int) throws(DNSError) -> [ServiceParameter] {
    var parameters: [ServiceParameter] = []
    while position < end {
      let start = position
      let key = UInt16(truncatingIfNeeded: try number(2, until: end))
      let length = Int(try number(2, until: end))
      let parameter = ServiceParameter(key: key, value: Array(try take(length, until: end)))
      guard parameters.last.map({ $0.key < key }) ?? true, parameter.isWellFormed else {
        throw error(.serviceParameters, at: start)
      }
      parameters.append(parameter)
    }
    return parameters
  }
}
