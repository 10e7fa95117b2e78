/// The type and code of an ICMP message, with the words of the documents that define them.
public struct ICMPKind: Hashable, Sendable {
  public enum Version: Hashable, Sendable { case v4, v6 }

  public let version: Version
  public let type: UInt8
  public let code: UInt8

  public init(_ version: Version, type: UInt8, code: UInt8) {
    self.version = version
    self.type = type
    self.code = code
  }

  /// Whether it reports an error and quotes a packet: RFC 1122 §3.2.2 lists those of ICMP; types below 128 are those of ICMPv6
  /// (RFC 4443 §2.1).
  public var isError: Bool { version == .v4 ? [3, 4, 5, 11, 12].contains(type) : type < 128 }

  public var isEchoReply: Bool { version == .v4 ? type == 0 : type == 129 }
  public var isUnreachable: Bool { version == .v4 ? type == 3 && code != 4 : type == 1 }
  public var isPortUnreachable: Bool { isUnreachable && code == (version == .v4 ? 3 : 4) }
  public var isTimeExceeded: Bool { version == .v4 ? type == 11 : type == 3 }
  /// Fragmentation needed and DF set (RFC 1191), packet too big (RFC 4443 §3.2).
  public var isTooBig: Bool { version == .v4 ? type == 3 && code == 4 : type == 2 }

  /// What it says: `port unreachable`, `time exceeded in transit`; `type 99 code 1` for one without a name here.
  public var title: String {
    let types = version == .v4 ? Self.types : Self.types6
    let codes = version == .v4 ? Self.codes : Self.codes6
    if let names = codes[type], names.indices.contains(Int(code)) { return names[Int(code)] }
    if let name = types[type] { return code == 0 ? name : "\(name), code \(code)" }
    return "type \(type) code \(code)"
  }

  /// What the type is, whatever the code: `destination unreachable`; empty for one without a name here.
  public var name: String { (version == .v4 ? Self.types : Self.types6)[type] ?? "" }

  /// Finds a type by its name or number: `echo request`, `8`; nil for neither.
  public static func type(_ text: String, _ version: Version) -> UInt8? {
    UInt8(text) ?? (version == .v4 ? types : types6).first { $0.value == text.lowercased() }?.key
  }

  /// RFC 792, RFC 1256, RFC 950.
  private static let types: [UInt8: String] = [
    0: "echo reply", 3: "destination unreachable", 4: "source quench", 5: "redirect", 8: "echo request",
    9: "router advertisement", 10: "router solicitation", 11: "time exceeded", 12: "parameter problem",
    13: "timestamp request", 14: "timestamp reply", 17: "address mask request", 18: "address mask reply",
  ]

  /// RFC 792; codes 6 to 12 of unreachable are of RFC 1122 §3.2.2.1, 13 to 15 of RFC 1812 §5.2.7.1.
  private static let codes: [UInt8: [String]] = [
    3: [
      "network unreachable", "host unreachable", "protocol unreachable", "port unreachable",
      "fragmentation needed and DF set", "source route failed", "destination network unknown",
      "destination host unknown", "source host isolated", "network administratively prohibited",
      "host administratively prohibited", "network unreachable for this type of service",
      "host unreachable for this type of service", "communication administratively prohibited",
      "host precedence violation", "precedence cutoff in effect",
    ],
    5: [
      "redirect for the network", "redirect for the host", "redirect for the network and type of service",
      "redirect for the host and type of service",
    ],
    11: ["time exceeded in transit", "fragment reassembly time exceeded"],
    12: ["parameter problem", "required option missing", "bad length"],
  ]

  /// RFC 4443, RFC 4861, RFC 2710, RFC 3810.
  private static let types6: [UInt8: String] = [
    1: "destination unreachable", 2: "packet too big", 3: "time exceeded", 4: "parameter problem",
    128: "echo request", 129: "echo reply", 130: "multicast listener query", 131: "multicast listener report",
    132: "multicast listener done", 133: "router solicitation", 134: "router advertisement",
    135: "neighbor solicitation", 136: "neighbor advertisement", 137: "redirect",
    143: "multicast listener report version 2",
  ]

  /// RFC 4443 §3.
  private static let codes6: [UInt8: [String]] = [
    1: [
      "no route to destination", "administratively prohibited", "beyond scope of source address",
      "address unreachable", "port unreachable", "source address failed ingress/egress policy",
      "reject route to destination",
    ],
    3: ["hop limit exceeded in transit", "fragment reassembly time exceeded"],
    4: ["erroneous header field", "unrecognized next header type", "unrecognized IPv6 option"],
  ]
}
