import Net

/// The file that names hosts without any server (hosts(5)): each line an address and the names it has.
public struct HostsFile: Sendable {
  private var addresses: [String: [Address]] = [:]
  private var names: [Address: [String]] = [:]

  /// Reads the text of the file; lines that have no address first are passed over, as the C library does.
  public init(parsing text: some Sequence<UInt8>) {
    for line in Array(text).split(separator: ASCII.lf) {
      let content = line.prefix { $0 != UInt8(ascii: "#") }
      let words = content.split(whereSeparator: { $0.isBlank || $0 == ASCII.cr }).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard let first = words.first, let address = Address(first) else { continue }
      for name in words.dropFirst() {
        let key = HostsFile.key(name)
        if !(addresses[key, default: []].contains(address)) { addresses[key, default: []].append(address) }
        names[address, default: []].append(name)
      }
    }
  }

  public func addresses(of name: String) -> [Address] { addresses[HostsFile.key(name)] ?? [] }
  public func names(of address: Address) -> [String] { names[address] ?? [] }

  /// Names are compared without case, and with or without the final dot.
  private static func key(_ name: String) -> String {
    let lower = name.lowercased()
    return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
  }
}
