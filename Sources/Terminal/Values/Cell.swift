import Interpreter
import Net
import Wire

/// A value on one line, as a cell of a table or the value of a field shows it: already escaped, and measured.
struct Cell {
  let text: String
  let role: Role?
  /// Whether it stands at the right of its column.
  let isNumeric: Bool
  let width: Int

  init(_ value: Value) {
    text = SafeText.escaping(Self.line(value), .singleLine)
    width = DisplayWidth.of(text)
    (role, isNumeric) =
      switch value {
      case .int, .big, .float, .size, .duration: (.number, true)
      case .address, .network, .mac, .endpoint, .url: (.address, false)
      case .null, .bool, .function: (.faint, false)
      default: (nil, false)
      }
  }

  init(header name: String) {
    text = SafeText.escaping(name, .singleLine)
    width = DisplayWidth.of(text)
    role = .header
    isNumeric = false
  }

  /// How many bytes that are not text a cell shows.
  private static let bytesShown = 16

  private static func line(_ value: Value) -> String {
    if case .bytes(let bytes) = value, !bytes.isText {
      let more = bytes.count > bytesShown ? " …] (\(bytes.count) bytes)" : "]"
      return "0x[" + bytes.prefix(bytesShown).hex(separator: " ") + more
    }
    // Only NaN and a stream that fails have no cell.
    return (try? PlainText.cell(value)) ?? value.described
  }
}

extension [UInt8] {
  /// Whether people read these bytes as text: UTF-8 without other controls than those that texts and terminals' sessions have.
  var isText: Bool {
    let hasControl = contains { $0 < 0x20 && !(7...13).contains($0) && $0 != 0x1B }
    return !hasControl && String(validating: self, as: UTF8.self) != nil
  }
}
