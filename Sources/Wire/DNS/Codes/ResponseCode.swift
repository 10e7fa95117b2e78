/// How a server says that it did, or did not, answer (RFC 1035 §4.1.1); with EDNS it has 12 bits (RFC 6891 §6.1.3).
public struct ResponseCode: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  public static let noError = ResponseCode(rawValue: 0)
  public static let formatError = ResponseCode(rawValue: 1)
  public static let serverFailure = ResponseCode(rawValue: 2)
  public static let nameError = ResponseCode(rawValue: 3)
  public static let notImplemented = ResponseCode(rawValue: 4)
  public static let refused = ResponseCode(rawValue: 5)
  public static let badVersion = ResponseCode(rawValue: 16)
  public static let badCookie = ResponseCode(rawValue: 23)

  private static let names: [UInt16: String] = [
    0: "NOERROR", 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED", 6: "YXDOMAIN", 7: "YXRRSET",
    8: "NXRRSET", 9: "NOTAUTH", 10: "NOTZONE", 11: "DSOTYPENI", 16: "BADVERS", 17: "BADKEY", 18: "BADTIME",
    19: "BADMODE", 20: "BADNAME", 21: "BADALG", 22: "BADTRUNC", 23: "BADCOOKIE",
  ]

  /// What each says, in a phrase; nil for a code without a name.
  public var meaning: String? {
    switch rawValue {
    case 0: "no error"
    case 1: "the server could not read the query"
    case 2: "the server failed"
    case 3: "the name does not exist"
    case 4: "the server does not do this"
    case 5: "the server refuses"
    case 9: "the server is not authoritative for the zone"
    case 16: "the server does not know this version of EDNS"
    case 23: "the cookie is wrong or missing"
    default: nil
    }
  }

  public init?(_ text: some StringProtocol) {
    let name = text.uppercased()
    guard let found = ResponseCode.names.first(where: { $0.value == name }) else { return nil }
    rawValue = found.key
  }
}

extension ResponseCode: CustomStringConvertible {
  public var description: String { ResponseCode.names[rawValue] ?? "RCODE\(rawValue)" }
}

/// What a message is about (RFC 1035 §4.1.1, RFC 1996, RFC 2136); 4 bits.
public struct Opcode: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue & 0xF }

  public static let query = Opcode(rawValue: 0)
  public static let notify = Opcode(rawValue: 4)
  public static let update = Opcode(rawValue: 5)
}

extension Opcode: CustomStringConvertible {
  public var description: String {
    switch rawValue {
    case 0: "QUERY"
    case 1: "IQUERY"
    case 2: "STATUS"
    case 4: "NOTIFY"
    case 5: "UPDATE"
    case 6: "DSO"
    default: "OPCODE\(rawValue)"
    }
  }
}
