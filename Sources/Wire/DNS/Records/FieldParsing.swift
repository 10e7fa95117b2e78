import Net

/// A word of a zone file: its bytes with their escapes, and whether it stood within quotation marks.
public struct ZoneWord: Sendable, Hashable {
  public let bytes: [UInt8]
  public let isQuoted: Bool
  /// From 1.
  public let line: Int
  public let column: Int

  public init(bytes: [UInt8], isQuoted: Bool = false, line: Int = 1, column: Int = 1) {
    self.bytes = bytes
    self.isQuoted = isQuoted
    self.line = line
    self.column = column
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Why the words of a record's data are none, and at which of them.
public struct RecordTextError: Error, Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    case missing(field: String)
    case bad(field: String, wanted: String)
    case name(field: String, DomainNameError)
    case tooMany
    case wrongLength(said: Int, found: Int)
    case malformed(DNSError)
  }

  public let reason: Reason
  /// The index of the word.
  public let word: Int

  public var sentence: String {
    switch reason {
    case .missing(let field): "the field `\(field)` is missing"
    case .bad(let field, let wanted): "the field `\(field)` wants \(wanted)"
    case .name(let field, let error): "the field `\(field)`: \(error.message)"
    case .tooMany: "there are more words than the type has fields"
    case .wrongLength(let said, let found): "the length is said to be \(said), and \(found) bytes follow"
    case .malformed(let error): error.message
    }
  }
}

extension RecordData {
  /// Parses the words of a record's data by the shape of its type; names without a final dot are relative to `origin`.
  ///
  /// Every type may stand as `\# LENGTH HEX` (RFC 3597 §5).
  public init(type: RecordType, words: [ZoneWord], origin: DomainName = .root) throws(RecordTextError) {
    if let first = words.first, !first.isQuoted, first.bytes == Array("\\#".utf8) {
      try self.init(type: type, generic: words)
      return
    }
    var parser = FieldParser(words: words, origin: origin)
    var values: [FieldValue] = []
    for field in RecordShape.of(type).fields { values.append(try parser.value(of: field)) }
    guard parser.isAtEnd else { throw RecordTextError(reason: .tooMany, word: parser.index) }
    self.init(type: type, values: values)
    if let wanted = RecordData.digestLength(type, values), case .bytes(let digest)? = values.last,
      digest.count != wanted
    {
      throw parser.bad("digest", "\(wanted) bytes")
    }
    let length = wire.count
    guard length <= 0xFFFF else { throw parser.bad("data", "at most 65,535 bytes") }
  }

  /// Tells how many bytes a digest of DS or CDS has by its kind (RFC 3658 §2.4, RFC 4509 §2.1, RFC 6605 §2); nil for a kind that is not known.
  private static func digestLength(_ type: RecordType, _ values: [FieldValue]) -> Int? {
    guard type == .ds || type.rawValue == 59, values.count == 4, case .number(let kind) = values[2] else { return nil }
    return [1: 20, 2: 32, 4: 48][kind]
  }

  private init(type: RecordType, generic words: [ZoneWord]) throws(RecordTextError) {
    guard words.count >= 2, let length = decimal(words[1].bytes) else {
      throw RecordTextError(reason: .bad(field: "length", wanted: "a number up to 65535"), word: 1)
    }
    guard let bytes = try? BaseEncoding.hex.decode(words.dropFirst(2).flatMap(\.bytes)) else {
      throw RecordTextError(reason: .bad(field: "data", wanted: "hexadecimal digits"), word: 2)
    }
    guard bytes.count == Int(length) else {
      throw RecordTextError(reason: .wrongLength(said: Int(length), found: bytes.count), word: 1)
    }
    do {
      try self.init(type: type, wire: bytes)
    } catch {
      throw RecordTextError(reason: .malformed(error), word: 2)
    }
  }
}

/// The words of a record's data that are not used yet.
private struct FieldParser {
  let words: [ZoneWord]
  let origin: DomainName
  var index = 0

  init(words: [ZoneWord], origin: DomainName) {
    self.words = words
    self.origin = origin
  }

  var isAtEnd: Bool { index >= words.count }

  func bad(_ field: String, _ wanted: String) -> RecordTextError {
    RecordTextError(reason: .bad(field: field, wanted: wanted), word: max(0, index - 1))
  }

  mutating func next(_ field: String) throws(RecordTextError) -> ZoneWord {
    guard index < words.count else { throw RecordTextError(reason: .missing(field: field), word: index) }
    index += 1
    return words[index - 1]
  }

  mutating func rest() -> [ZoneWord] {
    defer { index = words.count }
    return Array(words[min(index, words.count)...])
  }

