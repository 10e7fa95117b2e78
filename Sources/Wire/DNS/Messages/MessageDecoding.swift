extension Message {
  /// Reads a message. Whatever the bytes, it ends in time linear in their number times 255, and gives a message or an error.
  public init(_ bytes: [UInt8]) throws(DNSError) {
    var reader = MessageReader(bytes)
    self = try reader.message()
  }

  /// Explains a message: what each of its bytes is, up to the first that cannot be read, and the error there if there is one.
  public static func explain(_ bytes: [UInt8]) -> (annotations: [Annotation], error: DNSError?) {
    var reader = MessageReader(bytes)
    reader.annotations = []
    do {
      _ = try reader.message()
      return (reader.annotations ?? [], nil)
    } catch {
      return (reader.annotations ?? [], error)
    }
  }
}

extension MessageReader {
  private static let header = "RFC 1035 §4.1.1"
  private static let question = "RFC 1035 §4.1.2"
  private static let record = "RFC 1035 §4.1.3"

  mutating func message() throws(DNSError) -> Message {
    let id = try uint16()
    note(from: 0, "id", String(id), Self.header)
    let flags = MessageFlags(rawValue: try uint16())
    note(
      from: 2, "flags",
      "\(flags.opcode), \(ResponseCode(rawValue: flags.responseBits))"
        + (flags.names.isEmpty ? "" : ", " + flags.names.joined(separator: " ")), Self.header)
    var counts = (0, 0, 0, 0)
    counts.0 = try count("questions")
    counts.1 = try count("answers")
    counts.2 = try count("authority records")
    counts.3 = try count("additional records")
    var message = Message(id: id, flags: flags)
    for index in 0..<counts.0 { message.questions.append(try question("question \(index + 1)")) }
    message.answers = try section(counts.1, "answer", &message, isAdditional: false)
    message.authorities = try section(counts.2, "authority", &message, isAdditional: false)
    message.additionals = try section(counts.3, "additional", &message, isAdditional: true)
    guard position == bytes.count else { throw error(.trailing(count: bytes.count - position)) }
    return message
  }

  private mutating func count(_ what: String) throws(DNSError) -> Int {
    let start = position
    let count = Int(try uint16())
    note(from: start, "number of \(what)", String(count), Self.header)
    return count
  }

  private mutating func question(_ label: String) throws(DNSError) -> Question {
    let name = try annotatedName(label, Self.question)
    var start = position
    let type = RecordType(rawValue: try uint16())
    note(from: start, "\(label), type", type.description, Self.question)
    start = position
    let questionClass = RecordClass(rawValue: try uint16())
    note(from: start, "\(label), class", questionClass.description, Self.question)
    return Question(name: name, type: type, questionClass: questionClass)
  }

  private mutating func section(
    _ count: Int, _ title: String, _ message: inout Message, isAdditional: Bool
  ) throws(DNSError) -> [ResourceRecord] {
    var records: [ResourceRecord] = []
    for index in 0..<count {
      let label = annotations == nil ? title : "\(title) \(index + 1)"
      let start = position
      let name = try annotatedName(label, Self.record)
      var at = position
      let type = RecordType(rawValue: try uint16())
      note(from: at, "\(label), type", type.description, Self.record)
      guard type != .opt else {
        guard isAdditional, message.edns == nil, name.isRoot else { throw error(.misplacedOPT, at: start) }
        message.edns = try edns(label: label)
        continue
      }
      at = position
      let recordClass = RecordClass(rawValue: try uint16())
      note(from: at, "\(label), class", recordClass.description, Self.record)
      at = position
      let ttl = try uint32()
      note(from: at, "\(label), TTL", "\(ttl) s", Self.record)
      at = position
      let length = Int(try uint16())
      note(from: at, "\(label), length of the data", String(length), Self.record)
      let values = try data(of: type, length: length, label: label)
      records.append(
        ResourceRecord(
          name: name, recordClass: recordClass, ttl: ttl, data: RecordData(type: type, values: values)))
    }
    return records
  }

  private mutating func annotatedName(_ label: String, _ source: String) throws(DNSError) -> DomainName {
    let start = position
    let name = try name(until: bytes.count)
    note(from: start, "\(label), name", name.description, source)
    return name
  }
}
