import Interpreter
import Net
import Wire

extension HeaderField {
  /// The field as a row: where it stands is byte and bit, as in `12.4`, counted from a bit of the packet.
  ///
  /// - Parameter start: the first bit of its header; nil for a row of one header that names it `header`.
  func record(at start: Int? = nil) -> Record {
    let value: Value =
      switch content {
      case .number(let number): Value(number)
      case .address(let address): .address(address)
      case .mac(let mac): .mac(mac)
      case .flag(let isSet): .bool(isSet)
      case .text(let text): .string(text)
      case .bytes(let bytes): .bytes(bytes)
      }
    let bit = bit + (start ?? 0)
    return Record([
      start == nil ? "header" : "layer": .string(header), "field": .string(name), "value": value,
      "at": .string(bit % 8 == 0 ? "\(bit / 8)" : "\(bit / 8).\(bit % 8)"), "bits": .int(width),
      "meaning": .string(meaning),
    ])
  }
}
