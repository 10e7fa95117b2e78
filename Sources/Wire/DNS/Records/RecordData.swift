import Net

/// The data of a record: its type, and a value for each field of the type's shape.
public struct RecordData: Sendable, Hashable {
  public let type: RecordType
  public let values: [FieldValue]

  /// Takes values that were read or parsed by the shape of the type.
  package init(type: RecordType, values: [FieldValue]) {
    self.type = type
    self.values = values
  }

  public var shape: RecordShape { RecordShape.of(type) }

  /// The value of a field by its name; nil if the type has none of that name.
  public subscript(field name: String) -> FieldValue? {
    zip(shape.fields, values).first { $0.0.name == name }?.1
  }

  /// The first name in the data: where NS, CNAME, MX, SRV … lead.
  public var target: DomainName? {
    for case .name(let name) in values { return name }
    return nil
  }

  /// The address of A and AAAA.
  public var address: Address? {
    if case .address(let address)? = values.first { address } else { nil }
  }

  public static func address(_ address: Address) -> RecordData {
    RecordData(type: address.isIPv4 ? .a : .aaaa, values: [.address(address.withoutZone)])
  }

  /// Reads the bytes of a record's data that stand alone, without compression.
  public init(type: RecordType, wire: [UInt8]) throws(DNSError) {
    var reader = MessageReader(wire)
    self.init(type: type, values: try reader.data(of: type, length: wire.count))
  }

  /// The bytes without compression.
  public var wire: [UInt8] {
    var writer = MessageWriter()
    writer.write(self, compressing: false)
    return Array(writer.bytes.dropFirst(2))
  }

  /// The text as in a zone file, names absolute.
  public var text: String {
    zip(shape.fields, values).map { FieldText.text($1, $0.kind) }.filter { !$0.isEmpty }.joined(separator: " ")
  }
}
