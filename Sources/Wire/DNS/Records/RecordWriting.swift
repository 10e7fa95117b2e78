import Net

extension MessageWriter {
  /// Writes the data of a record, with its length before it; values that do not fit their fields are left out.
  mutating func write(_ data: RecordData, compressing: Bool = true) {
    let lengthAt = count
    write(UInt16(0))
    for (field, value) in zip(RecordShape.of(data.type).fields, data.values) {
      write(value, field.kind, compressing: compressing)
    }
    put(UInt16(truncatingIfNeeded: count - lengthAt - 2), at: lengthAt)
  }

  private mutating func write(_ value: FieldValue, _ kind: FieldKind, compressing: Bool) {
    switch (value, kind) {
    case (.number(let number), .number(1)): write(UInt8(truncatingIfNeeded: number))
    case (.number(let number), .number(2)): write(UInt16(truncatingIfNeeded: number))
    case (.number(let number), _): write(number)
    case (.name(let name), .name(let isCompressible)): write(name, isCompressible: isCompressible && compressing)
    case (.name(let name), _): write(name, isCompressible: false)
    case (.address(let address), _): write(address.bytes)
    case (.bytes(let bytes), .string), (.bytes(let bytes), .tag), (.bytes(let bytes), .salt),
      (.bytes(let bytes), .hashedOwner):
      write(UInt8(truncatingIfNeeded: min(255, bytes.count)))
      write(bytes.prefix(255))
    case (.bytes(let bytes), _): write(bytes)
    case (.strings(let strings), _):
      for string in strings {
        write(UInt8(truncatingIfNeeded: min(255, string.count)))
        write(string.prefix(255))
      }
    case (.types(let types), .type): write(types.first?.rawValue ?? 0)
    case (.types(let types), _): write(bitmap: types)
    case (.parameters(let parameters), _):
      for parameter in parameters {
        write(parameter.key)
        write(UInt16(truncatingIfNeeded: parameter.value.count))
        write(parameter.value)
      }
    case (.location(let location), _): write(location.wire)
    }
  }

  /// Writes types as blocks of bits, each block as short as it can be (RFC 4034 §4.1.2).
  private mutating func write(bitmap types: [RecordType]) {
    let windows = Dictionary(grouping: Set(types.map(\.rawValue))) { $0 >> 8 }
    for (window, numbers) in windows.sorted(by: { $0.key < $1.key }) {
      var bits = [UInt8](repeating: 0, count: 32)
      for number in numbers { bits[Int(number & 0xFF) >> 3] |= 0x80 >> UInt8(number & 7) }
      let length = (bits.lastIndex { $0 != 0 } ?? 0) + 1
      write(UInt8(window))
      write(UInt8(length))
      write(bits[..<length])
    }
  }
}
