/// Why each subnet of a plan has its size and its place.
public struct PlanExplanation: Sendable {
  private let network: Network
  private let needs: [AddressPlan.Need]
  private let plan: AddressPlan

  public init(_ plan: AddressPlan, of network: Network, for needs: [AddressPlan.Need]) {
    self.plan = plan
    self.network = network
    self.needs = needs
  }

  /// The lines for people.
  public var lines: [String] {
    let placed = zip(needs, plan.networks).sorted { $0.1.first < $1.1.first }
    let width = placed.reduce(4) { max($0, $1.0.name.utf8.count) } + 2
    var lines = [
      "\(network.masked) is divided, the largest part first: so each part begins where the one before it ends, at a multiple of its own size.",
      "",
    ]
    for (need, part) in placed {
      lines.append(need.name.padded(to: width) + reason(need, part))
      lines.append(String(repeating: " ", count: width) + "\(part): \(part.first) to \(part.last)")
    }
    let free = plan.free.isEmpty ? "nothing" : plan.free.map { "\($0)" }.joined(separator: ", ")
    return lines + ["", "free".padded(to: width) + free]
  }

  private func reason(_ need: AddressPlan.Need, _ part: Network) -> String {
    guard let hosts = need.hosts else { return "/\(need.prefix) as wanted" }
    let bits = part.address.bitCount - part.prefix
    guard part.address.isIPv4 else {
      return bits == 64
        ? "\(counted(hosts, "host")): a /64, which leaves the 64 bits of an interface identifier (RFC 4291 §2.5.1)"
        : "\(counted(hosts, "host")) and the routers' address: 2^\(bits) is enough, \(counted(bits, "host bit")), /\(part.prefix)"
    }
    // With the address of the network and the broadcast address.
    let (needed, _) = hosts.addingReportingOverflow(2)
    return
      "\(counted(hosts, "host")) + 2 = \(needed) addresses: 2^\(bits) = \(UInt128(1) << bits) is enough, \(counted(bits, "host bit")), so /\(part.prefix)"
  }
}
