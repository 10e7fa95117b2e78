import Net

/// The type of a record or a question (RFC 1035 §3.2.2; the IANA registry "Resource Record (RR) TYPEs").
public struct RecordType: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  init(_ number: UInt16) { rawValue = number }

  public static let a = RecordType(1)
  public static let ns = RecordType(2)
  public static let cname = RecordType(5)
  public static let soa = RecordType(6)
  public static let ptr = RecordType(12)
  public static let mx = RecordType(15)
  public static let txt = RecordType(16)
  public static let aaaa = RecordType(28)
  public static let srv = RecordType(33)
  public static let dname = RecordType(39)
  public static let opt = RecordType(41)
  public static let ds = RecordType(43)
  public static let rrsig = RecordType(46)
  public static let nsec = RecordType(47)
  public static let dnskey = RecordType(48)
  public static let nsec3 = RecordType(50)
  public static let svcb = RecordType(64)
  public static let https = RecordType(65)
  public static let ixfr = RecordType(251)
  public static let axfr = RecordType(252)
  public static let any = RecordType(255)

  /// The names of the registry, by number; those without a shape have their data as bytes.
  static let names: [UInt16: String] = [
    1: "A", 2: "NS", 3: "MD", 4: "MF", 5: "CNAME", 6: "SOA", 7: "MB", 8: "MG", 9: "MR", 10: "NULL", 11: "WKS",
    12: "PTR",
    13: "HINFO", 14: "MINFO", 15: "MX", 16: "TXT", 17: "RP", 18: "AFSDB", 19: "X25", 20: "ISDN", 21: "RT", 22: "NSAP",
    23: "NSAP-PTR", 24: "SIG", 25: "KEY", 26: "PX", 27: "GPOS", 28: "AAAA", 29: "LOC", 30: "NXT", 31: "EID",
    32: "NIMLOC", 33: "SRV", 34: "ATMA", 35: "NAPTR",
    36: "KX", 37: "CERT", 38: "A6", 39: "DNAME", 40: "SINK", 41: "OPT", 42: "APL", 43: "DS", 44: "SSHFP",
    45: "IPSECKEY", 46: "RRSIG", 47: "NSEC", 48: "DNSKEY",
    49: "DHCID", 50: "NSEC3", 51: "NSEC3PARAM", 52: "TLSA", 53: "SMIMEA", 55: "HIP", 56: "NINFO", 57: "RKEY",
    58: "TALINK", 59: "CDS", 60: "CDNSKEY", 61: "OPENPGPKEY",
    62: "CSYNC", 63: "ZONEMD", 64: "SVCB", 65: "HTTPS", 99: "SPF", 100: "UINFO", 101: "UID", 102: "GID", 103: "UNSPEC",
    104: "NID", 105: "L32", 106: "L64", 107: "LP", 108: "EUI48", 109: "EUI64", 249: "TKEY", 250: "TSIG",
    251: "IXFR", 252: "AXFR", 253: "MAILB", 254: "MAILA", 255: "ANY", 256: "URI", 257: "CAA", 258: "AVC", 259: "DOA",
    260: "AMTRELAY", 32768: "TA", 32769: "DLV",
  ]

  private static let numbers = Dictionary(uniqueKeysWithValues: names.map { ($1, $0) })

  /// Reads `MX`, `mx` or `TYPE15` (RFC 3597 §5); nil for what is neither.
  public init?(_ text: some StringProtocol) {
    let name = text.uppercased()
    if let number = RecordType.numbers[name] {
      rawValue = number
      return
    }
    guard name.hasPrefix("TYPE"), let number = decimal(name.utf8.dropFirst(4)) else { return nil }
    rawValue = number
  }

  /// The names that may be asked for, in alphabetical order, for completion.
  public static var known: [String] { names.values.filter { $0 != "OPT" }.sorted() }

  /// Whether only questions have it (RFC 6895 §3.1).
  public var isMeta: Bool { rawValue == 41 || (128...255).contains(rawValue) }
}

extension RecordType: CustomStringConvertible, Comparable {
  public var description: String { RecordType.names[rawValue] ?? "TYPE\(rawValue)" }
  public static func < (left: RecordType, right: RecordType) -> Bool { left.rawValue < right.rawValue }
}

/// Reads a decimal number of at most five digits without a sign; nil beyond 16 bits.
func decimal(_ digits: some Collection<UInt8>) -> UInt16? {
  guard (1...5).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
  return UInt16(exactly: digits.reduce(0) { $0 * 10 + Int($1 - 0x30) })
}
