import BigInt
import Net

extension Value {
  /// The text of a value that is one word or string; nil for lists, records and other compounds, and for bytes that are not UTF-8.
  public var scalarText: String? {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let number): String(number)
    case .big(let number): number.content.description
    case .float(let number): floatText(number)
    case .string(let text): text
    case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
    case .regex(let regex): regex.pattern
    case .duration(let span): span.description
    case .size(let size): size.description
    case .address(let address): address.description
    case .network(let network): network.description
    case .mac(let mac): mac.description
    case .endpoint(let endpoint): endpoint.content.description
    case .url(let url): url.content.text
    case .time(let time): time.description
    case .range(let range): range.content.text
    case .error(let error): error.content.error.message
    case .list, .record, .function, .resource, .stream: nil
    }
  }
}

extension Value {
  /// Gives the digits of an integer in a radix from 2 to 36, without a sign; nil for anything else.
  public func digits(radix: Int) -> String? {
    switch self {
    case .int(let number): String(number.magnitude, radix: radix)
    case .big(let number): String(number.content.magnitude, radix: radix)
    default: nil
    }
  }
}

extension RangeValue {
  var text: String {
    (lower.scalarText ?? "") + (includesEnd || upper == nil ? ".." : "..<") + (upper?.scalarText ?? "")
  }
}

/// Writes a float as the language reads it: always with a point or an exponent.
func floatText(_ number: Double) -> String {
  if number.isNaN { return "NaN" }
  if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
  return number.description
}
