extension Message {
  /// Gives the bytes of the message, with names compressed (RFC 1035 §4.1.4).
  ///
  /// Errors: `too-large` beyond 65,535 bytes.
  public func encoded() throws(DNSError) -> [UInt8] {
    let (bytes, isWhole) = encode(limit: Message.maximumSize)
    guard isWhole else { throw DNSError(.tooLarge, at: Message.maximumSize) }
    return bytes
  }

  /// Gives the bytes of the message, or of as many of its records as fit into `limit` bytes together with the OPT record, then
  /// with TC set unless only additional records are missing (RFC 2181 §9).
  public func encoded(limit: Int) -> [UInt8] { encode(limit: max(12, min(limit, Message.maximumSize))).bytes }

  private func encode(limit: Int) -> (bytes: [UInt8], isWhole: Bool) {
    var writer = MessageWriter()
    writer.write(id)
    writer.write(flags.rawValue)
    for _ in 0..<4 { writer.write(UInt16(0)) }
    let ednsSize = edns.map { 11 + $0.options.reduce(0) { $0 + 4 + $1.data.count } } ?? 0
    let room = limit - ednsSize
    var counts = [0, 0, 0, 0]
    var isWhole = true
    for question in questions {
      let mark = writer.count
      writer.write(question.name, isCompressible: true)
      writer.write(question.type.rawValue)
      writer.write(question.questionClass.rawValue)
      guard writer.count <= room, counts[0] < 0xFFFF else {
        writer.cut(to: mark)
        isWhole = false
        break
      }
      counts[0] += 1
    }
    var isCut = !isWhole
    for (index, records) in [answers, authorities, additionals].enumerated() where isWhole {
      for record in records {
        let mark = writer.count
        writer.write(record)
        guard writer.count <= room, counts[index + 1] < 0xFFFE else {
          writer.cut(to: mark)
          isWhole = false
          isCut = index < 2
          break
        }
        counts[index + 1] += 1
      }
    }
    if let edns, ednsSize <= limit {
      writer.write(edns, code: code)
      counts[3] += 1
    }
    if isCut {
      var flags = flags
      flags.isTruncated = true
      writer.put(flags.rawValue, at: 2)
    }
    for (index, count) in counts.enumerated() { writer.put(UInt16(truncatingIfNeeded: count), at: 4 + 2 * index) }
    return (writer.bytes, isWhole)
  }
}

extension MessageWriter {
  mutating func write(_ record: ResourceRecord) {
    write(record.name, isCompressible: true)
    write(record.type.rawValue)
    write(record.recordClass.rawValue)
    write(record.ttl)
    write(record.data)
  }
}
