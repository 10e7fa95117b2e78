import Net
import TestSupport
import Wire

/// Makes names, data and messages at random, each allowed by its RFC.
struct DNSSamples {
  var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  /// Those that dnspython knows too: it takes the compressed names of the old mail types for opaque bytes.
  static let types = RecordType.known.compactMap { RecordType($0) }.filter {
    RecordShape.of($0).type == $0 && ![3, 4, 7, 8, 9, 14].contains($0.rawValue)
  }

  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) } }

  mutating func label() -> [UInt8] {
    switch random.below(12) {
    case 0: bytes(1 + random.below(8))
    case 1: Array(repeating: 0x61, count: 63)
    case 2: Array("*".utf8)
    default: Array(random.pick(["www", "mail", "Example", "test", "a", "ns1", "_tcp", "x-1"]).utf8)
    }
  }

  mutating func name() -> DomainName {
    let labels = (0..<random.below(4)).map { _ in label() }
    return DomainName(labels: labels + [Array("test".utf8)]) ?? .root
  }

  mutating func value(of kind: FieldKind) -> FieldValue {
    switch kind {
    case .number(1): .number(UInt32(random.below(256)))
    case .number(2): .number(UInt32(random.below(65_536)))
    case .number, .seconds: .number(UInt32(truncatingIfNeeded: random.next()))
    case .time: .number(UInt32(random.below(1 << 32)))
    case .type: .types([random.pick([.a, .mx, .soa, RecordType(rawValue: 65_000)])])
    case .name: .name(name())
    case .ipv4: .address(Address(v4: UInt32(truncatingIfNeeded: random.next())))
    case .ipv6: .address(Address(v6High: random.next(), low: UInt64(random.below(70_000))))
    // dnspython writes HINFO beyond ASCII as UTF-8.
    case .string: .bytes(bytes(random.below(20)).map { $0 & 0x7F })
    case .strings: .strings((0...random.below(3)).map { _ in bytes(random.below(30)) })
    case .tag: .bytes(Array(random.pick(["issue", "iodef", "issuewild"]).utf8))
    // dnspython does not escape the target of URI.
    case .quotedRest: .bytes(bytes(1 + random.below(40)).map { 0x23 + $0 % 0x38 })
    case .hexRest, .base64Rest: .bytes(bytes(1 + random.below(40)))
    case .unknown: .bytes(bytes(random.below(40)))
    case .salt: .bytes(bytes(random.below(9)))
    case .hashedOwner: .bytes(bytes(20))
    case .types:
      .types(
        Set(
          (0...random.below(5)).map { _ in
            random.below(3) == 0 ? RecordType(rawValue: 1234) : random.pick(DNSSamples.types)
          }
        ).sorted())
    case .parameters: .parameters(parameters())
    case .location:
      .location(
        GeographicLocation(
          latitude: Int64(random.below(648_000_001)) - 324_000_000,
          longitude: Int64(random.below(1_296_000_001)) - 648_000_000,
          altitude: 100 * (Int64(random.below(200_000)) - 100_000), size: 0x12, horizontalPrecision: 0x16,
          verticalPrecision: 0x13))
    case .hardware(let count): .bytes(bytes(count))
    }
  }

  private mutating func parameters() -> [ServiceParameter] {
    let all: [ServiceParameter] = [
      ServiceParameter(key: 1, value: Array("\u{2}h2\u{8}http/1.1".utf8)), ServiceParameter(key: 2, value: []),
      ServiceParameter(key: 3, value: bytes(2)), ServiceParameter(key: 4, value: bytes(8)),
      ServiceParameter(key: 5, value: bytes(12)), ServiceParameter(key: 6, value: bytes(16)),
      ServiceParameter(key: 65_000, value: bytes(5)),
    ]
    return all.filter { $0.key != 2 }.filter { _ in random.below(3) == 0 }
  }

  mutating func data(of type: RecordType) -> RecordData {
    // Digests and schemes that the registry does not assign may have any length; dnspython checks those it knows.
    RecordData(
      type: type,
      values: RecordShape.of(type).fields.map { field in
        switch (type.rawValue, field.name) {
        case (43, "digest-type"), (59, "digest-type"), (63, "scheme"), (63, "algorithm"):
          .number(UInt32(200 + random.below(50)))
        default: value(of: field.kind)
        }
      })
  }

  mutating func record() -> ResourceRecord {
    let type =
      random.below(10) == 0 ? RecordType(rawValue: UInt16(60_000 + random.below(5000))) : random.pick(DNSSamples.types)
    return ResourceRecord(name: name(), ttl: UInt32(random.below(1 << 31)), data: data(of: type))
  }

  mutating func message() -> Message {
    var message = Message(
      id: UInt16(truncatingIfNeeded: random.next()),
      flags: MessageFlags(rawValue: UInt16(random.below(65_536)) & 0x87B0))
    message.questions = [Question(name: name(), type: random.pick(DNSSamples.types))]
    message.answers = (0..<random.below(3)).map { _ in record() }
    message.authorities = (0..<random.below(2)).map { _ in record() }
    message.additionals = (0..<random.below(2)).map { _ in record() }
    if random.below(2) == 0 {
      message.edns = EDNS(
        payloadSize: 1232, dnssecOK: random.below(2) == 0, options: [EDNSOption(code: 65_001, data: bytes(4)), .nsid])
    }
    return message
  }
}