  mutating func value(of field: RecordShape.Field) throws(RecordTextError) -> FieldValue {
    let name = field.name
    switch field.kind {
    case .number(let count):
      let limit = UInt64(1) << UInt64(8 * count)
      guard let number = FieldParser.number(try next(name).bytes), number < limit else {
        throw bad(name, "a number below \(limit)")
      }
      return .number(UInt32(truncatingIfNeeded: number))
    case .seconds:
      let word = try next(name)
      if let number = FieldParser.number(word.bytes), let seconds = UInt32(exactly: number) { return .number(seconds) }
      guard let seconds = TimeToLive.parse(word.text) else { throw bad(name, "a number of seconds, or as `1h30m`") }
      return .number(seconds)
    case .time:
      guard let seconds = FieldParser.seconds(try next(name).text) else { throw bad(name, "YYYYMMDDHHmmSS") }
      return .number(seconds)
    case .type:
      guard let type = RecordType(try next(name).text) else { throw bad(name, "a type of record") }
      return .types([type])
    case .name:
      do {
        return .name(try DomainName(try next(name).bytes, origin: origin))
      } catch let error as DomainNameError {
        throw RecordTextError(reason: .name(field: name, error), word: index - 1)
      } catch let error as RecordTextError {
        throw error
      } catch {
        throw bad(name, "a name")
      }
    case .ipv4, .ipv6:
      let isIPv4 = field.kind == .ipv4
      guard let address = Address(try next(name).text), address.isIPv4 == isIPv4, address.zone == nil else {
        throw bad(name, isIPv4 ? "an IPv4 address" : "an IPv6 address")
      }
      return .address(address)
    case .string: return .bytes(try string(try next(name), name))
    case .strings:
      var strings = [try string(try next(name), name)]
      while !isAtEnd { strings.append(try string(try next(name), name)) }
      return .strings(strings)
    case .tag:
      let tag = try next(name).bytes
      guard (1...255).contains(tag.count), tag.allSatisfy({ $0.isLetter || $0.isDigit }) else {
        throw bad(name, "letters and digits")
      }
      return .bytes(tag)
    case .quotedRest:
      guard let bytes = PresentationText.unescaped(try next(name).bytes) else { throw bad(name, "a text") }
      return .bytes(bytes)
    case .hexRest: return .bytes(try decoded(rest(), .hex, name))
    case .base64Rest: return .bytes(try decoded(rest(), .base64, name))
    case .salt:
      let word = try next(name)
      let bytes = word.text == "-" ? [] : try decoded([word], .hex, name)
      guard bytes.count <= 255 else { throw bad(name, "at most 255 bytes") }
      return .bytes(bytes)
    case .hashedOwner:
      var word = try next(name).bytes
      while word.count % 8 != 0 { word.append(ASCII.equals) }
      guard let bytes = try? BaseEncoding.base32hex.decode(word), (1...255).contains(bytes.count) else {
        throw bad(name, "base32hex")
      }
      return .bytes(bytes)
    case .types:
      var types: [RecordType] = []
      for word in rest() {
        guard let type = RecordType(word.text) else { throw bad(name, "types of records") }
        types.append(type)
      }
      return .types(Array(Set(types)).sorted())
    case .parameters: return .parameters(try parameters(name))
    case .location:
      guard let location = GeographicLocation(words: rest().map(\.text)) else {
        throw bad(name, "latitude, longitude and altitude, as `52 22 23 N 4 53 32 E -2m`")
      }
      return .location(location)
    case .hardware(let count):
      let bytes = try decoded([try next(name)], .hex, name)
      guard bytes.count == count else { throw bad(name, "\(count) pairs of hexadecimal digits between `-`") }
      return .bytes(bytes)
    case .unknown: throw RecordTextError(reason: .bad(field: name, wanted: "`\\# LENGTH HEX` (RFC 3597)"), word: 0)
    }
  }

  private func string(_ word: ZoneWord, _ field: String) throws(RecordTextError) -> [UInt8] {
    guard let bytes = PresentationText.unescaped(word.bytes), bytes.count <= 255 else {
      throw bad(field, "a text of at most 255 bytes")
    }
    return bytes
  }

  private func decoded(_ words: [ZoneWord], _ encoding: BaseEncoding, _ field: String) throws(RecordTextError)
    -> [UInt8]
  {
    guard let bytes = try? encoding.decode(words.flatMap(\.bytes)) else { throw bad(field, encoding.name) }
    return bytes
  }

  private mutating func parameters(_ field: String) throws(RecordTextError) -> [ServiceParameter] {
    var parameters: [ServiceParameter] = []
    while !isAtEnd {
      let word = try next(field)
      guard let parameter = ServiceParameter(text: word.bytes) else { throw bad(field, "KEY or KEY=VALUE of RFC 9460") }
      guard !parameters.contains(where: { $0.key == parameter.key }) else { throw bad(field, "each key once") }
      parameters.append(parameter)
    }
    return parameters.sorted { $0.key < $1.key }
  }

  private static func number(_ digits: [UInt8]) -> UInt64? {
    guard (1...10).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + UInt64($1 - 0x30) }
  }

  /// Reads YYYYMMDDHHmmSS, or seconds since 1970 (RFC 4034 §3.2).
  private static func seconds(_ text: String) -> UInt32? {
    let digits = Array(text.utf8)
    guard digits.allSatisfy(\.isDigit) else { return nil }
    guard digits.count == 14 else { return number(digits).flatMap { UInt32(exactly: $0) } }
    func part(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    let civil = CivilTime(
      year: part(0..<4), month: part(4..<6), day: part(6..<8), hour: part(8..<10), minute: part(10..<12),
      second: part(12..<14))
    return Timestamp(civil).flatMap { UInt32(exactly: $0.secondsSince1970) }
  }
}
