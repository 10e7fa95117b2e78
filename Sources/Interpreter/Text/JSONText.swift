import Net

/// Writes values as JSON (RFC 8259), records in their order.
public struct JSONText {
  public private(set) var bytes: [UInt8] = []
  /// Spaces of indent a level; nil for one line.
  private let indent: Int?
  private let watch = Watch.current

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
    case .int(let number): appendDecimal(number, to: &bytes)
    case .bool, .big: put(value.scalarText ?? "")
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
      if let watch, watch.isOver { throw watch.error }
      // The same list may stand in a value many times over.
      guard bytes.count <= collectLimit else { throw ValueError.tooLarge(collectLimit) }
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
      // What needs no escape is copied in runs.
      var run = 0
      var index = 0
      while index < units.count {
        let unit = units[index]
        guard Self.mayNeedEscape[Int(unit)] else {
          index += 1
          continue
        }
        // C1 is U+0080 to U+009F: 0xC2 and the number.
        let isLead = unit == 0xC2
        if isLead, index + 1 == units.count || units[index + 1] >= 0xA0 {
          index += 1
          continue
        }
        bytes.append(contentsOf: units[run..<index])
        if isLead { index += 1 }
        escape(units[index])
        index += 1
        run = index
      }
      bytes.append(contentsOf: units[run...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static let mayNeedEscape: [Bool] = (0...255).map {
    $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F || $0 == 0xC2
  }

  private mutating func escape(_ unit: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch unit {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(unit)
    case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
    default:
      put("u00")
      put(BaseEncoding.hex.encode(CollectionOfOne(unit)))
    }
  }
}
