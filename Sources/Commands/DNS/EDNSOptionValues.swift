import Interpreter
import Net
import Wire

/// Options of EDNS as scripts see and write them: by name, with fields of their own.
enum EDNSOptionValues {
  /// Gives what an option says beside its bytes.
  static func fields(_ option: EDNSOption) -> [(String, Value)] {
    switch option.name {
    case "client-subnet":
      guard let (network, scope) = option.clientSubnet else { return [] }
      return [("subnet", .network(network)), ("scope", .int(scope))]
    case "cookie":
      return [("client", .bytes(Array(option.data.prefix(8)))), ("server", .bytes(Array(option.data.dropFirst(8))))]
    case "keepalive":
      guard option.data.count == 2 else { return [] }
      let tenths = Int64(option.data[0]) << 8 | Int64(option.data[1])
      return [("timeout", .duration(TimeSpan(nanoseconds: tenths * 100_000_000)))]
    case "padding": return [("length", .int(option.data.count))]
    case "nsid":
      return [("id", String(validating: option.data, as: UTF8.self).map { .string($0) } ?? .bytes(option.data))]
    case "extended-error":
      guard let (code, text) = option.extendedError else { return [] }
      return [("info-code", .int(Int(code))), ("extra-text", .string(text))]
    default: return []
    }
  }

  /// Reads an option: its `data` as it is, or the fields that `fields` gives for its name.
  static func option(_ record: Record) throws -> EDNSOption {
    let code = try code(record)
    if let data = record["data"], !data.isNull { return EDNSOption(code: code, data: try [UInt8].convert(data)) }
    switch code {
    case 8:
      guard let subnet = record["subnet"] else { break }
      return .clientSubnet(try Network.convert(subnet))
    case 10:
      guard let client = record["client"] else { return .cookie(EDNSOptionValues.cookie()) }
      return .cookie(try [UInt8].convert(client) + (try record["server"].map { try [UInt8].convert($0) } ?? []))
    case 11:
      guard let timeout = record["timeout"] else { return .keepalive() }
      let tenths = try TimeSpan.convert(timeout).nanoseconds / 100_000_000
      guard let tenths = UInt16(exactly: tenths) else {
        throw ValueError("bad-record", "a keepalive is at most 6553.5 seconds", layer: .dns)
      }
      return .keepalive(tenths: tenths)
    case 12: return .padding(try record["length"].map { try Int.convert($0) } ?? 0)
    case 15:
      guard let number = UInt16(exactly: try record["info-code"].map { try Int.convert($0) } ?? 0) else {
        throw ValueError("bad-record", "an `info-code` is 0 to 65535", layer: .dns)
      }
      return .extendedError(number, try record["extra-text"].map { try String.convert($0) } ?? "")
    default: break
    }
    return EDNSOption(code: code, data: [])
  }

  private static func code(_ record: Record) throws -> UInt16 {
    if let number = record["code"], !number.isNull {
      guard let code = UInt16(exactly: try Int.convert(number)) else {
        throw ValueError("bad-record", "a `code` is 0 to 65535", layer: .dns)
      }
      return code
    }
    guard let name = record["name"]?.scalarText else {
      throw ValueError("bad-record", "an option wants a `name` or a `code`", layer: .dns)
    }
    guard let code = EDNSOption.code(named: name) else {
      throw ValueError(
        "bad-record", "`\(name)` is no option of EDNS",
        hint: "there are \(EDNSOption.knownNames.joined(separator: ", ")), and option65001", layer: .dns)
    }
    return code
  }

  private static func cookie() -> [UInt8] { (0..<8).map { _ in UInt8.random(in: 0...255) } }
}
