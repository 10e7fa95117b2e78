import Net

/// Writes values as JSON (RFC 8259), records in their order.
public struct JSONText {
  public private(set) var bytes: [UInt8] = []
  /// Spaces of indent a level; nil for one line.
  private let indent: Int?

  public init(indent: Int? = nil) { self.indent = indent }

  public static func line(_ value: Value) throws -> [UInt8] {
    var text = JSONText()
    try text.write(value)
    return text.bytes
  }

  public mutating func write(_ value: Value) throws { try write(value, level: 0) }

  private mutating func write(_ value: Value, level: Int) throws {
    switch value {
    case .null: put("null")
    case .bool, .int, .big: put(value.scalarText ?? "")
    case .size(let size): put(String(size.bytes))
    case .float(let number):
      guard number.isFinite else {
        throw ValueError("not-json", "\(floatText(number)) has no JSON form (RFC 8259, section 6)")
      }
      put(floatText(number))
    case .string(let text): writeString(text)
    case .bytes(let raw):
      guard let text = String(validating: raw, as: UTF8.self) else {
        put("{\"base64\":\(indent == nil ? "" : " ")")
        writeString(BaseEncoding.base64.encode(raw))
        return put("}")
      }
      writeString(text)
    case .list(let list): try writeList(list, level)
    case .record(let record): try writeRecord(record, level)
    case .resource(let resource): try writeRecord(resource.fields, level)
    case .error(let error): try writeRecord(error.content.fields, level)
    case .stream(let stream): try write(stream.collect(), level: level)
    case .function: writeString("{|…|}")
    default: writeString(value.scalarText ?? "")
    }
  }

  private mutating func writeList(_ list: List, _ level: Int) throws {
    try writeItems(list, "[", "]", level) { text, item in try text.write(item, level: level + 1) }
  }

  private mutating func writeRecord(_ record: Record, _ level: Int) throws {
    try writeItems(record.fields.elements, "{", "}", level) { text, field in
      text.writeString(field.key.text)
      text.put(text.indent == nil ? ":" : ": ")
      try text.write(field.value, level: level + 1)
    }
  }

  private mutating func writeItems<Items: Collection>(
    _ items: Items, _ open: String, _ close: String, _ level: Int, write: (inout JSONText, Items.Element) throws -> Void
  ) throws {
    put(open)
    var isFirst = true
    for item in items {
      if !isFirst { put(",") }
      isFirst = false
      newLine(level + 1)
      try write(&self, item)
    }
    if !items.isEmpty { newLine(level) }
    put(close)
  }

  private mutating func newLine(_ level: Int) {
    guard let indent else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * level))
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Writes a string with the escapes of RFC 8259, section 7; DEL and C1 controls are escaped too, for terminals' sake.
  private mutating func writeString(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { units in
      for (index, unit) in units.enumerated() {
        switch unit {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), unit])
        case UInt8(ascii: "\n"): put("\\n")
        case UInt8(ascii: "\r"): put("\\r")
        case UInt8(ascii: "\t"): put("\\t")
        case 0..<0x20, 0x7F: put("\\u00" + hex(unit))
        case 0xC2 where index + 1 < units.count && units[index + 1] < 0xA0: continue
        case 0x80..<0xA0 where index > 0 && units[index - 1] == 0xC2: put("\\u00" + hex(unit))
        default: bytes.append(unit)
        }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }
}
