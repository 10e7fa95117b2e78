/// What the data of a type of record is made of: its fields in order, and the document that says so.
///
/// Reading, writing, text, explanations and the fields that scripts see all come from this one declaration.
public struct RecordShape: Sendable {
  public struct Field: Sendable {
    /// As scripts call it: small letters and `-`.
    public let name: String
    public let kind: FieldKind

    init(_ name: String, _ kind: FieldKind) {
      self.name = name
      self.kind = kind
    }
  }

  public let type: RecordType
  public let fields: [Field]
  /// Such as `RFC 1035 §3.3.9`.
  public let source: String

  init(_ type: UInt16, _ source: String, _ fields: Field...) {
    self.type = RecordType(rawValue: type)
    self.source = source
    self.fields = fields
  }

  /// All types with a shape, by family.
  static let all: [RecordShape] =
    addressShapes + nameShapes + mailShapes + textShapes + serviceShapes + certificateShapes + signatureShapes
    + zoneShapes + locationShapes + hardwareShapes

  private static let byNumber: [RecordShape?] = {
    var table: [RecordShape?] = Array(repeating: nil, count: 260)
    for shape in all { table[Int(shape.type.rawValue)] = shape }
    return table
  }()

  private static let unknown = RecordShape(0, "RFC 3597 §5", Field("data", .unknown))

  /// Gives the shape of a type; one without a shape of its own has its bytes as its only field (RFC 3597 §3).
  public static func of(_ type: RecordType) -> RecordShape {
    let number = Int(type.rawValue)
    guard number < byNumber.count, let shape = byNumber[number] else { return unknown }
    return shape
  }
}
