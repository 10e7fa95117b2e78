import Net

/// What is to be said of an address or a network.
enum AddressFacts {
  static func of(_ address: Address) -> [Fact] {
    let isOld = address.isIPv4
    var facts = [
      Fact(
        "address", address.description,
        isOld ? "32 bits of IPv4, a byte between dots" : "128 bits of IPv6, as short as it can be written",
        isOld ? "RFC 791 §3.2" : "RFC 5952 §4"),
      Fact(
        "kind", address.kind.rawValue, kind(of: address), address.specialBlock?.rfc ?? (isOld ? "" : "RFC 4291 §2.4")),
    ]
    if let block = address.specialBlock {
      facts.append(Fact("block", block.network.description, block.name, block.rfc))
    }
    if let scope = address.scope {
      facts.append(
        Fact(
          "scope", scope.rawValue,
          isOld ? "how far it reaches, as the choice of addresses counts it" : "how far it means something",
          isOld ? "RFC 6724 §3.2" : "RFC 4007 §4"))
    }
    facts.append(
      Fact(
        "reverse", address.reverseName, "the name under which DNS has the name of this address",
        isOld ? "RFC 1035 §3.5" : "RFC 3596 §2.5"))
    switch address.embedded {
    case nil: break
    case .mapped(let inner):
      facts.append(Fact("embedded", inner.description, "an IPv4 address as sockets show it", "RFC 4291 §2.5.5.2"))
    case .compatible(let inner):
      facts.append(Fact("embedded", inner.description, "an IPv4 address; deprecated", "RFC 4291 §2.5.5.1"))
    case .sixToFour(let inner):
      facts.append(Fact("embedded", inner.description, "the router of this 6to4 site", "RFC 3056 §2"))
    case .nat64(let inner, _):
      facts.append(Fact("embedded", inner.description, "the IPv4 address behind a translator", "RFC 6052 §2.2"))
    case .teredo(_, let client, _, _):
      facts.append(Fact("embedded", client.description, "the Teredo client's NAT", "RFC 4380 §4"))
    }
    if let mac = address.interfaceMAC {
      facts.append(Fact("mac", mac.description, "the card's address in the last 64 bits", "RFC 4291 §2.5.1"))
    }
    return facts + [reading(of: address)].compactMap { $0 }
  }

  private static func kind(of address: Address) -> String {
    guard let block = address.specialBlock else {
      return address.kind == .reserved ? "IANA has given it to nobody" : "no special block has it"
    }
    return block.isGlobal == true ? "it can be reached from anywhere" : "it is not for the whole internet"
  }

  /// What it probably means that somebody meets this address.
  private static func reading(of address: Address) -> Fact? {
    let text: String
    switch address.kind {
    case .private, .uniqueLocal:
      text = "a host of a local network; whoever is outside reaches it only through NAT or a tunnel"
    case .shared: text = "a customer behind a provider's NAT"
    case .loopback: text = "this machine itself; a server that listens there answers nobody else"
    case .linkLocal:
      text =
        "this link alone"
        + (address.isIPv4 ? "; perhaps no DHCP server answered" : "; it wants its interface, as in fe80::1%eth0")
    case .documentation: text = "an example that was not replaced"
    case .unspecified: text = "no address: any, where somebody listens"
    case .multicast: text = "a group of hosts, and never the source of a packet"
    default: return nil
    }
    return Fact("meaning", address.description, text, isReading: true)
  }

  static func of(_ network: Network) -> [Fact] {
    let isOld = network.address.isIPv4
    let bits = isOld ? 32 : 128
    let size =
      network.prefix == 0 && !isOld
      ? "2^128" : "\(network.addressCount.map { "\($0)" } ?? "2^\(bits - network.prefix)")"
    var facts = [
      Fact(
        "network", network.masked.description,
        "the first \(network.prefix) of \(bits) bits are the same in all its addresses",
        isOld ? "RFC 4632 §3.1" : "RFC 4291 §2.3"),
      Fact("first", network.first.description, "all other bits 0"),
      Fact("last", network.last.description, "all other bits 1"),
      Fact("size", size, "2 to the power of the number of other bits: \(bits - network.prefix)"),
    ]
    if network.address != network.first {
      facts.insert(Fact("address", network.address.description, "a host in it: some of its other bits are 1"), at: 1)
    }
    if let broadcast = network.broadcast {
      facts.append(Fact("broadcast", broadcast.description, "all hosts of the network", "RFC 1122 §3.2.1.3"))
    } else if isOld, network.prefix == 31 {
      facts.append(Fact("broadcast", "none", "both addresses are hosts, of a link between two", "RFC 3021"))
    }
    if let block = network.specialBlock {
      facts.append(Fact("block", block.network.description, block.name, block.rfc))
    }
    if !isOld, network.prefix == 64 {
      facts.append(
        Fact(
          "meaning", network.masked.description, "one link, whose hosts make their own addresses", "RFC 4862 §5.5",
          isReading: true))
    }
    return facts
  }

  static func of(_ mac: MAC) -> [Fact] {
    [Fact("mac", mac.description, "the address of a card on its link", "RFC 9542")]
  }
}
