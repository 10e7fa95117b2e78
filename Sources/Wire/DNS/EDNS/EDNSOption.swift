import Net

/// An option of EDNS: a code and its data as on the wire (RFC 6891 §6.1.2).
public struct EDNSOption: Sendable, Hashable {
  public let code: UInt16
  public let data: [UInt8]

  public init(code: UInt16, data: [UInt8]) {
    self.code = code
    self.data = data
  }

  private static let names: [UInt16: String] = [
    3: "nsid", 8: "client-subnet", 9: "expire", 10: "cookie", 11: "keepalive", 12: "padding", 13: "chain",
    14: "key-tag", 15: "extended-error",
  ]

  static let cookieCode: UInt16 = 10
  static let paddingCode: UInt16 = 12

  public var name: String { EDNSOption.names[code] ?? "option\(code)" }

  /// Gives the code of an option by its name, such as `cookie` or `option65001`; nil for what is neither.
  public static func code(named name: String) -> UInt16? {
    let name = name.lowercased()
    if let found = names.first(where: { $0.value == name }) { return found.key }
    return name.hasPrefix("option") ? decimal(name.utf8.dropFirst(6)) : nil
  }

  /// The names there are, in the order of their codes.
  public static var knownNames: [String] { names.sorted { $0.key < $1.key }.map(\.value) }

  /// Asks the server for its name (RFC 5001 §2.1).
  public static let nsid = EDNSOption(code: 3, data: [])

  /// Tells which network the question comes from; the host part of the address is cut to zero (RFC 7871 §6).
  public static func clientSubnet(_ network: Network) -> EDNSOption {
    let bytes = network.address.withoutZone.bytes
    let prefix = network.prefix
    var kept = Array(bytes.prefix((prefix + 7) / 8))
    if prefix % 8 != 0, !kept.isEmpty { kept[kept.count - 1] &= UInt8(truncatingIfNeeded: 0xFF00 >> (prefix % 8)) }
    return EDNSOption(code: 8, data: [0, network.address.isIPv4 ? 1 : 2, UInt8(prefix), 0] + kept)
  }

  /// Gives a client's cookie of 8 bytes, with the server's of 8 to 32 behind it if one is known (RFC 7873 §4).
  public static func cookie(_ bytes: [UInt8]) -> EDNSOption { EDNSOption(code: 10, data: bytes) }

  /// Asks for how long a connection may stay open, or says so in tenths of a second (RFC 7828 §3.1).
  public static func keepalive(tenths: UInt16? = nil) -> EDNSOption {
    EDNSOption(code: 11, data: tenths.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } ?? [])
  }

  /// Zeros that make the length tell less (RFC 7830 §3).
  public static func padding(_ count: Int) -> EDNSOption {
    EDNSOption(code: 12, data: Array(repeating: 0, count: max(0, min(count, 0xFFFF))))
  }

  /// Says why an answer is as it is (RFC 8914 §2).
  public static func extendedError(_ code: UInt16, _ text: String = "") -> EDNSOption {
    EDNSOption(code: 15, data: [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(text.utf8))
  }

  /// The number and the text of an extended error.
  public var extendedError: (code: UInt16, text: String)? {
    guard code == 15, data.count >= 2 else { return nil }
    // A final NUL is to be ignored (RFC 8914 §2).
    let text = data.last == 0 && data.count > 2 ? data[2..<(data.count - 1)] : data[2...]
    return (UInt16(data[0]) << 8 | UInt16(data[1]), String(decoding: text, as: UTF8.self))
  }

  /// The network of a client subnet with the length that the server's answer holds for.
  public var clientSubnet: (network: Network, scope: Int)? {
    guard code == 8, data.count >= 4, data[0] == 0, data[1] == 1 || data[1] == 2 else { return nil }
    let size = data[1] == 1 ? 4 : 16
    guard data.count == 4 + (Int(data[2]) + 7) / 8, data.count - 4 <= size, Int(data[3]) <= 8 * size,
      let address = Address(bytes: data[4...] + Array(repeating: 0, count: 4 + size - data.count)),
      let network = Network(address: address, prefix: Int(data[2]))
    else { return nil }
    return (network, Int(data[3]))
  }

  /// The names of RFC 8914 §4 and the registry it made.
  static let errorNames = [
    "Other", "Unsupported DNSKEY Algorithm", "Unsupported DS Digest Type", "Stale Answer", "Forged Answer",
    "DNSSEC Indeterminate", "DNSSEC Bogus", "Signature Expired", "Signature Not Yet Valid", "DNSKEY Missing",
    "RRSIGs Missing", "No Zone Key Bit Set", "NSEC Missing", "Cached Error", "Not Ready", "Blocked", "Censored",
    "Filtered", "Prohibited", "Stale NXDOMAIN Answer", "Not Authoritative", "Not Supported", "No Reachable Authority",
    "Network Error", "Invalid Data",
  ]

  var isWellFormed: Bool {
    switch code {
    case 8: clientSubnet != nil
    case 10: data.count == 8 || (16...40).contains(data.count)
    case 11: data.isEmpty || data.count == 2
    case 15: data.count >= 2
    default: true
    }
  }

  /// What the option says, for people.
  public var text: String {
    let hex = BaseEncoding.hex.encode(data)
    switch code {
    case 3: return data.isEmpty ? "asked for" : PresentationText.quoted(data)
    case 8:
      guard let (network, scope) = clientSubnet else { return hex }
      return "\(network), for \(network.address)/\(scope)"
    case 11:
      // Tenths of a second (RFC 7828 §3.1).
      guard data.count == 2 else { return "asked for" }
      let tenths = Int(data[0]) << 8 | Int(data[1])
      return "\(tenths / 10).\(tenths % 10) s"
    case 12: return "\(data.count) bytes"
    case 15:
      guard let (code, text) = extendedError else { return hex }
      let name = code < EDNSOption.errorNames.count ? EDNSOption.errorNames[Int(code)] : "code \(code)"
      return text.isEmpty ? "\(code) (\(name))" : "\(code) (\(name)): \(PresentationText.quoted(text.utf8))"
    default: return hex
    }
  }
}
