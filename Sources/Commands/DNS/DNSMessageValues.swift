import Interpreter
import Net
import Wire

extension DNSRecordValues {
  /// Reads a message from a record with the fields that `dns decode` gives; what is missing is empty.
  static func message(_ record: Record) throws -> Message {
    var flags = MessageFlags()
    for name in try texts(record["flags"], "flags") {
      switch name {
      case "qr": flags.isResponse = true
      case "aa": flags.isAuthoritative = true
      case "tc": flags.isTruncated = true
      case "rd": flags.recursionDesired = true
      case "ra": flags.recursionAvailable = true
      case "ad": flags.isAuthenticated = true
      case "cd": flags.checkingDisabled = true
      default:
        throw ValueError("bad-record", "`\(name)` is no flag", hint: "flags are qr aa tc rd ra ad cd", layer: .dns)
      }
    }
    var message = Message(id: try number(record["id"], "id"), flags: flags)
    message.edns = try edns(record["edns"])
    if let text = record["rcode"]?.scalarText {
      guard let code = ResponseCode(text) else { throw ValueError("bad-record", "`\(text)` is no rcode", layer: .dns) }
      message.code = code
    }
    for question in try rows(record["question"], "question") {
      message.questions.append(
        Question(
          name: try DomainName(try text(question, "name")), type: try type(question),
          questionClass: question["class"]?.scalarText.flatMap { RecordClass($0) } ?? .internet))
    }
    message.answers = try rows(record["answer"], "answer").map { try self.record(.record($0), origin: .root) }
    message.authorities = try rows(record["authority"], "authority").map { try self.record(.record($0), origin: .root) }
    message.additionals = try rows(record["additional"], "additional").map {
      try self.record(.record($0), origin: .root)
    }
    return message
  }

  private static func rows(_ value: Value?, _ field: String) throws -> [Record] {
    switch value {
    case nil, .null?: return []
    case .record(let row)?: return [row]
    case .list(let list)?: return try list.items.map { try Record.convert($0) }
    case let other?:
      throw ValueError("bad-record", "`\(field)` is a table, and this is \(other.described)", layer: .dns)
    }
  }

  private static func texts(_ value: Value?, _ field: String) throws -> [String] {
    switch value {
    case nil, .null?: return []
    case .list(let list)?: return try list.items.map { try String.convert($0) }
    case let other?: return [try String.convert(other)]
    }
  }

  private static func number(_ value: Value?, _ field: String) throws -> UInt16 {
    guard let value, !value.isNull else { return 0 }
    guard let number = UInt16(exactly: try Int.convert(value)) else {
      throw ValueError("bad-record", "`\(field)` is 0 to 65535", layer: .dns)
    }
    return number
  }

  private static func edns(_ value: Value?) throws -> EDNS? {
    guard let value, !value.isNull else { return nil }
    let record = try Record.convert(value)
    let options = try rows(record["options"], "options").map { try EDNSOptionValues.option($0) }
    let dnssecOK = try record["do"].map { try Bool.convert($0) } ?? false
    return EDNS(
      payloadSize: record["size"] == nil ? 1232 : try number(record["size"], "size"),
      version: UInt8(clamping: try number(record["version"], "version")), dnssecOK: dnssecOK, options: options)
  }
}
