/// What an IPv6 address was made of: a MAC address, or an IPv4 address that it carries.
public struct ContentExplanation: Sendable {
  private let address: Address

  public init(_ address: Address) { self.address = address }

  /// The lines for people; none where nothing is recognised.
  public var lines: [String] { macLines + embeddedLines + solicitedLines }

  // MARK: Interface identifier

  private var macLines: [String] {
    guard let mac = address.interfaceMAC else { return [] }
    let bytes = Array(address.bytes.suffix(8))
    let unturned = [bytes[0] ^ 2] + bytes.dropFirst()
    func row(_ bytes: [UInt8], _ note: String) -> String { "  " + bytes.hex(separator: ":").padded(to: 25) + note }
    return [
      "", "Its last 64 bits have ff:fe in the middle: modified EUI-64, made of a MAC address (RFC 4291 appendix A).",
      "",
      row(bytes, "the interface identifier"),
      row(unturned, "bit 7 turned over: \(Self.bits(bytes[0])) is \(Self.bits(unturned[0])) again"),
      row(Array(unturned.prefix(3)) + Array(unturned.suffix(3)), "ff:fe taken out: the MAC address \(mac)"),
    ]
  }

  private var solicitedLines: [String] {
    guard let group = address.solicitedNode else { return [] }
    return [
      "",
      "Neighbours that look for it ask the group \(group): ff02::1:ff and its last 24 bits, \(address.bytes.suffix(3).hex(separator: ":")).",
    ]
  }

  // MARK: IPv4 inside

  private var embeddedLines: [String] {
    let groups = address.fullText.split(separator: ":").map(String.init)
    switch address.embedded {
    case nil, .compatible: return []
    case .mapped(let inner):
      return [
        "",
        "The last 32 bits, \(groups[6...].joined(separator: ":")), are \(inner): IPv4 as a socket for IPv6 shows it.",
      ]
    case .sixToFour(let inner):
      return [
        "", "6to4: the bits after 2002, \(groups[1...2].joined(separator: ":")), are \(inner), the router of its site.",
      ]
    case .nat64(let inner, let prefix):
      return [
        "",
        "The last 32 bits, \(groups[6...].joined(separator: ":")), are \(inner), behind the translator's prefix \(prefix).",
      ]
    case .teredo(let server, let client, let port, let isConeNAT):
      func row(_ text: String, _ note: String) -> String { "  " + text.padded(to: 11) + note }
      return [
        "", "Teredo carries IPv6 in UDP through a NAT (RFC 4380 §4):", "",
        row(groups[2...3].joined(separator: ":"), "the server \(server)"),
        row(groups[4], isConeNAT ? "flags: behind a cone NAT" : "flags"),
        row(groups[5], "all bits turned over: the NAT's port \(port)"),
        row(groups[6...7].joined(separator: ":"), "all bits turned over: the NAT's address \(client)"),
      ]
    }
  }

  private static func bits(_ byte: UInt8) -> String {
    let text = String(byte, radix: 2)
    return String(repeating: "0", count: 8 - text.utf8.count) + text
  }
}
