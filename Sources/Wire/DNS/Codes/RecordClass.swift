/// The class of a record or a question (RFC 1035 §3.2.4).
public struct RecordClass: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  public static let internet = RecordClass(rawValue: 1)
  public static let chaos = RecordClass(rawValue: 3)
  public static let hesiod = RecordClass(rawValue: 4)
  /// Of prerequisites and deletions in updates (RFC 2136 §2.4).
  public static let none = RecordClass(rawValue: 254)
  public static let any = RecordClass(rawValue: 255)

  private static let names: [UInt16: String] = [1: "IN", 3: "CH", 4: "HS", 254: "NONE", 255: "ANY"]

  /// Reads `IN`, `ch` or `CLASS1` (RFC 3597 §5); nil for what is neither.
  public init?(_ text: some StringProtocol) {
    let name = text.uppercased()
    if let found = RecordClass.names.first(where: { $0.value == name }) {
      rawValue = found.key
      return
    }
    guard name.hasPrefix("CLASS"), let number = decimal(name.utf8.dropFirst(5)) else { return nil }
    rawValue = number
  }
}

extension RecordClass: CustomStringConvertible {
  public var description: String { RecordClass.names[rawValue] ?? "CLASS\(rawValue)" }
}
