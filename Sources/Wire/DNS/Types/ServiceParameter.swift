import Net

/// A parameter of SVCB and HTTPS: a key and its value as on the wire (RFC 9460 §2.1).
public struct ServiceParameter: Sendable, Hashable {
  public let key: UInt16
  public let value: [UInt8]

  public init(key: UInt16, value: [UInt8]) {
    self.key = key
    self.value = value
  }

  /// The registry's names (RFC 9460 §14.3.2, RFC 9461 §5, RFC 9540 §4).
  private static let names = [
    "mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath", "ohttp",
  ]

  public var name: String {
    key < ServiceParameter.names.count ? ServiceParameter.names[Int(key)] : "key\(key)"
  }

  /// Reads `alpn` or `key65280`; nil for neither.
  static func key(named name: String) -> UInt16? {
    if let index = names.firstIndex(of: name) { return UInt16(index) }
    guard name.hasPrefix("key") else { return nil }
    return decimal(name.utf8.dropFirst(3))
  }

  /// What the value holds, one text each: protocols, addresses, keys; nil where it is one opaque text.
  public var values: [String]? {
    switch key {
    case 0: pieces(of: 2)?.map { ServiceParameter(key: UInt16($0[0]) << 8 | UInt16($0[1]), value: []).name }
    case 1: protocols?.map { String(decoding: $0, as: UTF8.self) }
    case 4: pieces(of: 4)?.compactMap { Address(bytes: $0)?.description }
    case 6: pieces(of: 16)?.compactMap { Address(bytes: $0)?.description }
    default: nil
    }
  }

  private func pieces(of size: Int) -> [[UInt8]]? {
    guard !value.isEmpty, value.count % size == 0 else { return nil }
    return stride(from: 0, to: value.count, by: size).map { Array(value[$0..<($0 + size)]) }
  }

  /// The protocols of alpn: each behind its length, none empty (RFC 9460 §7.1.1).
  private var protocols: [[UInt8]]? {
    var list: [[UInt8]] = []
    var start = 0
    while start < value.count {
      let end = start + 1 + Int(value[start])
      guard value[start] > 0, end <= value.count else { return nil }
      list.append(Array(value[(start + 1)..<end]))
      start = end
    }
    return list.isEmpty ? nil : list
  }

  /// Whether the value is as its key demands (RFC 9460 §7 and §8).
  var isWellFormed: Bool {
    switch key {
    case 0:
      guard let keys = pieces(of: 2)?.map({ UInt16($0[0]) << 8 | UInt16($0[1]) }) else { return false }
      return !keys.contains(0) && zip(keys, keys.dropFirst()).allSatisfy(<)
    case 1: return protocols != nil
    case 2, 8: return value.isEmpty
    case 3: return value.count == 2
    case 4: return pieces(of: 4) != nil
    case 6: return pieces(of: 16) != nil
    case 7: return String(validating: value, as: UTF8.self) != nil
    default: return true
    }
  }

  /// The text of RFC 9460 §2.1: `alpn="h2,h3"`, `port=443`, `no-default-alpn`.
  public var text: String {
    switch key {
    case 0, 4, 6:
      if let values { return "\(name)=\(values.joined(separator: ","))" }
    case 1:
      // A comma or backslash within a protocol is escaped once for the list and once for the text (appendix A.1).
      if let protocols {
        let list = protocols.map {
          $0.flatMap { [ASCII.comma, ASCII.backslash].contains($0) ? [ASCII.backslash, $0] : [$0] }
        }
        return "\(name)=\(PresentationText.quoted(list.joined(separator: [ASCII.comma])))"
      }
    case 3:
      if value.count == 2 { return "\(name)=\(UInt16(value[0]) << 8 | UInt16(value[1]))" }
    case 5: return "\(name)=\(BaseEncoding.base64.encode(value))"
    default: break
    }
    return value.isEmpty ? name : "\(name)=\(PresentationText.quoted(value))"
  }

  /// Parses a key and, after `=`, its value; nil for what is neither. Escapes are still in the text.
  init?(text: [UInt8]) {
    let parts = text.split(separator: ASCII.equals, maxSplits: 1, omittingEmptySubsequences: false)
    guard let key = ServiceParameter.key(named: String(decoding: parts[0], as: UTF8.self)),
      let raw = PresentationText.unescaped(parts.count > 1 ? Array(parts[1]) : [])
    else { return nil }
    let words = raw.split(separator: ASCII.comma, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    var value: [UInt8]? = raw
    switch key {
    case 0:
      let keys = words.compactMap(ServiceParameter.key(named:)).sorted()
      value = keys.count == words.count ? keys.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } : nil
    case 1: value = ServiceParameter.list(raw)
    case 3: value = decimal(raw).map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case 4, 6:
      let addresses = words.compactMap { Address($0) }.filter { $0.isIPv4 == (key == 4) && $0.zone == nil }
      value = addresses.count == words.count ? addresses.flatMap(\.bytes) : nil
    case 5: value = try? BaseEncoding.base64.decode(raw)
    default: break
    }
    guard let value, value.count <= 0xFFFF else { return nil }
    self.init(key: key, value: value)
    guard isWellFormed else { return nil }
  }

  /// Reads a list between commas, of which `\,` and `\\` are no separators.
  private static func list(_ text: [UInt8]) -> [UInt8]? {
    var items: [[UInt8]] = [[]]
    var isEscaped = false
    for byte in text {
      switch byte {
      case _ where isEscaped:
        items[items.count - 1].append(byte)
        isEscaped = false
      case ASCII.backslash: isEscaped = true
      case ASCII.comma: items.append([])
      default: items[items.count - 1].append(byte)
      }
    }
    guard !isEscaped, items.allSatisfy({ (1...255).contains($0.count) }) else { return nil }
    return items.flatMap { [UInt8($0.count)] + $0 }
  }
}
