import Net

extension TypeName {
  /// The type with its article, for sentences: `an address`.
  public var noun: String {
    switch self {
    case .any: "a value"
    case .url, .web: "a URL"
    case .bytes: "bytes"
    case .mac: "a MAC address"
    case .host: "a host, with or without a port"
    case .routes: "a table of routes"
    case .pattern: "a text or a regex"
    case .ip: "an address or network"
    default: ("aeio".contains(rawValue.first ?? "x") ? "an " : "a ") + rawValue
    }
  }

  /// Converts a value to this type, as an argument is converted to its parameter's type.
  ///
  /// Besides a value of the type itself, a string is read as the literal it spells, and a scalar gives its text where a string or bytes
  /// are wanted.
  public func convert(_ value: Value) throws(ValueError) -> Value {
    switch (self, value) {
    case (.any, _): return value
    case (.number, .int), (.number, .big), (.number, .float): return value
    case (.float, .int(let number)): return .float(Double(number))
    case (.table, .list(let list)) where Table.columns(of: list) != nil || list.isEmpty: return value
    case (.record, .resource(let resource)): return .record(resource.fields)
    case (.record, .error(let error)): return .record(error.content.fields)
    case (.list, .stream(let stream)) where !stream.isBytes: return try settle(value)
    case (.list, .range(let range)) where range.content.upper != nil: return try collect(range.content)
    case (.bytes, .string(let text)): return .bytes(Array(text.utf8))
    case (.bytes, .stream), (.string, .stream), (.record, .stream): return try convert(settle(value))
    case (.bytes, .record(let record)), (.string, .record(let record)):
      guard let body = record["body"] else { break }
      return try convert(settle(body))
    case (.size, .int(let count)): return .size(ByteSize(bytes: Int64(count)))
    case (.int, .size(let size)): return .int(Int(size.bytes))
    case (.host, .endpoint), (.host, .address): return value
    case (.host, .string(let text)): return try TypeName.host(text)
    case (.endpoint, .address), (.bytes, .bytes): break
    case (.network, .address(let address)):
      if let network = Network(address: address, prefix: address.bitCount) { return .network(network) }
    case (.ip, .address), (.ip, .network): return value
    case (.web, _): return .url(try WebAddress.read(value))
    case (.ip, .list), (.ip, .stream), (.ip, .range): return value
    case (.ip, _), (.address, _), (.network, _):
      if let text = value.addressText { return try AddressLiteral.read(text, as: self) }
    case (.pattern, .regex), (.pattern, .bytes): return value
    case (.pattern, _): return try TypeName.string.convert(value)
    case (.regex, .string(let text)): return .regex(try Regex(text))
    case (.resource, .resource), (.function, .function): return value
    case (.string, .bytes(let bytes)):
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw ValueError(
          "not-utf8", "these \(bytes.count) bytes are not UTF-8 text",
          hint: "`hexdump` shows them, `latin1` decodes any bytes")
      }
      return .string(text)
    case (.string, _):
      if value.type == .string { return value }
      if let text = value.scalarText, !value.isNull { return .string(text) }
    default: break
    }
    if value.type == self { return value }
    if case .string(let text) = value, let literal = try parse(text) { return literal }
    throw ValueError.wrongType(noun, found: value)
  }

  /// Reads an endpoint or an address; any other text is a name as it stands.
  private static func host(_ text: String) throws(ValueError) -> Value {
    switch Literal.read(text) {
    case .value(let literal) where literal.type == .endpoint || literal.type == .address: return literal
    case .malformed(let message, let hint): throw ValueError("bad-literal", message, hint: hint)
    case .value, .word: break
    }
    guard !text.isEmpty, !text.contains(where: { " /\n\t".contains($0) }) else {
      throw ValueError.wrongType(TypeName.host.noun, found: .string(text))
    }
    return .string(text)
  }

  /// Reads a text as a literal of this type; nil for a text or a type that has none.
  private func parse(_ text: String) throws(ValueError) -> Value? {
    guard self != .string, self != .pattern, self != .list, self != .record, self != .function else { return nil }
    if self == .range { return RangeLiteral.read(text).map { .range(Box($0)) } }
    switch Literal.read(text) {
    case .value(let literal):
      if literal.type == self { return literal }
      if case .string = literal { return nil }
      return try convert(literal)
    case .malformed(let message, let hint): throw ValueError("bad-literal", message, hint: hint)
    case .word:
      guard self == .endpoint || self == .url else { return nil }
      return nil
    }
  }

  private func settle(_ value: Value) throws(ValueError) -> Value {
    do { return try value.settled() } catch let error as ValueError { throw error } catch {
      throw ValueError("stream-failed", "the stream broke off", cause: error as? any LayeredError)
    }
  }

  private func collect(_ range: RangeValue) throws(ValueError) -> Value {
    var items: [Value] = []
    let next = range.members()
    while let item = next() {
      items.append(item)
      guard items.count <= collectLimit / MemoryLayout<Value>.stride else { throw ValueError.tooLarge(collectLimit) }
    }
    return .list(items)
  }
}
