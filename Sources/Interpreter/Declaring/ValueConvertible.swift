import Net

/// A Swift type in which a command's body can receive a value of the language.
public protocol ValueConvertible: Sendable {
  static var type: TypeName { get }
  static func convert(_ value: Value) throws -> Self
}

/// A Swift type for each payload, all made by one conversion to the type of the language and one look at the payload.
private func payload<Content>(
  _ value: Value, _ type: TypeName, _ look: (Value) -> Content?
) throws -> Content {
  let converted = try type.convert(value)
  guard let content = look(converted) else { throw ValueError.wrongType(type.noun, found: value) }
  return content
}

extension Value: ValueConvertible {
  public static var type: TypeName { .any }
  public static func convert(_ value: Value) -> Value { value }
}

extension Int: ValueConvertible {
  public static var type: TypeName { .int }
  public static func convert(_ value: Value) throws -> Int {
    try payload(value, .int) { if case .int(let number) = $0 { number } else { nil } }
  }
}

extension Double: ValueConvertible {
  public static var type: TypeName { .float }
  public static func convert(_ value: Value) throws -> Double {
    try payload(value, .float) { if case .float(let number) = $0 { number } else { nil } }
  }
}

extension Bool: ValueConvertible {
  public static var type: TypeName { .bool }
  public static func convert(_ value: Value) throws -> Bool {
    try payload(value, .bool) { if case .bool(let isTrue) = $0 { isTrue } else { nil } }
  }
}

extension String: ValueConvertible {
  public static var type: TypeName { .string }
  public static func convert(_ value: Value) throws -> String {
    try payload(value, .string) { if case .string(let text) = $0 { text } else { nil } }
  }
}

extension [UInt8]: ValueConvertible {
  public static var type: TypeName { .bytes }
  public static func convert(_ value: Value) throws -> [UInt8] {
    try payload(value, .bytes) { if case .bytes(let bytes) = $0 { bytes } else { nil } }
  }
}

extension Regex: ValueConvertible {
  public static var type: TypeName { .regex }
  public static func convert(_ value: Value) throws -> Self {
    try payload(value, .regex) { if case .regex(let regex) = $0 { regex as? Self } else { nil } }
  }
}

extension TimeSpan: ValueConvertible {
  public static var type: TypeName { .duration }
  public static func convert(_ value: Value) throws -> TimeSpan {
    try payload(value, .duration) { if case .duration(let span) = $0 { span } else { nil } }
  }
}

extension Timestamp: ValueConvertible {
  public static var type: TypeName { .time }
  public static func convert(_ value: Value) throws -> Timestamp {
    try payload(value, .time) { if case .time(let time) = $0 { time } else { nil } }
  }
}

extension ByteSize: ValueConvertible {
  public static var type: TypeName { .size }
  public static func convert(_ value: Value) throws -> ByteSize {
    try payload(value, .size) { if case .size(let size) = $0 { size } else { nil } }
  }
}

extension Address: ValueConvertible {
  public static var type: TypeName { .address }
  public static func convert(_ value: Value) throws -> Address {
    try payload(value, .address) { if case .address(let address) = $0 { address } else { nil } }
  }
}

extension Network: ValueConvertible {
  public static var type: TypeName { .network }
  public static func convert(_ value: Value) throws -> Network {
    try payload(value, .network) { if case .network(let network) = $0 { network } else { nil } }
  }
}

extension Endpoint: ValueConvertible {
  public static var type: TypeName { .endpoint }
  public static func convert(_ value: Value) throws -> Endpoint {
    try payload(value, .endpoint) { if case .endpoint(let endpoint) = $0 { endpoint.content } else { nil } }
  }
}

extension URL: ValueConvertible {
  public static var type: TypeName { .url }
  public static func convert(_ value: Value) throws -> URL {
    try payload(value, .url) { if case .url(let url) = $0 { url.content } else { nil } }
  }
}

extension RangeValue: ValueConvertible {
  public static var type: TypeName { .range }
  public static func convert(_ value: Value) throws -> RangeValue {
    try payload(value, .range) { if case .range(let range) = $0 { range.content } else { nil } }
  }
}

extension List: ValueConvertible {
  public static var type: TypeName { .list }
  public static func convert(_ value: Value) throws -> List {
    try payload(value, .list) { if case .list(let list) = $0 { list } else { nil } }
  }
}

extension Record: ValueConvertible {
  public static var type: TypeName { .record }
  public static func convert(_ value: Value) throws -> Record {
    try payload(value, .record) { if case .record(let record) = $0 { record } else { nil } }
  }
}

extension Function: ValueConvertible {
  public static var type: TypeName { .function }
  public static func convert(_ value: Value) throws -> Self {
    try payload(value, .function) { if case .function(let function) = $0 { function as? Self } else { nil } }
  }
}
