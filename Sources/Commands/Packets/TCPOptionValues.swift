import Interpreter
import Net
import Wire

/// Options of TCP as records: `{kind: mss, value: 1460}`; of one without a value its name alone is enough.
enum TCPOptionValues {
  static func options(_ value: Value) throws -> [TCPOption] {
    let items = if case .list(let list) = value { list.items } else { [value] }
    return TCPOption.list(try items.map(content))
  }

  private static func content(_ value: Value) throws -> TCPOption.Content {
    let record = if case .record(let record) = value { record } else { Record(["kind": value]) }
    let fields = try PacketFields(.record(record), of: "tcp.options", known: ["kind", "value", "echo"])
    guard let name = fields["kind"]?.scalarText else {
      throw ValueError("bad-record", "an option of TCP has a kind", layer: .packet)
    }
    func number<Number: FixedWidthInteger>(_ field: String) throws -> Number {
      guard let number: Number = try fields.number(field) else {
        throw ValueError("bad-record", "the option `\(name)` needs `\(field)`", layer: .packet)
      }
      return number
    }
    switch name {
    case "end": return .end
    case "nop": return .noOperation
    case "mss": return .maximumSegmentSize(try number("value"))
    case "window-scale": return .windowScale(try number("value"))
    case "sack-permitted": return .selectiveAcknowledgementPermitted
    case "sack":
      let edges = try fields["value"].map { try List.convert($0).items } ?? []
      let numbers: [UInt32] = try edges.compactMap { try fields.number("value", $0) }
      guard !numbers.isEmpty, numbers.count % 2 == 0 else {
        throw ValueError("bad-record", "the option `sack` has a list of left and right edges", layer: .packet)
      }
      return .selectiveAcknowledgement(numbers)
    case "timestamps": return .timestamps(value: try number("value"), echo: try number("echo"))
    case "fast-open": return .fastOpen(try fields.bytes("value") ?? [])
    case "padding": return .padding(try fields.bytes("value") ?? [])
    case "malformed": return .malformed(try fields.bytes("value") ?? [])
    default:
      let number = name.hasPrefix("kind ") ? String(name.dropFirst(5)) : name
      guard let kind = UInt8(number), kind > 1 else {
        throw ValueError(
          "bad-record", "`\(name)` is no option of TCP",
          hint:
            "names are end, nop, mss, window-scale, sack-permitted, sack, timestamps and fast-open; others have numbers",
          layer: .packet)
      }
      return .other(kind: kind, try fields.bytes("value") ?? [])
    }
  }

  static func record(_ option: TCPOption) -> Record {
    let value: Value? =
      switch option.content {
      case .end, .noOperation, .selectiveAcknowledgementPermitted: nil
      case .maximumSegmentSize(let size): .int(Int(size))
      case .windowScale(let shift): .int(Int(shift))
      case .selectiveAcknowledgement(let edges): .list(edges.map { .int(Int($0)) })
      case .timestamps(let value, _): .int(Int(value))
      case .fastOpen(let bytes), .other(_, let bytes), .padding(let bytes), .malformed(let bytes): .bytes(bytes)
      }
    var pairs: [(String, Value)] = [("kind", .string(option.name))]
    if let value { pairs.append(("value", value)) }
    if case .timestamps(_, let echo) = option.content { pairs.append(("echo", .int(Int(echo)))) }
    return Record(pairs: pairs)
  }
}
