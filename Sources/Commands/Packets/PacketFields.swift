import Interpreter
import Net
import Wire

/// The fields that a record gives for one header, each taken with its type and bounds checked.
struct PacketFields {
  let layer: String
  private let record: Record

  /// Error: `bad-record` for a field that the header does not have.
  init(_ value: Value, of layer: String, known: [String]) throws {
    self.layer = layer
    record = try Record.convert(value)
    for name in record.names where !known.contains(name) {
      throw ValueError(
        "bad-record", "`\(name)` is no field of `\(layer)`", hint: "it has \(known.joined(separator: ", "))",
        layer: .packet)
    }
  }

  /// What stands under the first of these names that is there and not null.
  subscript(_ names: String...) -> Value? {
    names.lazy.compactMap { record[$0] }.first { !$0.isNull }
  }

  func wrong(_ name: String, _ wanted: String, _ value: Value) -> ValueError {
    ValueError("bad-record", "`\(layer).\(name)` is \(wanted), and this is \(value.described)", layer: .packet)
  }

  /// A number of so many bits; nil where none is given.
  func number<Number: FixedWidthInteger>(_ name: String, _ value: Value?, bits: Int = Number.bitWidth) throws -> Number?
  {
    guard let value else { return nil }
    let number = try Int.convert(value)
    guard number >= 0, number >> bits == 0, let fitting = Number(exactly: number) else {
      throw wrong(name, "0 to \((1 << bits) - 1)", value)
    }
    return fitting
  }

  func number<Number: FixedWidthInteger>(_ name: String, bits: Int = Number.bitWidth) throws -> Number? {
    try number(name, self[name], bits: bits)
  }

  func flag(_ name: String) throws -> Bool? { try self[name].map { try Bool.convert($0) } }
  func bytes(_ name: String) throws -> [UInt8]? { try self[name].map { try [UInt8].convert($0) } }

  func address(_ name: String) throws -> Address {
    guard let value = self[name] else {
      throw ValueError("bad-record", "`\(layer).\(name)` is missing: an address", layer: .packet)
    }
    return try Address.convert(value).withoutZone
  }

  func mac(_ name: String) throws -> MAC? {
    guard let value = self[name] else { return nil }
    if case .mac(let mac) = value { return mac }
    guard let mac = value.scalarText.flatMap({ MAC($0) }) else { throw wrong(name, "a MAC address", value) }
    return mac
  }

  func port(_ name: String) throws -> UInt16 {
    guard let port: UInt16 = try number(name, self[name, "\(name)-port"]) else {
      throw ValueError("bad-record", "`\(layer).\(name)` is missing: a port", layer: .packet)
    }
    return port
  }

  func protocolNumber(_ name: String) throws -> IPProtocol? {
    guard let value = self[name] else { return nil }
    guard let number = value.scalarText.flatMap({ IPProtocol($0) }) else {
      throw wrong(name, "a protocol's name or number", value)
    }
    return number
  }
}
