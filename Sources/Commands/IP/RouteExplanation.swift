import Interpreter
import Net

/// The longest-prefix contest of one address in words and bits.
struct RouteExplanation {
  private let address: Address
  private let table: RoutingTable
  private let candidates: [Int]
  /// The routes of the family that do not match, if the table is small enough to be shown whole.
  private let others: [Int]

  init(_ address: Address, _ table: RoutingTable) {
    self.address = address
    self.table = table
    candidates = table.table.candidates(for: address)
    let entries = table.table.entries
    let family =
      entries.count > 64 ? [] : entries.indices.filter { entries[$0].network.address.isIPv4 == address.isIPv4 }
    others = family.count > 16 ? [] : family.filter { !entries[$0].network.contains(address.withoutZone) }
  }

  var text: String {
    let shown = (candidates + others).map { Row(table, $0, address, winner: candidates.first) }
    let bits = Swift.min(address.bitCount, Swift.max(address.isIPv4 ? 32 : 16, (shown.map(\.shownBits).max() ?? 0)))
    let lines =
      [(Self.bits(of: address, bits), "\(address)", "")] + shown.map { ($0.bitText(bits), $0.route, $0.verdict) }
    let widths = (lines.map(\.0.count).max() ?? 0, lines.map(\.1.count).max() ?? 0)
    let rows = lines.map { line in
      var text = line.0.padded(to: widths.0) + "  " + line.1.padded(to: widths.1) + "  " + line.2
      while text.hasSuffix(" ") { text.removeLast() }
      return text
    }
    return (rows + ["", sentence]).joined(separator: "\n")
  }

  /// The first bits of an address, in groups of eight for IPv4 and sixteen for IPv6.
  private static func bits(of address: Address, _ count: Int) -> String {
    let (group, mark) = address.isIPv4 ? (8, Character(".")) : (16, Character(":"))
    var text = ""
    for bit in 0..<count {
      if bit > 0, bit % group == 0 { text.append(mark) }
      text.append((address.value >> UInt128(address.bitCount - 1 - bit)) & 1 == 1 ? "1" : "0")
    }
    return text + (count < address.bitCount ? "…" : "")
  }

  private var sentence: String {
    guard let winner = candidates.first else {
      return "No route contains \(address), not even a default one: the network is unreachable."
    }
    let network = table.table.entries[winner].network
    let record = table.record(winner)
    let exit = Row.interface(record).map { ", out of \($0)" } ?? ""
    guard let router = Row.router(record) else {
      return "\(address) is on the same network, \(network), so directly: no router is between\(exit)."
    }
    guard network.prefix > 0 else {
      return "No other route contains \(address), so it goes to the default gateway, \(router)\(exit)."
    }
    let why =
      candidates.count > 1
      ? "\(network) has the longest prefix of the \(candidates.count) that contain it" : "Only \(network) contains it"
    return "\(why), so \(address) goes to the router \(router)\(exit)."
  }

  /// One route beside the address.
  private struct Row {
    private let network: Network
    private let address: Address
    let route: String
    let verdict: String

    init(_ table: RoutingTable, _ index: Int, _ address: Address, winner: Int?) {
      let entry = table.table.entries[index]
      network = entry.network
      self.address = address
      let record = table.record(index)
      route = [
        "\(network)", Row.router(record).map { "via \($0)" }, Row.interface(record).map { "dev \($0)" },
        entry.metric > 0 ? "metric \(entry.metric)" : nil,
      ]
      .compactMap { $0 }.joined(separator: " ")
      let same = Swift.min(
        network.prefix, (network.address.value ^ address.value).leadingZeroBitCount - (address.isIPv4 ? 96 : 0))
      if same < network.prefix {
        verdict = "differs at bit \(same + 1) of \(network.prefix)"
      } else {
        verdict =
          (network.prefix == 0 ? "contains everything" : "all \(network.prefix) bits agree")
          + (index == winner ? ": wins" : "")
      }
    }

    static func router(_ record: Record) -> String? {
      record["via"].flatMap { $0.isNull ? nil : try? PlainText.cell($0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    static func interface(_ record: Record) -> String? {
      (record["interface"] ?? record["dev"]).flatMap { $0.isNull ? nil : try? PlainText.cell($0) }.flatMap {
        $0.isEmpty ? nil : $0
      }
    }

    /// How many bits must be seen to compare: whole groups.
    var shownBits: Int { (network.prefix + 15) / 16 * 16 }

    func bitText(_ count: Int) -> String {
      RouteExplanation.bits(of: network.address, Swift.min(network.prefix, count)).filter { $0 != "…" }
    }
  }
}
